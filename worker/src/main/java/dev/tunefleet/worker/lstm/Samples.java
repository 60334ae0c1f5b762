package dev.tunefleet.worker.lstm;

/** The inputs of all samples of a data set; arrays are shared, not copied, and must not change while a network reads them. */
public sealed interface Samples permits Windows, Sequences, Tokens {
    /** Samples there are. */
    int count();

    /** Steps of the longest sample. */
    int sequence();

    /** Features per step as the network sees them. */
    int features();

    /** Valid steps of a sample, 1 to sequence. */
    int length(int sample);
}
