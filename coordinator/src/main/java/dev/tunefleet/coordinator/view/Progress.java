package dev.tunefleet.coordinator.view;

import java.util.Optional;

import dev.tunefleet.common.trial.Measurement;

/**
 * How far the measured epochs of a trial go, in short.
 *
 * @param epochs the last measured one; 0 where there is none
 * @param seconds of all measured epochs
 * @param best the epoch with the lowest stop value, the first of equals
 */
public record Progress(int epochs, double seconds, Optional<Measurement> best) {}
