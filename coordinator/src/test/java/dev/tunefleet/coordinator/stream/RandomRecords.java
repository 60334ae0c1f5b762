package dev.tunefleet.coordinator.stream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.coordinator.study.Fact;
import dev.tunefleet.coordinator.study.Origin;
import dev.tunefleet.coordinator.study.RungValue;
import dev.tunefleet.coordinator.study.TrialEntity;
import dev.tunefleet.coordinator.study.TrialState;

/** Draws facts and stored trials, with the values that are hard to write or to read among theirs. */
final class RandomRecords {

    private static final List<Double> HARD = List.of(
            0.0,
            -0.0,
            1.0,
            -3.0,
            1e15,
            1e22,
            123456789012345678.0,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            Double.MIN_NORMAL,
            0.1 + 0.2,
            1e-5);
    private static final List<Double> NO_NUMBERS =
            List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    private static final List<String> TEXTS = List.of("worker-1", "", "models/births/1.zip", "a b", "off", "~");
    private static final List<String> HARD_TEXTS = List.of("\"", "a\\b", "ü", "\t", "\u007f", "日本", "\0");

    private final Random random;
    private final boolean hard;

    RandomRecords(Random random) {
        this(random, true);
    }

    private RandomRecords(Random random, boolean hard) {
        this.random = random;
        this.hard = hard;
    }

    /** Draws what a journal is full of only. */
    RandomRecords plain() {
        return new RandomRecords(random, false);
    }

    Fact fact() {
        List<Supplier<Fact>> usual = List.of(
                () -> new Fact.EpochMeasured(whole(), whole(), measurement()),
                () -> new Fact.TrialQueued(whole(), configuration(), origin()),
                () -> new Fact.AttemptPublished(
                        whole(), whole(), whole(), maybe(this::checkpoint), random.nextBoolean()),
                () -> new Fact.AttemptStarted(whole(), whole(), uuid(), text()),
                () -> new Fact.CheckpointAdvanced(whole(), checkpoint()),
                () -> new Fact.RungPassed(whole(), rung()),
                () -> new Fact.RungReached(whole(), result(), checkpoint()),
                () -> new Fact.TrialPromoted(whole(), whole()),
                () -> new Fact.TrialCompleted(whole(), result(), blob(), scores()),
                () -> new Fact.TrialPruned(whole(), maybe(this::result)));
        List<Supplier<Fact>> unusual = List.of(
                () -> new Fact.StudyPaused(),
                () -> new Fact.AttemptLost(whole(), whole(), random.nextBoolean()),
                () -> new Fact.CheckpointDropped(whole(), checkpoint()),
                () -> new Fact.TrialFailed(whole(), FailureReason.ERROR, text()));
        return (hard && random.nextInt(8) == 0 ? one(unusual) : one(usual)).get();
    }

    TrialEntity trial() {
        return new TrialEntity(
                whole(),
                configuration(),
                origin(),
                state(),
                whole(),
                whole(),
                whole(),
                whole(),
                maybe(this::checkpoint),
                maybe(this::result),
                Stream.generate(this::rung).limit(random.nextInt(4)).toList(),
                random.nextBoolean());
    }

    private TrialState state() {
        List<Supplier<TrialState>> usual = List.of(
                () -> new TrialState.Queued(random.nextBoolean()),
                () -> new TrialState.Running(uuid(), text()),
                TrialState.Paused::new,
                () -> new TrialState.Completed(blob(), scores()),
                TrialState.Pruned::new,
                TrialState.Cancelled::new);
        List<Supplier<TrialState>> unusual = List.of(
                () -> new TrialState.Infeasible(FailureReason.DIVERGED, text(), number()),
                () -> new TrialState.Failed(FailureReason.ERROR, text()));
        return (hard && random.nextInt(8) == 0 ? one(unusual) : one(usual)).get();
    }

    private Origin origin() {
        return one(List.<Supplier<Origin>>of(
                        Origin.Enqueued::new,
                        Origin.Guided::new,
                        () -> new Origin.Suggested(whole()),
                        () -> new Origin.Confirmation(whole())))
                .get();
    }

    private Configuration configuration() {
        Map<String, Value> values = new HashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            values.put(text(), value());
        }
        return new Configuration(values);
    }

    private Value value() {
        return switch (random.nextInt(4)) {
            case 0 -> Value.off();
            case 1 -> Value.of("label");
            case 2 -> Value.of(random.nextInt(200));
            // Not -0, which is written like 0.
            default -> Value.of(one(HARD) * random.nextDouble() + 0.0);
        };
    }

    private Measurement measurement() {
        return new Measurement(
                whole(),
                number(),
                number(),
                number(),
                number(),
                number(),
                random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(number()));
    }

    private TrainingResult result() {
        return new TrainingResult(
                whole(),
                whole(),
                number(),
                number(),
                number(),
                number(),
                number(),
                random.nextBoolean(),
                number(),
                random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(0.5 + random.nextDouble()));
    }

    private Scores scores() {
        Map<Metric, Double> errors = new HashMap<>();
        for (Metric metric : Metric.values()) {
            if (random.nextBoolean()) {
                errors.put(metric, number());
            }
        }
        return new Scores(errors);
    }

    private RungValue rung() {
        return new RungValue(whole(), number(), number());
    }

    private Checkpoint checkpoint() {
        return new Checkpoint(whole(), blob());
    }

    private BlobRef blob() {
        return new BlobRef(text(), text(), random.nextInt(8) == 0 && hard ? random.nextLong() : whole());
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private int whole() {
        return random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(1000);
    }

    private double number() {
        return switch (random.nextInt(hard ? 12 : 8)) {
            case 8 -> one(NO_NUMBERS);
            case 0, 9, 10 -> one(HARD);
            case 1 -> random.nextInt(100);
            case 2 -> -random.nextDouble();
            default -> random.nextDouble();
        };
    }

    private String text() {
        return hard && random.nextInt(8) == 0 ? one(HARD_TEXTS) : one(TEXTS);
    }

    private <T> Optional<T> maybe(Supplier<T> drawn) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(drawn.get());
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
