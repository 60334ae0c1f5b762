package dev.tunefleet.coordinator.study;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Function;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Directive;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.TrialId;

/**
 * A fleet in one thread, with time of its own, whose every misfortune follows from a seed: workers that die, stand still and are
 * drained, checkpoints that vanish, reports that come twice, late and in another order, records that are delivered again, coordinators
 * that are replaced or whose transaction is aborted at any input, users who interfere.
 */
final class FleetSimulation implements SimulatedWorker.World {

    private static final int SLOTS = 2;
    private static final BlobRef DATASET = new BlobRef("datasets/ab", "ab", 1);

    private final Random random;
    private final StudySpec spec;
    private final StudyId id;
    private final Invariants invariants;
    private final int fleet;

    private Instant now = Instant.EPOCH;
    private Study study;
    private final StoredStudy store;
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private final List<TrialEvent> reports = new ArrayList<>();
    private final Deque<Assignment> queue = new ArrayDeque<>();
    private final List<Assignment> delivered = new ArrayList<>();
    private final Map<TrialId, Directive> directives = new HashMap<>();
    private final List<Function<Study, Decision>> inputs = new ArrayList<>();
    private boolean stopAll;
    private int extensions;
    private int requests;
    private int names;

    FleetSimulation(long seed, StudySpec spec) {
        this.random = new Random(seed);
        this.spec = spec;
        this.id = new StudyId(spec.name());
        this.fleet = 1 + random.nextInt(6);
        this.extensions = random.nextInt(3);
        this.store = new StoredStudy(id);
        this.study = store.load();
        this.invariants = new Invariants(spec);
        command(new Command.CreateStudy(request(), spec, DATASET));
    }

    /** Runs through {@code steps} of misfortune and then undisturbed to the end. */
    Study run(int steps) {
        for (int step = 0; step < steps && !over(); step++) {
            disturb();
        }
        if (study.entity().state() == StudyState.DELETED) {
            command(new Command.CreateStudy(request(), spec, DATASET));
        }
        if (study.entity().state() == StudyState.PAUSED) {
            command(new Command.ResumeStudy(request()));
        }
        for (int round = 0; round < 3_000 && !study.ended(); round++) {
            calm();
        }
        invariants.checkEnd(study, store);
        return study;
    }

    /** Whether the study has ended and nobody extends it. */
    private boolean over() {
        StudyState state = study.entity().state();
        if (state != StudyState.COMPLETED && state != StudyState.FAILED) {
            return false;
        }
        if (extensions == 0) {
            return true;
        }
        extensions--;
        StudySpec known = study.entity().spec().orElseThrow();
        Budget now = known.budget();
        var larger = new Budget(
                now.trials() + 1 + random.nextInt(8),
                Optional.empty(),
                now.epochs(),
                now.parallel(),
                OptionalDouble.empty(),
                now.patience(),
                now.failures());
        command(new Command.CreateStudy(request(), known.withBudget(larger), DATASET));
        return false;
    }

    Invariants invariants() {
        return invariants;
    }

    private void disturb() {
        int draw = random.nextInt(1000);
        if (draw < 250) {
            pass(Duration.ofMillis(random.nextInt(20) == 0 ? 30_000 : random.nextInt(900)), random.nextInt(10) == 0);
        } else if (draw < 550) {
            deliver(random.nextInt(4) == 0 ? random.nextInt(Math.max(1, reports.size())) : 0);
        } else if (draw < 870) {
            workerStep();
        } else if (draw < 960) {
            answer();
        } else if (draw < 985) {
            takeOver();
        } else if (draw < 992) {
            redeliver();
        } else {
            interfere();
        }
    }

    private void calm() {
        while (workers.size() < fleet) {
            hire();
        }
        answer();
        for (SimulatedWorker worker : List.copyOf(workers)) {
            worker.take(false);
            worker.work();
            worker.sayAlive();
        }
        workers.removeIf(SimulatedWorker::dead);
        while (!reports.isEmpty()) {
            report(reports.removeFirst());
        }
        pass(Duration.ofSeconds(1), false);
    }

    private void hire() {
        workers.add(new SimulatedWorker("worker-" + names++, SLOTS, this, random));
    }

    private void workerStep() {
        if (workers.size() < fleet && random.nextBoolean()) {
            hire();
        }
        if (workers.isEmpty()) {
            return;
        }
        SimulatedWorker worker = workers.get(random.nextInt(workers.size()));
        int draw = random.nextInt(100);
        if (draw < 35) {
            worker.take(random.nextInt(30) == 0);
        } else if (draw < 80) {
            worker.work();
        } else if (draw < 95) {
            worker.sayAlive();
        } else if (draw < 98) {
            worker.die();
        } else {
            worker.drain();
        }
        workers.removeIf(SimulatedWorker::dead);
    }

