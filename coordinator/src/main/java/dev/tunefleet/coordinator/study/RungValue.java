package dev.tunefleet.coordinator.study;

/**
 * What a trial had reached at a rung.
 *
 * @param epochs of the rung
 * @param stopValue the lowest stop value up to there; trials are compared by it within the rung
 * @param value the objective at the epoch of that stop value
 */
public record RungValue(int epochs, double stopValue, double value) {}
