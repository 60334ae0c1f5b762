package dev.tunefleet.worker.intake;

import java.util.Optional;

/**
 * A record that the queue handed out, to be answered once.
 *
 * @param key absent where the record has none
 * @param where topic, partition and offset, for messages
 * @param count how often the record has been handed out, this time included
 */
record Delivery(Optional<byte[]> key, Optional<byte[]> value, String where, int count, Answer answer) {

    /** How the queue is answered. Where an answer fails, the record comes again, here or elsewhere. */
    interface Answer {

        /** The record is taken and will not come again. */
        void accept();

        /** The record cannot be used by anybody. */
        void reject();

        /** Somebody else should have it. */
        void release();
    }
}
