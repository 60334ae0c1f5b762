/**
 * A fleet on one machine: the folder it lives in, and the broker, coordinator and workers it runs as processes.
 *
 * <p>Owns where files lie, which ports and environment the processes get, that a dead one is started again, and that none
 * outlives the launcher. Knows nothing of studies, of the command line or of what the processes say to each other.
 */
package dev.tunefleet.local.fleet;
