package dev.tunefleet.coordinator.stream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.Scheduler;
import dev.tunefleet.common.spec.SearchSettings;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.coordinator.search.Goal;
import dev.tunefleet.coordinator.search.GuidePrior;
import dev.tunefleet.coordinator.search.Observation;
import dev.tunefleet.coordinator.search.Outcome;
import dev.tunefleet.coordinator.search.Pending;
import dev.tunefleet.coordinator.search.Prior;
import dev.tunefleet.coordinator.search.SearchView;
import dev.tunefleet.coordinator.study.L2Rule;
import dev.tunefleet.coordinator.study.Origin;
import dev.tunefleet.coordinator.study.StudyEntity;
import dev.tunefleet.coordinator.study.Suggestion;
import dev.tunefleet.coordinator.study.TrialEntity;
import dev.tunefleet.coordinator.study.TrialState;

/** Makes what the search may know of a study from what the journal says of it. O(n) for n trials. */
final class SearchViews {

    private SearchViews() {}

    /**
     * The slots that a study may use.
     *
     * @param parallel how many trials may run at once
     * @param bytes the memory of each slot of the live workers
     */
    record Slots(int parallel, List<Long> bytes) {}

    /** The view of {@code study}, which asks for {@code spec}, in a fleet with these {@code slots}. */
    static SearchView of(StudyEntity study, StudySpec spec, List<TrialEntity> trials, Slots slots) {
        var observations = new ArrayList<Observation>();
        var pending = new ArrayList<Pending>();
        var used = new HashSet<Configuration>();
        Readings readings = Readings.of(spec);
        var expenses = new Expenses(spec, SlotMemory.data(spec.data(), study.shape()));
        for (TrialEntity trial : trials) {
            if (trial.origin() instanceof Origin.Confirmation) {
                continue;
            }
            // A study takes no configuration twice, not even that of a trial that taught nothing.
            used.add(trial.configuration());
            Optional<Outcome> outcome = outcome(trial, readings, expenses);
            outcome.ifPresent(seen -> observations.add(new Observation(trial.number(), trial.configuration(), seen)));
            if (open(trial, outcome, fullEpochs(spec))) {
                pending.add(new Pending(trial.number(), trial.configuration()));
            }
        }
        for (Suggestion waiting : study.waiting()) {
            pending.add(new Pending(study.tally().trials() + waiting.number(), waiting.configuration()));
        }
        return SearchView.of(spec.space())
                .withGoals(goals(spec))
                .withObservations(observations)
                .withPending(pending)
                .withUsed(used)
                .withClosed(L2Rule.closed(spec, study.overfit()) ? Set.of(Guide.L2) : Set.of())
                .withStarts(spec.search().guided() ? List.of(Guide.start(spec.space())) : List.of())
                .withPrior(spec.search().guided() ? GuidePrior.of(spec.space()) : Prior.none())
                .withAllowed(SlotMemory.of(spec, study.shape(), trials, slots.bytes()))
                .withResources(Math.max(1, slots.parallel()), spec.budget().trials())
                .withFullEpochs(fullEpochs(spec))
                .withCostAware(spec.search().cost() == SearchSettings.Cost.AWARE);
    }

    /** With rungs, results are compared at the epochs of the last one; without, there is one result each. */
    static int fullEpochs(StudySpec spec) {
        return switch (spec.search().scheduler()) {
            case Scheduler.None() -> 1;
            case Scheduler.Asha ignored -> spec.budget().epochs();
            case Scheduler.MedianStopping ignored -> spec.budget().epochs();
        };
    }

    private static Goal[] goals(StudySpec spec) {
        return Stream.generate(() -> Goal.MINIMISE)
                .limit(1 + spec.expenses().size())
                .toArray(Goal[]::new);
    }

    /** Whether a full result is still to come: a promoted trial has readings, and yet is on its way to the next rung. */
    private static boolean open(TrialEntity trial, Optional<Outcome> outcome, int fullEpochs) {
        return switch (trial.state()) {
            case TrialState.Queued _, TrialState.Running _ ->
                outcome.filter(each -> each instanceof Outcome.Measured measured
                                && measured.last().epochs() >= fullEpochs)
                        .isEmpty();
            case TrialState.Paused _ -> outcome.isEmpty();
            case TrialState.Completed _,
                    TrialState.Pruned _,
                    TrialState.Cancelled _,
                    TrialState.Infeasible _,
                    TrialState.Failed _ -> false;
        };
    }

    /** What the search learns from {@code trial}; nothing from one that has reached nothing. */
    private static Optional<Outcome> outcome(TrialEntity trial, Readings readings, Expenses expenses) {
        return switch (trial.state()) {
            case TrialState.Completed ignored -> measured(trial, readings, expenses, true);
            case TrialState.Pruned ignored -> measured(trial, readings, expenses, false);
            case TrialState.Cancelled ignored -> measured(trial, readings, expenses, false);
            case TrialState.Queued ignored -> measured(trial, readings, expenses, false);
            case TrialState.Running ignored -> measured(trial, readings, expenses, false);
            case TrialState.Paused ignored -> measured(trial, readings, expenses, false);
            case TrialState.Infeasible infeasible -> Optional.of(outcome(infeasible));
            case TrialState.Failed ignored -> Optional.of(new Outcome.Lost());
        };
    }

    private static Outcome outcome(TrialState.Infeasible infeasible) {
        return switch (infeasible.reason()) {
            case DIVERGED -> new Outcome.Diverged();
            case OUT_OF_MEMORY -> new Outcome.OutOfMemory();
            case TIMED_OUT -> new Outcome.TimedOut(infeasible.standardSeconds());
            case INVALID_DATA, WORKER_LOST, ERROR -> new Outcome.Lost();
        };
    }

    private static Optional<Outcome> measured(
            TrialEntity trial, Readings readings, Expenses expenses, boolean complete) {
        List<Outcome.Reading> seen = readings.of(trial, complete);
        OptionalDouble seconds = trial.result().stream()
                .mapToDouble(TrainingResult::standardSeconds)
                .findFirst();
        return seen.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Outcome.Measured(seen, seconds.orElse(0), expenses.of(trial.configuration(), seconds)));
    }
}
