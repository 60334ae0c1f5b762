/**
 * The REST resources under {@code /api/v1}, the live feed and the records they show.
 *
 * <p>Owns the JSON that clients see and its errors. Shows what the read model has seen and sends commands; decides nothing
 * and never touches a study.
 */
package dev.tunefleet.coordinator.api;
