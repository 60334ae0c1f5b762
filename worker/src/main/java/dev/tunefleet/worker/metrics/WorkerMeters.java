package dev.tunefleet.worker.metrics;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import dev.tunefleet.worker.intake.IntakeMeasures;
import dev.tunefleet.worker.train.Measures;

/** The meters of a worker, all named {@code tunefleet.worker.…}. */
@ApplicationScoped
class WorkerMeters implements IntakeMeasures, Measures {

    private static final String PREFIX = "tunefleet.worker.";

    private final MeterRegistry registry;
    private final Timer epochs;
    private final Counter samples;
    private final Timer checkpointTime;
    private final DistributionSummary checkpointBytes;
    private final DistributionSummary memoryEstimated;
    private final Counter redeliveries;
    private final Counter deadLetters;
    /** By the thread that trains, which is the thread that says when it has ended. */
    private final Map<Thread, Long> estimates = new ConcurrentHashMap<>();

    WorkerMeters(MeterRegistry registry) {
        this.registry = registry;
        this.epochs = Timer.builder(PREFIX + "epoch")
                .description("Time of an epoch, validation included")
                .serviceLevelObjectives(Buckets.EPOCH)
                .register(registry);
        this.samples = Counter.builder(PREFIX + "samples")
                .description("Windows that were trained on; its rate is samples per second")
                .register(registry);
        this.checkpointTime = Timer.builder(PREFIX + "checkpoint")
                .description("Time to write a checkpoint and store it")
                .serviceLevelObjectives(Buckets.CHECKPOINT)
                .register(registry);
        this.checkpointBytes = bytes("checkpoint.size", "Size of a stored checkpoint");
        this.memoryEstimated = bytes("trial.memory.estimated", "Heap that a trial was estimated to need");
        this.redeliveries = Counter.builder(PREFIX + "redeliveries")
                .description("Records of the queue that had been handed out before")
                .register(registry);
        this.deadLetters = Counter.builder(PREFIX + "dead.letters")
                .description("Records that could not be read")
                .register(registry);
        Gauge.builder(PREFIX + "memory.estimated", () -> estimates.values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .baseUnit("bytes")
                .description("Heap that the running trials were estimated to need together")
                .register(registry);
        Gauge.builder(PREFIX + "memory.measured", WorkerMeters::heapInUse)
                .baseUnit("bytes")
                .description("Heap in use after the last collection of each part, the program's own among it")
                .register(registry);
    }

    private static long heapInUse() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }

    private DistributionSummary bytes(String name, String description) {
        return DistributionSummary.builder(PREFIX + name)
                .baseUnit("bytes")
                .description(description)
                .serviceLevelObjectives(Buckets.BYTES)
                .register(registry);
    }

    @Override
    public void slots(int count, IntSupplier busy) {
        Gauge.builder(PREFIX + "slots", () -> count)
                .description("Trials that can run at once")
                .register(registry);
        Gauge.builder(PREFIX + "slots.busy", busy::getAsInt)
                .description("Trials that run or wait to be alone")
                .register(registry);
        Gauge.builder(PREFIX + "slots.free", () -> count - busy.getAsInt())
                .description("Slots without a trial")
                .register(registry);
    }

    @Override
    public void redelivered() {
        redeliveries.increment();
    }

    @Override
    public void deadLettered() {
        deadLetters.increment();
    }

    @Override
    public void executionEnded(String event, double seconds) {
        estimates.remove(Thread.currentThread());
        Timer.builder(PREFIX + "execution")
                .description("Time of an execution from its slot to its last event")
                .serviceLevelObjectives(Buckets.EXECUTION)
                .tag("end", event)
                .register(registry)
                .record(duration(seconds));
    }

    @Override
    public void epochFinished(double seconds, int trained) {
        epochs.record(duration(seconds));
        samples.increment(trained);
    }

    @Override
    public void checkpointStored(long bytes, double seconds) {
        checkpointBytes.record(bytes);
        checkpointTime.record(duration(seconds));
    }

    @Override
    public void memoryEstimated(long bytes) {
        estimates.put(Thread.currentThread(), bytes);
        memoryEstimated.record(bytes);
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
