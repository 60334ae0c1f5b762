package dev.tunefleet.coordinator.study;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a study has run since that was last recorded. A gap between ticks counts as no more than ten seconds, so that a
 * standstill of the whole fleet, or a clock that jumps, does not use up the time of a study.
 */
final class Stopwatch {

    /** How often the time is recorded. */
    static final Duration PERIOD = Duration.ofSeconds(10);

    private Duration unrecorded = Duration.ZERO;
    private Optional<Instant> lastTick = Optional.empty();

    /** The time since the last recording, with this tick. */
    Duration tick(Instant now, boolean counts) {
        Duration step = lastTick.map(last -> Duration.between(last, now)).orElse(Duration.ZERO);
        lastTick = Optional.of(now);
        if (counts && step.isPositive()) {
            unrecorded = unrecorded.plus(step.compareTo(PERIOD) > 0 ? PERIOD : step);
        }
        return unrecorded;
    }

    void recorded() {
        unrecorded = Duration.ZERO;
    }
}
