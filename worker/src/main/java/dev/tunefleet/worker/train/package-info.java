/**
 * Trains one attempt: from an assignment and a data set to an outcome, epoch by epoch, and to a model file.
 *
 * <p>Owns early stopping, divergence, checkpoints and the DL4J description of the network. Knows no broker and no slot; it is
 * told between batches whether to go on. Numbers are errors alone, never with a regularisation term.
 */
package dev.tunefleet.worker.train;
