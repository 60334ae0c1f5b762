/**
 * Which blobs no study needs any more, and their deletion.
 *
 * <p>Owns how long checkpoints, models and data sets stay. What is deleted is a function of the read model and of what lies in
 * the store; knows nothing of Kafka, and of the store only its port.
 */
package dev.tunefleet.coordinator.retention;
