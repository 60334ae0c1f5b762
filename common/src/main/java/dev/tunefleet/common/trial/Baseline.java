package dev.tunefleet.common.trial;

/** A forecaster that needs no training (persistence, seasonal naive), scored on the same origins as the model. */
public record Baseline(String name, Scores scores) {}
