package dev.tunefleet.worker.intake;

/** Where records go that nobody can read. */
interface DeadLetters {

    void bury(Delivery delivery, String reason);
}
