/**
 * The coordinator's REST interface and live feed, from the outside.
 *
 * <p>Owns addresses, views and what an answer that is no success means. Knows nothing of the coordinator's inside, of terminals
 * or of processes.
 */
package dev.tunefleet.local.client;
