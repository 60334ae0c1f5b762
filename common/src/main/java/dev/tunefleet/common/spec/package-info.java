/**
 * What a user writes in a study file, as checked values with the guide's defaults filled in.
 *
 * <p>Owns the meaning and the limits of each field. Knows nothing of YAML, wires, brokers or how a study is run.
 */
package dev.tunefleet.common.spec;
