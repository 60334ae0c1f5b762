/**
 * Takes assignments from the queue, gives them to slots, heeds directives, and drains.
 *
 * <p>Owns the share consumer, the slots and the table of directives. A training thread never touches a consumer: it asks for a
 * signal between batches. Knows nothing of networks or data.
 */
package dev.tunefleet.worker.intake;
