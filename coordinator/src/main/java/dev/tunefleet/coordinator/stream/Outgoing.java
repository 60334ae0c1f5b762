package dev.tunefleet.coordinator.stream;

/**
 * A record that is written already and small enough to be sent: one that is not would stop its coordinator, and the next one at the
 * same place.
 *
 * @param to the topic or the store
 * @param value absent (null) in a tombstone
 */
record Outgoing(String to, String key, byte[] value) {

    /** A producer takes 1 MiB with key and headers, which have less than the rest. */
    static final int LARGEST_VALUE_BYTES = 900_000;

    Outgoing {
        if (value != null && value.length > LARGEST_VALUE_BYTES) {
            throw new IllegalStateException("The size (" + value.length + " bytes) of a record for " + to + " (" + key
                    + ") must be at most " + LARGEST_VALUE_BYTES + " bytes.");
        }
    }
}
