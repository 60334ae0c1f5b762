/**
 * The command {@code tunefleet}: where the program on a user's machine begins.
 *
 * <p>Owns the choice of the verb and the exit code. Knows nothing of how a verb does its work.
 */
package dev.tunefleet.local;
