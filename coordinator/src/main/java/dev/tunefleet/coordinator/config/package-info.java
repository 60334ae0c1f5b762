/**
 * What the coordinator is told from outside: addresses, folders and a few sizes.
 *
 * <p>Owns the names of the settings and their defaults. Knows nothing of what they are used for.
 */
package dev.tunefleet.coordinator.config;
