package dev.tunefleet.coordinator.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.WorkerStatus;
import dev.tunefleet.coordinator.config.CoordinatorConfig;

/**
 * The slots of the live workers and how many each study could use.
 *
 * <p>A worker is live while it was heard within 15 seconds by this coordinator's own clock of elapsed time, so that a clock
 * that jumps buries nobody. Thread-safe.
 */
@Singleton
public class Capacity {

    private static final Duration LIVE = Duration.ofSeconds(15);

    private final Map<String, Heard> workers = new ConcurrentHashMap<>();
    private final Map<StudyId, Integer> demand = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final int most;

    @Inject
    Capacity(CoordinatorConfig config) {
        this(System::nanoTime, config.slotsMax().orElse(Integer.MAX_VALUE));
    }

    public Capacity(LongSupplier nanoTime) {
        this(nanoTime, Integer.MAX_VALUE);
    }

    /** @param most the most slots that the fleet ever has */
    Capacity(LongSupplier nanoTime, int most) {
        this.nanoTime = nanoTime;
        this.most = most;
    }

    void heard(WorkerStatus status) {
        workers.put(status.worker(), new Heard(status, nanoTime.getAsLong()));
    }

    void gone(String worker) {
        workers.remove(worker);
    }

    void wanted(StudyId study, int slots) {
        if (slots > 0) {
            demand.put(study, slots);
        } else {
            demand.remove(study);
        }
    }

    /** The live workers, by name. */
    public List<Heard> workers() {
        long now = nanoTime.getAsLong();
        return workers.values().stream()
                .filter(heard -> heard.age(now).compareTo(LIVE) <= 0)
                .sorted((a, b) -> a.status().worker().compareTo(b.status().worker()))
                .toList();
    }

    /** How long ago {@code heard} was heard. */
    public Duration age(Heard heard) {
        return heard.age(nanoTime.getAsLong());
    }

    public int liveSlots() {
        return workers().stream().mapToInt(heard -> heard.status().slots()).sum();
    }

    public int busySlots() {
        return workers().stream().mapToInt(heard -> heard.status().busy()).sum();
    }

    /** The memory that each slot of each live worker may use, in bytes. */
    LongStream slotBytes() {
        return workers().stream().mapToLong(heard -> heard.status().slotBytes());
    }

    /** How many slots the running studies could use together, no more than the fleet may ever have. */
    public int slotsWanted() {
        long wanted = demand.values().stream().mapToLong(Integer::longValue).sum();
        return (int) Math.min(most, wanted);
    }

    /**
     * How many attempts {@code study} may have in flight: its fair share of the live slots and one more for each ten of them,
     * so that a worker that becomes free finds the next attempt waiting.
     */
    public int shareOf(StudyId study) {
        int slots = liveSlots();
        Integer own = demand.get(study);
        List<Integer> others = demand.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(study))
                .map(Map.Entry::getValue)
                .toList();
        int share = fairShare(slots, own == null ? slots : own, others);
        return share + (share + 9) / 10;
    }

    /** Max-min fairness: whoever wants less than an equal part leaves the rest to the others. */
    private static int fairShare(int slots, int own, Collection<Integer> others) {
        double left = slots;
        int sharers = others.size() + 1;
        for (int wanted : others.stream().sorted().toList()) {
            if (wanted >= own || wanted >= left / sharers) {
                break;
            }
            left -= wanted;
            sharers--;
        }
        return (int) Math.min(own, Math.ceil(left / sharers));
    }

    /** A worker's status and when it came, in nanoseconds of elapsed time. */
    public record Heard(WorkerStatus status, long at) {
        private Duration age(long now) {
            return Duration.ofNanos(now - at);
        }
    }
}
