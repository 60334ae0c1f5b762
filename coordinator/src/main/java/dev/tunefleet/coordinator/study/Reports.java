package dev.tunefleet.coordinator.study;

import java.util.Optional;

import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.DataShape;
import dev.tunefleet.common.trial.Directive;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.common.trial.TrialEvent;

/**
 * What each report of a worker leads to. Reports arrive late, twice, out of order, from executions that nobody waits for any more:
 * the owner of the newest attempt is heard in everything, any other only in a result that there is none of yet.
 */
final class Reports {

    private final Draft draft;
    private final Ledger ledger;

    Reports(Draft draft) {
        this.draft = draft;
        this.ledger = draft.ledger();
    }

    void takeIn(TrialEvent event) {
        Execution execution = event.execution();
        int attempt = execution.attempt().number();
        Optional<TrialEntity> found = ledger.find(event.trial().number());
        if (found.isEmpty() || attempt <= ledger.study().attemptFloor) {
            draft.fence(event, found.flatMap(this::owner));
            return;
        }
        TrialEntity trial = found.get();
        Optional<Evaluation> evaluation = ledger.study().evaluation;
        if (evaluation.isPresent() && evaluation.get().trial() == trial.number() && attempt > trial.attempts()) {
            new TestReports(draft, evaluation.get()).takeIn(event);
        } else if (attempt > trial.attempts()) {
            draft.ignore(event);
        } else if (trial.state().terminal() || trial.state() instanceof TrialState.Paused) {
            outlive(trial, event);
        } else if (adopts(trial, event)) {
            draft.adopt(execution);
            hear(draft.trial(trial.number()), event);
        } else if (owns(trial, execution)) {
            hear(trial, event);
        } else {
            hearStranger(trial, event);
        }
    }

    private static boolean adopts(TrialEntity trial, TrialEvent event) {
        return trial.state() instanceof TrialState.Queued(boolean published)
                && published
                && event.execution().attempt().number() == trial.attempts();
    }

    private static boolean owns(TrialEntity trial, Execution execution) {
        return trial.state() instanceof TrialState.Running running
                && execution.attempt().number() == trial.attempts()
                && execution.id().equals(running.execution());
    }

    /** From the owner of the newest attempt. */
    private void hear(TrialEntity trial, TrialEvent event) {
        int number = trial.number();
        draft.leases().heard(number);
        switch (event) {
            case TrialEvent.TrialStarted _, TrialEvent.TrialProgressed _ -> {}
            case TrialEvent.TrialWaits _ -> draft.leases().waits(number);
            case TrialEvent.DataPrepared(var ignored, DataShape shape) -> learn(shape);
            case TrialEvent.EpochMeasured(var ignored, Measurement measurement) -> measure(trial, measurement);
            case TrialEvent.CheckpointStored(var ignored, Checkpoint checkpoint) -> advance(trial, checkpoint);
            case TrialEvent.CheckpointGone(var ignored, Checkpoint checkpoint) -> drop(trial, checkpoint);
            case TrialEvent.RungReached reached -> reachRung(trial, reached);
            case TrialEvent.TrialCompleted completed -> complete(trial, completed);
            case TrialEvent.TrialFailed failed -> fail(trial, failed);
            case TrialEvent.TrialReleased(var ignored, Optional<Checkpoint> checkpoint) -> {
                checkpoint.ifPresent(newest -> advance(trial, newest));
                release(trial);
            }
            case TrialEvent.TrialStopped stopped -> stopped(trial, stopped);
            case TrialEvent.TestEvaluated ignored -> draft.ignore(event);
        }
    }

    /** From an execution that is not the owner, of a trial that has no outcome and does not wait at a rung. */
    private void hearStranger(TrialEntity trial, TrialEvent event) {
        switch (event) {
            case TrialEvent.TrialCompleted completed -> {
                complete(trial, completed);
                draft.stop(trial);
            }
            case TrialEvent.RungReached reached -> {
                if (reached.result().epochs() == trial.trainTo()) {
                    reachRung(trial, reached);
                    draft.stop(trial);
                } else {
                    draft.ignore(event);
                }
            }
            case TrialEvent.TrialFailed _, TrialEvent.TestEvaluated _ -> draft.ignore(event);
            case TrialEvent.TrialStarted _,
                    TrialEvent.TrialWaits _,
                    TrialEvent.DataPrepared _,
                    TrialEvent.TrialProgressed _,
                    TrialEvent.EpochMeasured _,
                    TrialEvent.CheckpointStored _,
                    TrialEvent.CheckpointGone _ -> draft.fence(event, owner(trial));
            case TrialEvent.TrialReleased _, TrialEvent.TrialStopped _ -> {}
        }
    }

    /** From an execution of a trial that waits for none. */
    private void outlive(TrialEntity trial, TrialEvent event) {
        switch (event) {
            case TrialEvent.RungReached _,
                    TrialEvent.TrialCompleted _,
                    TrialEvent.TrialFailed _,
                    TrialEvent.TestEvaluated _ -> draft.ignore(event);
            case TrialEvent.TrialStarted _,
                    TrialEvent.TrialWaits _,
                    TrialEvent.DataPrepared _,
                    TrialEvent.TrialProgressed _,
                    TrialEvent.EpochMeasured _,
                    TrialEvent.CheckpointStored _,
                    TrialEvent.CheckpointGone _ -> draft.fence(event, owner(trial));
            case TrialEvent.TrialReleased _, TrialEvent.TrialStopped _ -> settle(trial);
        }
    }

