package dev.tunefleet.coordinator.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * The lag of the coordinators' consumer group, measured once a second from outside it.
 *
 * <p>A round compares what the group has committed now with where the topics ended one round ago: a busy partition is never
 * level with its end, but it has folded what was there a second before. A measurement that is older than a few rounds counts
 * as lag, so that a broker that is away makes nobody silent.
 */
final class MeasuredLag implements InputLag {

    static final Duration FRESH = Duration.ofSeconds(3);

    private final Offsets offsets;
    private final LongSupplier nanoTime;
    private Map<TopicPartition, Long> endsBefore = Map.of();
    private volatile Measurement last = new Measurement(Map.of(), Long.MIN_VALUE);

    /** Where the inputs end and how far the coordinators have folded them. */
    interface Offsets {

        /** The offset behind the newest record of each partition of each input. */
        Map<TopicPartition, Long> ends() throws InterruptedException, ExecutionException, TimeoutException;

        /** The offset of the first record that is not folded yet; nothing where none ever was. */
        Map<TopicPartition, Long> folded() throws InterruptedException, ExecutionException, TimeoutException;
    }

    MeasuredLag(Admin admin, int shards) {
        this(new GroupOffsets(admin, shards), System::nanoTime);
    }

    MeasuredLag(Offsets offsets, LongSupplier nanoTime) {
        this.offsets = offsets;
        this.nanoTime = nanoTime;
    }

    @Override
    public boolean zero(int partition) {
        Measurement measured = last;
        return measured.taken() != Long.MIN_VALUE
                && nanoTime.getAsLong() - measured.taken() < FRESH.toNanos()
                && measured.zero().getOrDefault(partition, false);
    }

    /** Measures once. */
    void round() throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, Long> folded = offsets.folded();
        var zero = new HashMap<Integer, Boolean>();
        endsBefore.forEach((partition, end) ->
                zero.merge(partition.partition(), folded.getOrDefault(partition, 0L) >= end, Boolean::logicalAnd));
        last = new Measurement(Map.copyOf(zero), nanoTime.getAsLong());
        endsBefore = offsets.ends();
    }

    private record Measurement(Map<Integer, Boolean> zero, long taken) {}
}
