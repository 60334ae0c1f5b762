/**
 * Every meter of the coordinator: its name, its labels and what it counts.
 *
 * <p>Owns the names, which dashboards and alerts repeat. Labels come from small closed sets; no trial ever is one.
 */
package dev.tunefleet.coordinator.metrics;
