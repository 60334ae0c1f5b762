/**
 * What the worker tells the coordinator: events of executions and the status of the worker.
 *
 * <p>Owns the outgoing channels, the order of events and how long is waited for an acknowledgement. Knows nothing of training
 * or of where assignments come from.
 */
package dev.tunefleet.worker.reports;
