package dev.tunefleet.coordinator.study;

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
            stop(event);
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
            Execution execution = tested.execution();
            draft.record(
                    new Fact.LateEventIgnored(trial, execution.attempt().number(), execution.id(), "TestEvaluated"));
        }
    }

    private void hear(TrialEvent event) {
        Execution execution = event.execution();
        int attempt = execution.attempt().number();
        if (attempt != evaluation.attempt() || !evaluation.published()) {
            stop(event);
            return;
        }
        if (evaluation.owner().isEmpty()) {
            draft.record(new Fact.AttemptStarted(evaluation.trial(), attempt, execution.id(), execution.worker()));
            draft.send(new Effect.Direct(new Directive.Own(execution.attempt(), execution.id())));
            hearOwner(event);
        } else if (evaluation.owner().get().execution().equals(execution.id())) {
            hearOwner(event);
        } else {
            stop(event);
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

    /** Tells an execution that nobody waits for to stop, without stopping the one that somebody waits for. */
    private void stop(TrialEvent event) {
        if (!event.terminal()) {
            AttemptId stale = event.execution().attempt();
            draft.send(new Effect.Direct(evaluation
                    .owner()
                    .<Directive>map(owner ->
                            new Directive.Own(new AttemptId(stale.trial(), evaluation.attempt()), owner.execution()))
                    .orElse(new Directive.StopTrial(stale))));
        }
    }
}
