package dev.tunefleet.coordinator.study;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.spec.Scheduler;
import dev.tunefleet.common.spec.SearchSettings;
import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.Baseline;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.TrialId;

/** A study with a search that always has an answer, and words for what may happen to it. Fold and store are checked throughout. */
final class Scenario {

    static final BlobRef DATASET = new BlobRef("datasets/ab", "ab", 1);
    static final BlobRef MODEL = new BlobRef("models/cd", "cd", 1);
    static final Scores SCORES = new Scores(Map.of(Metric.MSE, 0.5));

    /** What a study asks for: 10 trials of 9 epochs, one at a time, each in full. */
    static final class Asked {
        private int trials = 10;
        private Optional<Duration> time = Optional.empty();
        private OptionalInt parallel = OptionalInt.of(1);
        private OptionalDouble target = OptionalDouble.empty();
        private OptionalInt patience = OptionalInt.empty();
        private int failures = 5;
        private Scheduler scheduler = new Scheduler.None();
        private int confirm;
        private long seed = 42;
        private boolean guided;
        private List<Configuration> enqueued = List.of();

        Asked trials(int changed) {
            trials = changed;
            return this;
        }

        Asked time(Duration changed) {
            time = Optional.of(changed);
            return this;
        }

        Asked parallel(int changed) {
            parallel = OptionalInt.of(changed);
            return this;
        }

        Asked target(double changed) {
            target = OptionalDouble.of(changed);
            return this;
        }

        Asked patience(int changed) {
            patience = OptionalInt.of(changed);
            return this;
        }

        Asked failures(int changed) {
            failures = changed;
            return this;
        }

        Asked scheduler(Scheduler changed) {
            scheduler = changed;
            return this;
        }

        Asked confirm(int changed) {
            confirm = changed;
            return this;
        }

        Asked seed(long changed) {
            seed = changed;
            return this;
        }

        Asked guided() {
            guided = true;
            return this;
        }

        Asked enqueued(Configuration... changed) {
            enqueued = List.of(changed);
            return this;
        }

        Budget budget() {
            return new Budget(trials, time, 9, parallel, target, patience, failures);
        }

        StudySpec spec() {
            StudySpec births = Specs.aStudySpec();
            return new StudySpec(
                    births.name(),
                    births.task(),
                    births.data(),
                    births.split(),
                    births.metric(),
                    budget(),
                    births.training(),
                    births.space(),
                    new SearchSettings(SearchSettings.Algorithm.BAYESIAN, scheduler, seed, guided, enqueued, confirm));
        }

        /** The study with 100 free slots and a search that answers. */
        Scenario running() {
            return new Scenario(spec(), true).create().tick(100);
        }

        /** The same with a search that does not answer by itself. */
        Scenario unanswered() {
            return new Scenario(spec(), false).create().tick(100);
        }
    }

    final StudySpec spec;
    private final boolean answers;
    private final StoredStudy store;
    private final Invariants invariants;
    private final List<Effect> effects = new ArrayList<>();
    private Study study;
    private Instant now = Instant.EPOCH;
    private int capacity = 100;
    private int requests;
    private int configurations;

    Scenario(StudySpec spec, boolean answers) {
        this.spec = spec;
        this.answers = answers;
        this.store = new StoredStudy(new StudyId(spec.name()));
        this.study = store.load();
        this.invariants = new Invariants(spec);
        invariants.capacity(capacity);
    }

    static Asked aStudy() {
        return new Asked();
    }

    /** A study of one trial at a time whose trial 0 runs as execution 1. */
    static Scenario aRunningTrial() {
        return aStudy().running().started(0);
    }

    Scenario onAttempt(int attempt) {
        while (trial(0).attempts() < attempt) {
            checkpoint(0, trial(0).checkpointEpochs() + 1);
            silence(21);
            started(0);
        }
        return this;
    }

    Scenario create() {
        return ask(new Command.CreateStudy(request(), spec, DATASET));
    }

    RequestId request() {
        return new RequestId("request-" + requests++);
    }

    Scenario ask(Command command) {
        return take(study.decide(command));
    }

    Scenario report(TrialEvent event) {
        return take(study.decide(event));
    }

    /** A second passes and the study may have {@code slots} trials in flight. */
    Scenario tick(int slots) {
        capacity = slots;
        invariants.capacity(slots);
        now = now.plusSeconds(1);
        return take(study.tick(now, false, slots));
    }

    Scenario silence(int seconds) {
        for (int i = 0; i < seconds; i++) {
            tick(capacity);
        }
        return this;
    }

    /** A single tick that comes late and with input waiting. */
    Scenario leap(Duration step, boolean lagging) {
        now = now.plus(step);
        return take(study.tick(now, lagging, capacity));
    }

