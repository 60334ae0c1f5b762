package dev.tunefleet.coordinator.study;

/**
 * Why every trial is trained to the end from now on: over {@code trials} trials the ranks at the lowest rung and at the highest
 * had at most this {@code correlation}.
 */
public record HalvingEnd(int trials, double correlation) {}
