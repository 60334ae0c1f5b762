/**
 * The search space of a study: its parameters, their ranges and scales, and points in it.
 *
 * <p>Owns what a legal configuration is. Knows nothing of studies, trials, files, wires or how points are chosen.
 */
package dev.tunefleet.common.space;
