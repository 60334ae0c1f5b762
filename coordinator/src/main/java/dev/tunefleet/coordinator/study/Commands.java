package dev.tunefleet.coordinator.study;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.Directive;

/** What each command leads to. */
final class Commands {

    private final Draft draft;
    private final Ledger ledger;

    Commands(Draft draft) {
        this.draft = draft;
        this.ledger = draft.ledger();
    }

    void carryOut(Command command, Optional<Place> place) {
        if (ledger.study().decided(command.request(), place)) {
            return;
        }
        Optional<String> refusal =
                switch (command) {
                    case Command.CreateStudy create -> create(create);
                    case Command.PauseStudy ignored -> pause();
                    case Command.ResumeStudy ignored -> resume();
                    case Command.StopStudy ignored -> stop();
                    case Command.DeleteStudy ignored -> delete();
                    case Command.EnqueueTrial enqueue -> enqueue(enqueue.configuration());
                    case Command.CancelTrial cancel -> cancel(cancel.trial());
                    case Command.OfferSuggestions offer -> {
                        accept(offer);
                        yield Optional.empty();
                    }
                };
        if (command instanceof Command.OfferSuggestions) {
            return;
        }
        draft.record(refusal.<Fact>map(reason -> new Fact.RequestRefused(command.request(), reason, place))
                .orElse(new Fact.RequestAnswered(command.request(), place)));
    }

    private Optional<String> create(Command.CreateStudy create) {
        StudySpec asked = create.spec();
        if (exists()) {
            return again(asked, create);
        }
        if (!asked.name().equals(ledger.id().name())) {
            return Optional.of(
                    "The name (" + asked.name() + ") of a study must be the key of its command (" + ledger.id() + ").");
        }
        boolean reused = ledger.study().state == StudyState.DELETED;
        draft.record(new Fact.StudyCreated(asked, create.dataset(), ledger.study().attemptFloor));
        if (reused) {
            draft.send(new Effect.ClearStudyDirective(ledger.id()));
        }
        Set<Configuration> queued = new HashSet<>();
        for (Configuration first : asked.search().enqueued()) {
            queueFirst(first, new Origin.Enqueued(), queued);
        }
        if (asked.search().guided()) {
            queueFirst(Guide.start(asked.space()), new Origin.Guided(), queued);
        }
        return Optional.empty();
    }

    private void queueFirst(Configuration configuration, Origin origin, Set<Configuration> queued) {
        boolean room = ledger.study().tally.trials() < Dispatch.configurations(ledger.spec());
        if (room && queued.add(configuration)) {
            draft.queue(configuration, origin);
        }
    }

    private Optional<String> again(StudySpec asked, Command.CreateStudy create) {
        StudySpec known = ledger.spec();
        boolean sameData = ledger.study()
                .dataset
                .orElseThrow()
                .sha256()
                .equals(create.dataset().sha256());
        List<String> differences = Differences.between(known, asked, sameData);
        if (!differences.isEmpty()) {
            return Optional.of("The study " + ledger.id() + " exists and differs in " + String.join("; ", differences)
                    + ". Give the new one another name, or delete the old one first.");
        }
        return asked.budget().equals(known.budget()) ? Optional.empty() : extend(asked.budget());
    }

    private Optional<String> pause() {
        return switch (ledger.study().state) {
            case RUNNING -> {
                draft.record(new Fact.StudyPaused());
                yield Optional.empty();
            }
            case PAUSED -> Optional.empty();
            case ABSENT, ENDING, EVALUATING, COMPLETED, FAILED, DELETED -> wrongState("paused");
        };
    }

    private Optional<String> resume() {
        return switch (ledger.study().state) {
            case PAUSED -> {
                draft.record(new Fact.StudyResumed());
                yield Optional.empty();
            }
            case RUNNING -> Optional.empty();
            case ABSENT, ENDING, EVALUATING, COMPLETED, FAILED, DELETED -> wrongState("resumed");
        };
    }

