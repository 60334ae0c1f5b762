package dev.tunefleet.coordinator.study;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How long nothing has been heard of each attempt that lies in the queue or runs, and which of them have not begun.
 *
 * <p>Silence is a sum of ticks without input lag, each counted as a second at most, and begins anew when a study is loaded. So
 * neither a clock that jumps nor a take-over makes it long; and as it is not part of the study's state, no event
 * costs a write. A worker repeats that an attempt waits, so that a successor soon knows it too.
 */
final class Leases {

    /** An attempt that runs and is silent for longer is lost. */
    static final Duration SILENCE = Duration.ofSeconds(20);

    /** An attempt that no worker has taken for longer, with slots free, is published again; two records of it do no harm. */
    static final Duration UNTAKEN = Duration.ofMinutes(10);

    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);

    private final Map<Integer, Duration> lastHeard = new HashMap<>();
    private final Set<Integer> waiting = new HashSet<>();
    private Duration quiet = Duration.ZERO;
    private Optional<Instant> lastTick = Optional.empty();

    /** Counts the time since the tick before, unless there is input that was not seen yet. */
    void tick(Instant now, boolean lagging) {
        Duration step = lastTick.map(last -> Duration.between(last, now)).orElse(Duration.ZERO);
        lastTick = Optional.of(now);
        if (!lagging && step.isPositive()) {
            quiet = quiet.plus(step.compareTo(LONGEST_TICK) > 0 ? LONGEST_TICK : step);
        }
    }

    /** Something was heard of the newest attempt of {@code trial}, or it was published. */
    void heard(int trial) {
        lastHeard.put(trial, quiet);
        waiting.remove(trial);
    }

    /** What was heard of the newest attempt of {@code trial} is that it waits in its worker. */
    void waits(int trial) {
        heard(trial);
        waiting.add(trial);
    }

    /** Whether that it waits was the last that was heard of {@code trial}. */
    boolean waiting(int trial) {
        return waiting.contains(trial);
    }

    void forget(int trial) {
        lastHeard.remove(trial);
        waiting.remove(trial);
    }

    void forgetAll() {
        lastHeard.clear();
        waiting.clear();
    }

    /** Whether nothing has been heard of {@code trial} for longer than {@code limit}. */
    boolean silent(int trial, Duration limit) {
        Duration since = lastHeard.computeIfAbsent(trial, unknown -> quiet);
        return quiet.minus(since).compareTo(limit) > 0;
    }
}
