package dev.tunefleet.coordinator.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.TrainingResult;

/** How a fact of a trial changes the trial, its standing in the schedule and the study's counters. */
final class TrialFolding {

    private final Ledger ledger;

    TrialFolding(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Changes what is known of a trial and nothing else. */
    void change(int number, UnaryOperator<TrialEntity> change) {
        ledger.put(change.apply(ledger.trial(number)));
    }

    void queue(Fact.TrialQueued queued) {
        LiveStudy study = ledger.touch();
        if (queued.origin() instanceof Origin.Suggested(long number)) {
            study.waiting.removeIf(waiting -> waiting.number() == number);
        }
        study.tally = study.tally.withTrials(queued.trial() + 1);
        int target = queued.origin() instanceof Origin.Confirmation
                ? ledger.spec().budget().epochs()
                : ledger.schedule().firstTarget();
        ledger.put(TrialEntity.queued(
                queued.trial(), queued.configuration(), queued.origin(), study.attemptFloor, target));
    }

    void publish(Fact.AttemptPublished published) {
        TrialEntity trial = ledger.trial(published.trial());
        int from = published.resumeFrom().map(Checkpoint::epoch).orElse(0);
        ledger.put(trial.withAttempt(published.attempt(), published.trainTo(), from)
                .withState(in(TrialState.Queued.class, trial, "published").publish()));
    }

    void start(Fact.AttemptStarted started) {
        TrialEntity trial = ledger.trial(started.trial());
        ledger.put(trial.withState(
                in(TrialState.Queued.class, trial, "started").start(started.execution(), started.worker())));
    }

    void withdraw(int number, boolean charged) {
        TrialEntity trial = ledger.trial(number);
        TrialEntity changed = trial.withState(inFlight(trial, "given back").withdraw());
        ledger.put(charged ? changed.charged() : changed);
    }

    void pass(int number, RungValue rung) {
        enter(ledger.trial(number), List.of(rung));
    }

    void reachRung(Fact.RungReached reached) {
        TrialEntity trial = ledger.trial(reached.trial());
        TrialState state = inFlight(trial, "paused").pause();
        countResult(trial, reached.result());
        TrialEntity paused = trial.withState(state).withResult(reached.result());
        if (reached.checkpoint().epoch() >= trial.checkpointEpochs()) {
            paused = paused.withCheckpoint(reached.checkpoint());
        }
        int epochs = reached.result().epochs();
        boolean rung = ledger.schedule().rungs().contains(epochs) && epochs > trial.lastRung();
        waits(enter(paused, rung ? List.of(rung(epochs, reached.result())) : List.of()));
    }

    void promote(int number, int trainTo) {
        TrialEntity trial = ledger.trial(number);
        ledger.schedule().leave(number);
        ledger.put(trial.withTrainTo(trainTo)
                .withState(in(TrialState.Paused.class, trial, "promoted").promote()));
    }

    void putBack(int number) {
        TrialEntity trial = ledger.trial(number);
        TrialEntity paused =
                trial.withState(in(TrialState.Queued.class, trial, "put back").pause());
        ledger.put(paused);
        waits(paused);
    }

    private void waits(TrialEntity paused) {
        if (!paused.confirmation()) {
            ledger.pauseInSchedule(paused);
        }
    }

    void complete(Fact.TrialCompleted completed) {
        TrialEntity trial = ledger.trial(completed.trial());
        TrialState state = inFlight(trial, "completed").complete(completed.model(), completed.validation());
        countResult(trial, completed.result());
        List<RungValue> later = ledger.schedule().rungs().stream()
                .filter(rung -> rung > trial.lastRung())
                .map(rung -> rung(rung, completed.result()))
                .toList();
        enter(trial.withState(state).withResult(completed.result()), exported(trial) ? List.of() : later);
    }

    /** Whether the newest attempt was to export a model and to train nothing. */
    private static boolean exported(TrialEntity trial) {
        return trial.resumedFrom() >= trial.trainTo();
    }

    void prune(int number, Optional<TrainingResult> result) {
        TrialEntity trial = ledger.trial(number);
        TrialState state = in(TrialState.Unfinished.class, trial, "pruned").prune();
        result.ifPresent(newest -> countResult(trial, newest));
        ledger.schedule().leave(number);
        TrialEntity pruned = trial.withState(state);
        ledger.put(result.map(pruned::withResult).orElse(pruned));
    }

    void infeasible(Fact.TrialInfeasible fact) {
        TrialEntity trial = ledger.trial(fact.trial());
        TrialState state = inFlight(trial, "found infeasible")
                .infeasible(fact.reason(), fact.message(), fact.seconds(), fact.speed());
        countFruitless(trial);
        ledger.put(trial.withState(state));
        loseBest(trial);
    }

    void fail(Fact.TrialFailed fact) {
        TrialEntity trial = ledger.trial(fact.trial());
        TrialState state = inFlight(trial, "failed").fail(fact.reason(), fact.message());
        countFruitless(trial);
        LiveStudy study = ledger.touch();
        study.tally = study.tally.withFailures(study.tally.failures() + 1);
        ledger.put(trial.withState(state));
        loseBest(trial);
    }

    void cancel(int number) {
        TrialEntity trial = ledger.trial(number);
        TrialState state = in(TrialState.Unfinished.class, trial, "cancelled").cancel();
        ledger.schedule().leave(number);
        ledger.put(trial.withState(state));
    }

    private TrialEntity enter(TrialEntity trial, List<RungValue> reached) {
        var rungs = new ArrayList<>(trial.rungs());
        rungs.addAll(reached);
        TrialEntity entered = trial.withRungs(rungs);
        ledger.put(entered);
        if (!trial.confirmation()) {
            reached.forEach(rung -> ledger.schedule().enter(trial.number(), rung.epochs(), rung.stopValue()));
        }
        return entered;
    }

    private void countResult(TrialEntity trial, TrainingResult result) {
        LiveStudy study = ledger.touch();
        Tally tally = study.tally.withResults(study.tally.results() + 1).withFailures(0);
        if (trial.confirmation()) {
            study.tally = tally;
            return;
        }
        boolean better = study.best.map(best -> result.value() < best.value()).orElse(true);
        boolean first = trial.result().isEmpty();
        if (better) {
            study.best = Optional.of(new Best(trial.number(), result.value()));
        }
        study.tally = better ? tally.withSinceBest(0) : first ? tally.withSinceBest(tally.sinceBest() + 1) : tally;
    }

    private void countFruitless(TrialEntity trial) {
        LiveStudy study = ledger.touch();
        Tally tally = study.tally.withResults(study.tally.results() + 1);
        boolean counts = trial.result().isEmpty() && !trial.confirmation();
        study.tally = counts ? tally.withSinceBest(tally.sinceBest() + 1) : tally;
    }

    /** What a trial had reached at a rung is no result of the study once the trial has failed. O(n) where it was the best of n. */
    private void loseBest(TrialEntity failed) {
        LiveStudy study = ledger.touch();
        if (study.best.filter(best -> best.trial() == failed.number()).isPresent()) {
            study.best = ledger.trials().stream()
                    .filter(trial -> !trial.confirmation() && !trial.state().fruitless())
                    .flatMap(trial -> trial.result().map(result -> new Best(trial.number(), result.value())).stream())
                    .min(Comparator.comparingDouble(Best::value).thenComparingInt(Best::trial));
        }
    }

    private static RungValue rung(int epochs, TrainingResult result) {
        return new RungValue(epochs, result.stopValue(), result.value());
    }

    private TrialState.InFlight inFlight(TrialEntity trial, String change) {
        return in(TrialState.InFlight.class, trial, change);
    }

    /** The state of {@code trial}, which must be of {@code kind} for the trial to be changed so. */
    private <S extends TrialState> S in(Class<S> kind, TrialEntity trial, String change) {
        if (!kind.isInstance(trial.state())) {
            throw new IllegalStateException("The trial " + ledger.trialId(trial.number()) + " ("
                    + trial.state().getClass().getSimpleName() + ") must not be " + change + ".");
        }
        return kind.cast(trial.state());
    }
}
