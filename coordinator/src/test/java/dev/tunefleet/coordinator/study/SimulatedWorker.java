package dev.tunefleet.coordinator.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.Baseline;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.Directive;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.common.trial.TrialEvent;

/** A worker with slots that trains nothing and reports everything; what must be alone waits for the others. */
final class SimulatedWorker {

    /** What a worker needs of the world. */
    interface World {
        Optional<Assignment> take();

        void giveBack(Assignment assignment);

        void publish(TrialEvent event);

        Optional<Directive> directiveOf(AttemptId attempt);
    }

    private static final class Running {
        final Assignment assignment;
        final Execution execution;
        final SimulatedTraining training;
        int epoch;
        Optional<Checkpoint> checkpoint;

        Running(Assignment assignment, Execution execution) {
            this.assignment = assignment;
            this.execution = execution;
            switch (assignment) {
                case Assignment.TrialSpec spec -> {
                    training = new SimulatedTraining(
                            spec.seed(), spec.study().budget().epochs());
                    checkpoint = spec.resumeFrom();
                    epoch = checkpoint.map(Checkpoint::epoch).orElse(0);
                }
                case Assignment.FinalEvaluation ignored -> {
                    training = new SimulatedTraining(0, 1);
                    checkpoint = Optional.empty();
                }
            }
        }
    }

    private final String name;
    private final int slots;
    private final World world;
    private final Random random;
    private final List<Running> running = new ArrayList<>();
    private Optional<Running> waiting = Optional.empty();
    private boolean dead;

    SimulatedWorker(String name, int slots, World world, Random random) {
        this.name = name;
        this.slots = slots;
        this.world = world;
        this.random = random;
    }

    boolean dead() {
        return dead;
    }

    /** Takes a record where a slot is free; {@code fatal} lets it die between its first report and the acknowledgement. */
    void take(boolean fatal) {
        boolean alone =
                running.stream().anyMatch(busy -> busy.assignment instanceof Assignment.TrialSpec spec && spec.alone());
        if (running.size() >= slots || alone || waiting.isPresent()) {
            return;
        }
        Optional<Assignment> taken = world.take();
        if (taken.isEmpty()) {
            return;
        }
        Assignment assignment = taken.get();
        var execution = new Execution(assignment.attempt(), new UUID(random.nextLong(), random.nextLong()), name);
        boolean stopped = world.directiveOf(assignment.attempt())
                .map(directive -> directive.stops(execution))
                .orElse(false);
        if (stopped) {
            world.publish(new TrialEvent.TrialStopped(execution, Optional.empty(), Optional.empty()));
            return;
        }
        boolean waits = assignment instanceof Assignment.TrialSpec spec && spec.alone() && !running.isEmpty();
        world.publish(waits ? new TrialEvent.TrialWaits(execution) : new TrialEvent.TrialStarted(execution));
        if (fatal) {
            world.giveBack(assignment);
            die();
        } else if (waits) {
            waiting = Optional.of(new Running(assignment, execution));
        } else {
            var begun = new Running(assignment, execution);
            running.add(begun);
            begun.checkpoint.filter(any -> random.nextInt(10) == 0).ifPresent(gone -> beginAnew(begun, gone));
        }
    }

    /** The blob of {@code checkpoint} has vanished. */
    private void beginAnew(Running begun, Checkpoint checkpoint) {
        begun.checkpoint = Optional.empty();
        begun.epoch = 0;
        world.publish(new TrialEvent.CheckpointGone(begun.execution, checkpoint));
    }

    /** Every execution does one epoch; those that a directive stops end first. */
    void work() {
        obey();
        for (Running each : List.copyOf(running)) {
            if (dead) {
                return;
            }
            switch (each.assignment) {
                case Assignment.TrialSpec spec -> train(each, spec);
                case Assignment.FinalEvaluation ignored -> {
                    TrainingResult result = each.training.result(1, false);
                    var scores = SimulatedTraining.scores(result);
                    end(
                            each,
                            new TrialEvent.TestEvaluated(
                                    each.execution, scores, List.of(new Baseline("persistence", scores))));
                }
            }
        }
    }

