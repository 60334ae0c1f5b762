/**
 * The study: a fold over recorded facts, and the decisions that make new ones.
 *
 * <p>Owns what a command, an event of a worker and the passing of time mean for a study: which attempts are handed out, who owns
 * them, which outcome counts, when a study ends. Knows no clock, no randomness, no input or output, nothing of how the next
 * configurations are found, and nothing of stores, topics or REST.
 */
package dev.tunefleet.coordinator.study;
