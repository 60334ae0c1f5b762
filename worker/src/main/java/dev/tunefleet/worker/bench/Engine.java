package dev.tunefleet.worker.bench;

/** What takes training steps; one instance belongs to one thread. */
interface Engine extends AutoCloseable {
    /** One whole training step on the next batch. */
    void step();

    @Override
    void close();

    /** Opens an engine for a size. */
    interface Factory {
        Engine open(Size size, int slot);
    }
}
