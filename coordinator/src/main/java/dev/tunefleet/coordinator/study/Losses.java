package dev.tunefleet.coordinator.study;

import java.util.List;
import java.util.Optional;

import dev.tunefleet.common.trial.FailureReason;

/** Finds the attempts of which nothing has been heard for too long, and decides what becomes of their trials. */
final class Losses {

    /** A trial that is blamed for so many workers gets no other. */
    static final int MOST_CHARGES = 3;

    private final Draft draft;
    private final Ledger ledger;
    private final int capacity;

    Losses(Draft draft, int capacity) {
        this.draft = draft;
        this.ledger = draft.ledger();
        this.capacity = capacity;
    }

    void find() {
        Leases leases = draft.leases();
        for (int number : List.copyOf(ledger.running())) {
            if (leases.silent(number, Leases.SILENCE)) {
                lose(draft.trial(number));
            }
        }
        for (int number : List.copyOf(ledger.published())) {
            if (busy()) {
                leases.heard(number);
            } else if (leases.silent(number, Leases.UNTAKEN)) {
                leases.forget(number);
                draft.record(new Fact.AttemptLost(number, draft.trial(number).attempts(), false));
            }
        }
        Optional<Evaluation> evaluation = ledger.study().evaluation;
        if (evaluation.isPresent()
                && evaluation.get().open()
                && evaluation.get().published()) {
            look(evaluation.get());
        }
    }

    /** Whether the study's share of the slots is in use; of eleven that may be in flight, one waits. */
    private boolean busy() {
        return ledger.running().size() >= capacity * 10 / 11;
    }

    private void lose(TrialEntity trial) {
        int number = trial.number();
        boolean began = !draft.leases().waiting(number);
        boolean charged = began && trial.checkpointEpochs() <= trial.resumedFrom();
        draft.leases().forget(number);
        draft.record(new Fact.AttemptLost(number, trial.attempts(), charged));
        if (draft.trial(number).charges() >= MOST_CHARGES) {
            draft.record(new Fact.TrialFailed(
                    number,
                    FailureReason.WORKER_LOST,
                    "Each of the " + MOST_CHARGES + " workers that ran it went silent before its next checkpoint. "
                            + "Maybe it needs more memory than a worker has."));
            draft.stop(draft.trial(number));
        } else if (trial.stopping()) {
            draft.giveUp(number);
        }
    }

    private void look(Evaluation evaluation) {
        boolean runs = evaluation.owner().isPresent();
        if (!draft.leases().silent(evaluation.trial(), runs ? Leases.SILENCE : Leases.UNTAKEN)) {
            return;
        }
        draft.leases().forget(evaluation.trial());
        draft.record(new Fact.AttemptLost(evaluation.trial(), evaluation.attempt(), runs));
        if (ledger.study().evaluation.orElseThrow().charges() >= MOST_CHARGES) {
            draft.record(new Fact.EvaluationFailed(
                    evaluation.trial(),
                    "Each of the " + MOST_CHARGES + " workers that measured it on the test part went silent."));
            draft.stop(draft.trial(evaluation.trial()));
        }
    }
}