    private void pass(Duration step, boolean lagging) {
        now = now.plus(step);
        int slots = workers.size() * SLOTS;
        invariants.capacity(slots);
        Instant time = now;
        decide(known -> known.tick(time, lagging, slots));
    }

    private void deliver(int index) {
        if (reports.isEmpty()) {
            return;
        }
        TrialEvent event = reports.remove(index);
        if (random.nextInt(20) == 0) {
            reports.add(random.nextInt(reports.size() + 1), event);
        }
        report(event);
    }

    private void report(TrialEvent event) {
        keep(known -> known.decide(event));
        if (event instanceof TrialEvent.TrialWaits waits) {
            invariants.heardWaiting(waits.execution());
        }
    }

    /** Another coordinator goes on with what is stored. */
    private void takeOver() {
        study = store.load();
        invariants.heardNothing();
    }

    private void command(Command command) {
        keep(known -> known.decide(command));
    }

    private void answer() {
        Optional<SuggestionRequest> open = study.entity().request();
        if (open.isEmpty()) {
            return;
        }
        List<Configuration> offered = new ArrayList<>();
        for (int i = 0; i < open.get().count(); i++) {
            offered.add(configuration());
        }
        if (random.nextInt(50) == 0) {
            offered.replaceAll(any -> Guide.start(spec.space()));
        }
        command(new Command.OfferSuggestions(request(), open.get().number(), offered));
        if (random.nextInt(10) == 0) {
            command(new Command.OfferSuggestions(request(), open.get().number(), offered));
        }
    }

    private Configuration configuration() {
        return Guide.start(spec.space())
                .with(Guide.UNITS, Value.of(50 + random.nextInt(150)))
                .with(Guide.LAYERS, Value.of(1 + random.nextInt(3)));
    }

    private void redeliver() {
        if (!delivered.isEmpty()) {
            queue.addLast(delivered.get(random.nextInt(delivered.size())));
        }
    }

    private void interfere() {
        RequestId request = request();
        int trials = Math.max(1, study.trials().size());
        Command command =
                switch (random.nextInt(11)) {
                    case 0, 1 -> new Command.PauseStudy(request);
                    case 2, 3 -> new Command.ResumeStudy(request);
                    case 4, 5 -> new Command.EnqueueTrial(request, configuration());
                    case 6 -> new Command.CancelTrial(request, random.nextInt(trials));
                    case 7, 8 -> new Command.CreateStudy(request, spec, DATASET);
                    case 9 -> new Command.CancelTrial(request, trials - 1);
                    default ->
                        random.nextInt(3) == 0 ? new Command.StopStudy(request) : new Command.DeleteStudy(request);
                };
        command(command);
        if (random.nextBoolean()) {
            command(command);
        }
    }

    private RequestId request() {
        return new RequestId("request-" + requests++);
    }

    private void keep(Function<Study, Decision> input) {
        inputs.add(input);
        decide(input);
    }

    /** Everything that was ever said to the study, without the ticks, is said once more; what is stored by then. */
    Changes feedAgain() {
        study.changes();
        inputs.forEach(input -> input.apply(study));
        return study.changes();
    }

    /** One input: its transaction may be aborted once, and is then processed by another coordinator. */
    private void decide(Function<Study, Decision> input) {
        if (random.nextInt(50) == 0) {
            input.apply(study);
            takeOver();
        }
        Decision decision = input.apply(study);
        store.write(study.changes());
        invariants.check(decision, study, store);
        decision.effects().forEach(this::apply);
    }

    private void apply(Effect effect) {
        switch (effect) {
            case Effect.Publish(Assignment assignment) -> queue.addLast(assignment);
            case Effect.Direct(Directive directive) -> direct(directive);
            case Effect.ClearDirective(TrialId trial) -> directives.remove(trial);
            case Effect.ClearStudyDirective ignored -> stopAll = false;
            case Effect.Demand ignored -> {}
        }
    }

    private void direct(Directive directive) {
        switch (directive) {
            case Directive.Own(AttemptId attempt, var ignored) -> directives.put(attempt.trial(), directive);
            case Directive.StopTrial(AttemptId attempt) -> directives.put(attempt.trial(), directive);
            case Directive.StopStudy ignored -> stopAll = true;
        }
    }

    @Override
    public Optional<Assignment> take() {
        Optional<Assignment> taken = Optional.ofNullable(queue.pollFirst());
        taken.ifPresent(delivered::add);
        return taken;
    }

    @Override
    public void giveBack(Assignment assignment) {
        queue.addFirst(assignment);
    }

    @Override
    public void publish(TrialEvent event) {
        reports.add(event);
        if (event instanceof TrialEvent.TrialStarted started) {
            invariants.began(started.execution());
        }
    }

    @Override
    public Optional<Directive> directiveOf(AttemptId attempt) {
        return stopAll
                ? Optional.of(new Directive.StopStudy(id))
                : Optional.ofNullable(directives.get(attempt.trial()));
    }
}
