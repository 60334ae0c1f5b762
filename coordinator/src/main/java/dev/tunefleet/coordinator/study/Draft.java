package dev.tunefleet.coordinator.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.Directive;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.TrialEvent;

/** A decision that is being made: each fact is folded at once, so that the next step sees it. */
final class Draft {

    private final Ledger ledger;
    private final Folding folding;
    private final Leases leases;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();

    Draft(Ledger ledger, Folding folding, Leases leases) {
        this.ledger = ledger;
        this.folding = folding;
        this.leases = leases;
    }

    Ledger ledger() {
        return ledger;
    }

    LiveStudy study() {
        return ledger.study();
    }

    TrialEntity trial(int number) {
        return ledger.trial(number);
    }

    Leases leases() {
        return leases;
    }

    void record(Fact fact) {
        folding.fold(fact);
        facts.add(fact);
    }

    void send(Effect effect) {
        effects.add(effect);
    }

    Decision decision() {
        return facts.isEmpty() && effects.isEmpty() ? Decision.NOTHING : new Decision(facts, effects);
    }

    AttemptId newestAttempt(TrialEntity trial) {
        return new AttemptId(ledger.trialId(trial.number()), Math.max(1, trial.attempts()));
    }

    /** Puts the next attempt of a waiting trial into the queue. */
    void publish(int number) {
        TrialEntity trial = trial(number);
        StudySpec spec = ledger.spec();
        int attempt = trial.attempts() + 1;
        boolean alone = trial.charges() > 0;
        record(new Fact.AttemptPublished(number, attempt, trial.trainTo(), trial.checkpoint(), alone));
        leases.heard(number);
        send(new Effect.Publish(new Assignment.TrialSpec(
                new AttemptId(ledger.trialId(number), attempt),
                spec,
                trial.configuration(),
                trial.trainTo(),
                trial.checkpoint(),
                Seeds.ofTrial(spec.search().seed(), number),
                alone,
                study().dataset)));
    }

    /** Puts the next attempt at the open final evaluation into the queue. */
    void publishEvaluation() {
        Evaluation open = study().evaluation.orElseThrow();
        int attempt = open.attempt() + 1;
        record(new Fact.EvaluationPublished(open.trial(), attempt));
        leases.heard(open.trial());
        send(new Effect.Publish(new Assignment.FinalEvaluation(
                new AttemptId(ledger.trialId(open.trial()), attempt),
                ledger.spec(),
                trial(open.trial()).configuration(),
                open.model(),
                study().dataset)));
    }

    /** Lets {@code execution} run its attempt, of a trial or of the final evaluation, and no other. */
    void adopt(Execution execution) {
        AttemptId attempt = execution.attempt();
        record(new Fact.AttemptStarted(attempt.trial().number(), attempt.number(), execution.id(), execution.worker()));
        send(new Effect.Direct(new Directive.Own(attempt, execution.id())));
    }

    /** Keeps in mind that {@code event} came when it no longer counted. */
    void ignore(TrialEvent event) {
        Execution execution = event.execution();
        record(new Fact.LateEventIgnored(
                event.trial().number(),
                execution.attempt().number(),
                execution.id(),
                event.getClass().getSimpleName()));
    }

    /**
     * Tells the execution of {@code event} to stop, as nobody waits for it, and does not stop the one that somebody waits
     * for.
     *
     * @param owner who may run the newest attempt, where somebody does
     */
    void fence(TrialEvent event, Optional<Directive.Own> owner) {
        if (!event.terminal()) {
            send(new Effect.Direct(owner.<Directive>map(own -> own)
                    .orElse(new Directive.StopTrial(event.execution().attempt()))));
        }
    }

    /** Adds a trial with the next number. */
    int queue(Configuration configuration, Origin origin) {
        int number = study().tally.trials();
        record(new Fact.TrialQueued(number, configuration, origin));
        return number;
    }

    /** Tells whoever may run the trial, up to its newest attempt, to stop. */
    void stop(TrialEntity trial) {
        send(new Effect.Direct(new Directive.StopTrial(newestAttempt(trial))));
    }

    void clearDirective(int number) {
        send(new Effect.ClearDirective(ledger.trialId(number)));
    }

    /**
     * Ends a trial that will get no further attempt for now: it waits with what it has reached while the study may still
     * want its model, and is taken back where it has reached nothing.
     */
    void giveUp(int number) {
        TrialEntity trial = trial(number);
        leases.forget(number);
        if (trial.result().isPresent() && study().state == StudyState.ENDING) {
            record(new Fact.TrialPutBack(number));
        } else if (trial.result().isPresent() || !trial.rungs().isEmpty()) {
            record(new Fact.TrialPruned(number, Optional.empty()));
        } else {
            record(new Fact.TrialCancelled(number));
        }
    }
}
