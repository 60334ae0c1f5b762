/**
 * Workers that only pretend to train, and what their load does to a real broker and a real coordinator.
 *
 * <p>They speak the real topics: a share consumer for each 100 slots, the events of a trial, a sign of life every five seconds. Owns
 * what a slot waits for and what a program costs; knows nothing of the command line and nothing of how the coordinator
 * decides.
 */
package dev.tunefleet.local.simulation;
