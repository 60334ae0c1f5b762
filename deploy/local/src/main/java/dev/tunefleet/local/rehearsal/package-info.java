/**
 * A short play of a fleet on whose record coordinators start faster.
 *
 * <p>Owns what is played and what becomes of it; knows the coordinator by its command line alone, and nothing of images, in whose making
 * it is performed.
 */
package dev.tunefleet.local.rehearsal;
