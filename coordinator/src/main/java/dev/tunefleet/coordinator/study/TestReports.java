package dev.tunefleet.coordinator.study;

import java.util.Optional;

import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.Directive;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.TrialEvent;

/** What the reports of executions of the final evaluation lead to. */
final class TestReports {

    private final Draft draft;
    private final Evaluation evaluation;

    TestReports(Draft draft, Evaluation evaluation) {
        this.draft = draft;
        this.evaluation = evaluation;
    }

    void takeIn(TrialEvent event) {
        if (event instanceof TrialEvent.TestEvaluated tested) {
            measured(tested);
        } else if (!evaluation.open()) {
            draft.fence(event, owner());
        } else {
            hear(event);
        }
    }

    private void measured(TrialEvent.TestEvaluated tested) {
        int trial = evaluation.trial();
        if (evaluation.open()) {
            draft.record(new Fact.TestEvaluated(trial, tested.model(), tested.baselines()));
            draft.leases().forget(trial);
            draft.clearDirective(trial);
        } else {
            draft.ignore(tested);
        }
    }

    private void hear(TrialEvent event) {
        Execution execution = event.execution();
        if (execution.attempt().number() != evaluation.attempt() || !evaluation.published()) {
            draft.fence(event, owner());
            return;
        }
        if (evaluation.owner().isEmpty()) {
            draft.adopt(execution);
            hearOwner(event);
        } else if (evaluation.owner().get().execution().equals(execution.id())) {
            hearOwner(event);
        } else {
            draft.fence(event, owner());
        }
    }

    private void hearOwner(TrialEvent event) {
        int trial = evaluation.trial();
        draft.leases().heard(trial);
        if (event instanceof TrialEvent.TrialFailed failed) {
            draft.record(new Fact.EvaluationFailed(trial, failed.reason() + ": " + failed.message()));
            draft.leases().forget(trial);
            draft.clearDirective(trial);
        } else if (event.terminal()) {
            draft.leases().forget(trial);
            draft.record(
                    new Fact.AttemptReleased(trial, event.execution().attempt().number()));
        }
    }

    private Optional<Directive.Own> owner() {
        var newest = new AttemptId(draft.ledger().trialId(evaluation.trial()), evaluation.attempt());
        return evaluation.owner().map(owner -> new Directive.Own(newest, owner.execution()));
    }
}
