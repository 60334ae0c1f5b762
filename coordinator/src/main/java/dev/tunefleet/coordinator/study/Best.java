package dev.tunefleet.coordinator.study;

/** The lowest objective of a study so far and the trial that reached it. */
public record Best(int trial, double value) {}