    /** Another coordinator takes over. */
    Scenario takeOver() {
        study = store.load();
        return this;
    }

    Scenario started(int trial) {
        return report(new TrialEvent.TrialStarted(execution(trial)));
    }

    Scenario waits(int trial) {
        return report(new TrialEvent.TrialWaits(execution(trial)));
    }

    Scenario checkpoint(int trial, int epoch) {
        return report(new TrialEvent.CheckpointStored(execution(trial), aCheckpoint(epoch)));
    }

    Scenario epoch(int trial, int epoch, double value) {
        return epoch(trial, new Measurement(epoch, value, value, value, value, 1));
    }

    Scenario epoch(int trial, Measurement measurement) {
        return report(new TrialEvent.EpochMeasured(execution(trial), measurement));
    }

    Scenario rung(int trial, int epochs, double value) {
        return report(new TrialEvent.RungReached(execution(trial), aResult(epochs, value), aCheckpoint(epochs)));
    }

    Scenario completed(int trial, double value) {
        return report(completion(execution(trial), value));
    }

    Scenario failed(int trial, FailureReason reason) {
        return report(new TrialEvent.TrialFailed(execution(trial), reason, "It did.", 1));
    }

    Scenario stopped(int trial, int epochs, double value) {
        return report(new TrialEvent.TrialStopped(
                execution(trial), Optional.of(aResult(epochs, value)), Optional.of(aCheckpoint(epochs))));
    }

    /** Starts and completes trial {@code trial}. */
    Scenario done(int trial, double value) {
        return started(trial).completed(trial, value);
    }

    Scenario tested(int trial) {
        return report(new TrialEvent.TestEvaluated(
                evaluationExecution(trial), SCORES, List.of(new Baseline("persistence", SCORES))));
    }

    Execution evaluationExecution(int trial) {
        int attempt = study.entity().evaluation().orElseThrow().attempt();
        return execution(trial, attempt, 1);
    }

    Execution execution(int trial) {
        return execution(trial, trial(trial).attempts(), 1);
    }

    Execution execution(int trial, int attempt, int number) {
        var id = new AttemptId(new TrialId(new StudyId(spec.name()), trial), attempt);
        return new Execution(id, new UUID(attempt, number), "worker-" + number);
    }

    TrialEntity trial(int number) {
        return study.trial(number).orElseThrow();
    }

    Study study() {
        return study;
    }

    StudyState state() {
        return study.entity().state();
    }

    List<Fact> journal() {
        return invariants.journal();
    }

    <F extends Fact> List<F> facts(Class<F> type) {
        return journal().stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Effect> effects() {
        return effects;
    }

    <E extends Effect> List<E> effects(Class<E> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** What was put into the queue so far. */
    List<Assignment.TrialSpec> published() {
        return effects(Effect.Publish.class).stream()
                .map(Effect.Publish::assignment)
                .filter(Assignment.TrialSpec.class::isInstance)
                .map(Assignment.TrialSpec.class::cast)
                .toList();
    }

    Assignment.TrialSpec lastPublished() {
        return published().getLast();
    }

    Optional<SuggestionRequest> openRequest() {
        return study.entity().request();
    }

    Scenario offer(Configuration... offered) {
        return ask(new Command.OfferSuggestions(
                request(), openRequest().orElseThrow().number(), List.of(offered)));
    }

    /** A configuration that was never used before. */
    Configuration fresh() {
        return aConfiguration(configurations++);
    }

    static Configuration aConfiguration(int number) {
        return Guide.start(Guide.SPACE)
                .with(Guide.DROPOUT, Value.of(0.3))
                .with(Guide.UNITS, Value.of(50 + number % 150))
                .with(Guide.SEQUENCE_LENGTH, Value.of(10 + number / 150));
    }

    static TrainingResult aResult(int epochs, double value) {
        return new TrainingResult(epochs, epochs, value, value, value / 2, value, value / 2, false, epochs);
    }

    static Checkpoint aCheckpoint(int epoch) {
        return new Checkpoint(epoch, new BlobRef("checkpoints/" + epoch, "ef", 1));
    }

    static TrialEvent.TrialCompleted completion(Execution execution, double value) {
        return new TrialEvent.TrialCompleted(execution, aResult(9, value), MODEL, SCORES);
    }

    private Scenario take(Decision decision) {
        store.write(study.changes());
        effects.addAll(decision.effects());
        invariants.check(decision, study, store);
        if (answers && openRequest().isPresent()) {
            int count = openRequest().get().count();
            offer(IntStream.range(0, count).mapToObj(any -> fresh()).toArray(Configuration[]::new));
        }
        return this;
    }
}
