/**
 * What the tuning guide would say of a trial and of a study, with the numbers that made it say so.
 *
 * <p>Owns the rules and their thresholds. Knows curves, results and configurations, and nothing of how they came about, are
 * stored or are shown.
 */
package dev.tunefleet.coordinator.advice;
