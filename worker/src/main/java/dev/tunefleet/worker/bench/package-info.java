/**
 * The program behind {@code tunefleet bench lstm}: what a core of this machine gives on the training step that trials run, beside
 * stock DL4J on the same work. It knows nothing of studies or messages, and nothing depends on it.
 */
package dev.tunefleet.worker.bench;