    void obey() {
        for (Running each : List.copyOf(running)) {
            world.directiveOf(each.execution.attempt())
                    .filter(directive -> directive.stops(each.execution))
                    .ifPresent(directive -> stop(each));
        }
    }

    void die() {
        dead = true;
        running.clear();
        waiting = Optional.empty();
    }

    void drain() {
        dead = true;
        waiting.ifPresent(each -> world.publish(new TrialEvent.TrialReleased(each.execution, each.checkpoint)));
        waiting = Optional.empty();
        for (Running each : List.copyOf(running)) {
            if (each.epoch > 0) {
                each.checkpoint = Optional.of(checkpoint(each));
            }
            end(each, new TrialEvent.TrialReleased(each.execution, each.checkpoint));
        }
    }

    void sayAlive() {
        running.forEach(each -> world.publish(new TrialEvent.TrialProgressed(each.execution, each.epoch)));
        waiting.ifPresent(each -> world.publish(new TrialEvent.TrialWaits(each.execution)));
    }

    private void stop(Running each) {
        boolean began = each.epoch > 0 && random.nextInt(4) > 0;
        if (began) {
            each.checkpoint = Optional.of(checkpoint(each));
        }
        end(
                each,
                new TrialEvent.TrialStopped(
                        each.execution,
                        began ? Optional.of(each.training.result(each.epoch, false)) : Optional.empty(),
                        began ? each.checkpoint : Optional.empty()));
    }

    private void train(Running each, Assignment.TrialSpec spec) {
        if (each.epoch >= spec.trainTo()) {
            complete(each, false);
            return;
        }
        each.epoch++;
        SimulatedTraining.Fate fate = each.training.at(each.epoch);
        switch (fate) {
            case POISONS -> {
                die();
                return;
            }
            case BREAKS -> {
                end(each, new TrialEvent.TrialFailed(each.execution, FailureReason.ERROR, "It broke.", 1));
                return;
            }
            case DIVERGES -> {
                end(each, new TrialEvent.TrialFailed(each.execution, FailureReason.DIVERGED, "NaN", 1));
                return;
            }
            case FINE, STOPS_EARLY -> {}
        }
        world.publish(new TrialEvent.EpochMeasured(each.execution, each.training.measurement(each.epoch)));
        if (fate == SimulatedTraining.Fate.STOPS_EARLY) {
            complete(each, true);
        } else if (each.epoch >= spec.trainTo()) {
            reachTarget(each, spec);
        } else if (each.epoch % 2 == 0) {
            each.checkpoint = Optional.of(checkpoint(each));
            world.publish(new TrialEvent.CheckpointStored(each.execution, checkpoint(each)));
        }
    }

    private void reachTarget(Running each, Assignment.TrialSpec spec) {
        if (spec.trainTo() >= spec.study().budget().epochs()) {
            complete(each, false);
        } else {
            end(
                    each,
                    new TrialEvent.RungReached(
                            each.execution, each.training.result(each.epoch, false), checkpoint(each)));
        }
    }

    private void complete(Running each, boolean early) {
        TrainingResult result = each.training.result(each.epoch, early);
        var model = new BlobRef("models/" + each.execution.attempt(), "ab", 1);
        end(each, new TrialEvent.TrialCompleted(each.execution, result, model, SimulatedTraining.scores(result)));
    }

    private void end(Running each, TrialEvent last) {
        running.remove(each);
        world.publish(last);
        if (running.isEmpty()) {
            waiting.ifPresent(this::begin);
            waiting = Optional.empty();
        }
    }

    private void begin(Running next) {
        running.add(next);
        world.publish(new TrialEvent.TrialStarted(next.execution));
    }

    private static Checkpoint checkpoint(Running each) {
        String key = "checkpoints/" + each.execution.attempt().trial() + "/" + each.epoch + "-" + each.execution.id();
        return new Checkpoint(each.epoch, new BlobRef(key, "ab", 1));
    }
}
