/**
 * The read model: what the journal says of each study, its trials and their curves, and which requests it has answered.
 *
 * <p>Owns what can be shown. Folds facts in the order of the journal; knows nothing of Kafka, HTTP or how a decision is made.
 */
package dev.tunefleet.coordinator.view;
