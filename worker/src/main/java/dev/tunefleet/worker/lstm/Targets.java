package dev.tunefleet.worker.lstm;

/** What the network should answer for each sample of a data set; arrays are shared, not copied. */
public sealed interface Targets permits Values, Labels {}