    /** All workers find the same in the same data, so that what differs is the formula of a newer one. */
    private void learn(DataShape shape) {
        if (!ledger.study().shape.equals(Optional.of(shape))) {
            draft.record(new Fact.DataMeasured(shape));
        }
    }

    private void measure(TrialEntity trial, Measurement measurement) {
        int number = trial.number();
        draft.record(new Fact.EpochMeasured(number, trial.attempts(), measurement));
        int epoch = measurement.epoch();
        boolean passes = epoch > trial.lastRung()
                && epoch < trial.trainTo()
                && ledger.schedule().rungs().contains(epoch);
        if (!passes || trial.confirmation() || trial.stopping()) {
            return;
        }
        double value = measurement.bestStopValue();
        boolean stops =
                ledger.study().state != StudyState.ENDING && ledger.schedule().stops(epoch, value);
        draft.record(new Fact.RungPassed(number, new RungValue(epoch, value, measurement.objective())));
        if (stops) {
            draft.record(new Fact.TrialStopRequested(number));
            draft.stop(trial);
        }
    }

    private void advance(TrialEntity trial, Checkpoint checkpoint) {
        if (checkpoint.epoch() > trial.checkpointEpochs()) {
            draft.record(new Fact.CheckpointAdvanced(trial.number(), checkpoint));
        }
    }

    /** Only while it is still the newest: this may come late or twice, when there is another by now. */
    private void drop(TrialEntity trial, Checkpoint checkpoint) {
        if (trial.checkpoint().equals(Optional.of(checkpoint))) {
            draft.record(new Fact.CheckpointDropped(trial.number(), checkpoint));
        }
    }

    private void reachRung(TrialEntity trial, TrialEvent.RungReached reached) {
        if (finite(reached.result())) {
            draft.record(new Fact.RungReached(trial.number(), reached.result(), reached.checkpoint()));
            draft.leases().forget(trial.number());
            L2Rule.apply(draft, trial.number());
            HalvingRule.apply(draft, trial.number());
        } else {
            diverge(trial, reached.result());
        }
    }

    private void complete(TrialEntity trial, TrialEvent.TrialCompleted completed) {
        TrainingResult result = completed.result();
        if (finite(result)) {
            draft.record(new Fact.TrialCompleted(trial.number(), result, completed.model(), completed.validation()));
            settle(trial);
            L2Rule.apply(draft, trial.number());
            HalvingRule.apply(draft, trial.number());
        } else {
            diverge(trial, result);
        }
    }

    private void diverge(TrialEntity trial, TrainingResult result) {
        draft.record(new Fact.TrialInfeasible(
                trial.number(),
                FailureReason.DIVERGED,
                "Its error was " + result.value() + ", which is not a finite number.",
                result.seconds(),
                result.speed()));
        settle(trial);
    }

    private static boolean finite(TrainingResult result) {
        return Double.isFinite(result.value()) && Double.isFinite(result.stopValue());
    }

    private void fail(TrialEntity trial, TrialEvent.TrialFailed failed) {
        int number = trial.number();
        draft.record(
                failed.reason().infeasible()
                        ? new Fact.TrialInfeasible(
                                number, failed.reason(), failed.message(), failed.seconds(), failed.speed())
                        : new Fact.TrialFailed(number, failed.reason(), failed.message()));
        settle(trial);
    }

    private void release(TrialEntity trial) {
        draft.leases().forget(trial.number());
        draft.record(new Fact.AttemptReleased(trial.number(), trial.attempts()));
        if (trial.stopping()) {
            draft.giveUp(trial.number());
        }
    }

    private void stopped(TrialEntity trial, TrialEvent.TrialStopped stopped) {
        boolean ends = ledger.study().state == StudyState.ENDING;
        boolean usable = stopped.result()
                .filter(Reports::finite)
                .filter(result -> result.epochs() >= trial.trained())
                .isPresent();
        if (!trial.stopping() || !usable) {
            stopped.checkpoint().ifPresent(newest -> advance(trial, newest));
            release(trial);
        } else if (ends && stopped.checkpoint().isPresent()) {
            draft.record(new Fact.RungReached(
                    trial.number(), stopped.result().get(), stopped.checkpoint().get()));
            draft.leases().forget(trial.number());
        } else {
            draft.record(new Fact.TrialPruned(trial.number(), stopped.result()));
            settle(trial);
        }
    }

    /** Nothing runs of the trial any more as far as is known. */
    private void settle(TrialEntity trial) {
        draft.leases().forget(trial.number());
        if (draft.trial(trial.number()).state().terminal()) {
            draft.clearDirective(trial.number());
        }
    }

    /** Who may run the newest attempt of {@code trial}, where somebody does. */
    private Optional<Directive.Own> owner(TrialEntity trial) {
        return trial.state() instanceof TrialState.Running running
                ? Optional.of(new Directive.Own(draft.newestAttempt(trial), running.execution()))
                : Optional.empty();
    }
}