    private Optional<String> stop() {
        return switch (ledger.study().state) {
            case RUNNING, PAUSED, ENDING -> {
                if (ledger.study().ending.map(EndReason::confirms).orElse(true)) {
                    new Course(draft).end(EndReason.STOPPED);
                }
                yield Optional.empty();
            }
            case EVALUATING, COMPLETED, FAILED -> Optional.empty();
            case ABSENT, DELETED -> wrongState("stopped");
        };
    }

    private Optional<String> extend(Budget budget) {
        StudyState state = ledger.study().state;
        return switch (state) {
            case RUNNING, PAUSED, COMPLETED, FAILED -> {
                Optional<String> refusal = Differences.notLarger(ledger.spec().budget(), budget);
                if (refusal.isEmpty()) {
                    draft.record(new Fact.StudyExtended(budget));
                    if (state == StudyState.FAILED) {
                        draft.send(new Effect.ClearStudyDirective(ledger.id()));
                    }
                }
                yield refusal;
            }
            case ENDING, EVALUATING, ABSENT, DELETED -> wrongState("extended");
        };
    }

    private Optional<String> delete() {
        if (!exists()) {
            return wrongState("deleted");
        }
        var unfinished = new ArrayList<Integer>();
        List.of(ledger.published(), ledger.again(), ledger.running(), ledger.paused())
                .forEach(unfinished::addAll);
        draft.record(new Fact.StudyDeleted());
        draft.leases().forgetAll();
        draft.send(new Effect.Direct(new Directive.StopStudy(ledger.id())));
        unfinished.forEach(draft::clearDirective);
        return Optional.empty();
    }

    private Optional<String> enqueue(Configuration configuration) {
        StudyState state = ledger.study().state;
        if (state != StudyState.RUNNING && state != StudyState.PAUSED) {
            return wrongState("given another trial");
        }
        try {
            ledger.spec().space().check(configuration);
        } catch (IllegalArgumentException illegal) {
            return Optional.of(illegal.getMessage());
        }
        if (ledger.knows(configuration)) {
            return Optional.of(
                    "The configuration (" + configuration + ") of a trial must be new to study " + ledger.id() + ".");
        }
        int most = Dispatch.configurations(ledger.spec());
        if (ledger.study().tally.trials() >= most) {
            return Optional.of("The trials (" + most + ") of study " + ledger.id()
                    + " are all spoken for. Extend its budget first.");
        }
        draft.queue(configuration, new Origin.Enqueued());
        return Optional.empty();
    }

    private Optional<String> cancel(int number) {
        Optional<TrialEntity> found = ledger.find(number);
        if (found.isEmpty()) {
            return Optional.of("The trial (" + number + ") of study " + ledger.id() + " must exist.");
        }
        TrialEntity trial = found.get();
        if (trial.state().terminal()) {
            return Optional.of("The trial (" + number + ") of study " + ledger.id() + " must not have ended; it is "
                    + trial.state().getClass().getSimpleName() + ".");
        }
        draft.record(new Fact.TrialCancelled(number));
        draft.leases().forget(number);
        if (trial.attempts() > ledger.study().attemptFloor) {
            draft.stop(trial);
        }
        return Optional.empty();
    }

    /** Takes an answer to the open request; any other was taken already, or is wanted no more. */
    private void accept(Command.OfferSuggestions offer) {
        Optional<SuggestionRequest> open = ledger.study().request;
        if (open.isEmpty() || open.get().number() != offer.number()) {
            return;
        }
        var accepted = new ArrayList<Suggestion>();
        Set<Configuration> offered = new HashSet<>();
        long next = ledger.study().tally.suggestions();
        int results = ledger.study().tally.results();
        for (Configuration configuration : offer.configurations()) {
            boolean fits = accepted.size() < open.get().count()
                    && ledger.spec().space().contains(configuration);
            if (fits && !ledger.knows(configuration) && offered.add(configuration)) {
                accepted.add(new Suggestion(next++, configuration, results));
            }
        }
        draft.record(new Fact.SuggestionsAccepted(offer.number(), accepted));
    }

    private boolean exists() {
        StudyState state = ledger.study().state;
        return state != StudyState.ABSENT && state != StudyState.DELETED;
    }

    private Optional<String> wrongState(String change) {
        return Optional.of(
                "The study " + ledger.id() + " (" + ledger.study().state + ") cannot be " + change + " now.");
    }
}
