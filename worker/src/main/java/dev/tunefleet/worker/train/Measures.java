package dev.tunefleet.worker.train;

/** What trainings tell the meters; called on training threads. */
public interface Measures {

    void epochFinished(double seconds, int samples);

    void checkpointStored(long bytes, double seconds);

    /** @param bytes what the trial was estimated to need */
    void memoryEstimated(long bytes);
}
