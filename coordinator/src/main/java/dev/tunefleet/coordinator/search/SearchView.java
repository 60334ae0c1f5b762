package dev.tunefleet.coordinator.search;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Value;

/**
 * Everything a search may know about a study when it is asked. Start with {@link #of} and change what differs.
 *
 * @param space what may be varied
 * @param goals the direction of each objective; the first is the value of a {@link Outcome.Reading}
 * @param observations the trials that have results or have ended, each once, in any order
 * @param pending the trials that have been handed out and have no full result yet; one that has reached a lower rung and is
 *     being trained further is also among the observations
 * @param closed names of {@code Switched} parameters that must stay off for now
 * @param starts configurations to try before any other, in this order; those that are used or not allowed are left out
 * @param used configurations that must not be suggested besides those of the observations and the pending
 * @param allowed the known constraint: a configuration that fails it is never suggested
 * @param prior what is believed about good configurations
 * @param parallel how many trials may run at once
 * @param budget how many trials the study may take in all; 0 where nobody knows
 * @param fullEpochs the epochs of the top rung, at which configurations are compared; 1 where there are no rungs
 * @param earlier results of earlier studies of the same task, a list for each; they help where they agree with this one
 * @param costAware whether the improvement is weighed against the expected seconds of training
 */
public record SearchView(
        SearchSpace space,
        List<Goal> goals,
        List<Observation> observations,
        List<Pending> pending,
        Set<String> closed,
        List<Configuration> starts,
        Set<Configuration> used,
        Predicate<Configuration> allowed,
        Prior prior,
        int parallel,
        int budget,
        int fullEpochs,
        List<List<Observation>> earlier,
        boolean costAware) {

    /** Allows every configuration. */
    static final Predicate<Configuration> ANYTHING = any -> true;

    public SearchView {
        goals = List.copyOf(goals);
        observations = List.copyOf(observations);
        pending = List.copyOf(pending);
        closed = Set.copyOf(closed);
        starts = List.copyOf(starts);
        used = Set.copyOf(used);
        earlier = earlier.stream().map(List::copyOf).toList();
        if (goals.isEmpty()) {
            throw new IllegalArgumentException("The goals of a search must be one or more.");
        }
        if (parallel < 1 || budget < 0 || fullEpochs < 1) {
            throw new IllegalArgumentException("The parallelism (" + parallel + "), budget (" + budget
                    + ") and epochs (" + fullEpochs + ") of a search must be at least 1, 0 and 1.");
        }
    }

    /** A study of {@code space} that minimises one objective and has not begun. */
    public static SearchView of(SearchSpace space) {
        return new SearchView(
                space,
                List.of(Goal.MINIMISE),
                List.of(),
                List.of(),
                Set.of(),
                List.of(),
                Set.of(),
                ANYTHING,
                Prior.none(),
                1,
                0,
                1,
                List.of(),
                false);
    }

    public SearchView withGoals(Goal... changed) {
        return changed(edit -> edit.goals = List.of(changed));
    }

    public SearchView withObservations(List<Observation> changed) {
        return changed(edit -> edit.observations = changed);
    }

    public SearchView withPending(List<Pending> changed) {
        return changed(edit -> edit.pending = changed);
    }

    public SearchView withClosed(Set<String> changed) {
        return changed(edit -> edit.closed = changed);
    }

    /** Whether a configuration of the space leaves off what must stay off for now. */
    boolean open(Configuration configuration) {
        return closed.stream().allMatch(name -> configuration.value(name) instanceof Value.Off);
    }

    public SearchView withStarts(List<Configuration> changed) {
        return changed(edit -> edit.starts = changed);
    }

    public SearchView withUsed(Set<Configuration> changed) {
        return changed(edit -> edit.used = changed);
    }

    public SearchView withAllowed(Predicate<Configuration> changed) {
        return changed(edit -> edit.allowed = changed);
    }

    public SearchView withPrior(Prior changed) {
        return changed(edit -> edit.prior = changed);
    }

    /** The same study with {@code workers} trials at once and {@code trials} in all, 0 where nobody knows. */
    public SearchView withResources(int workers, int trials) {
        return changed(edit -> {
            edit.parallel = workers;
            edit.budget = trials;
        });
    }

    public SearchView withFullEpochs(int changed) {
        return changed(edit -> edit.fullEpochs = changed);
    }

    public SearchView withEarlier(List<List<Observation>> changed) {
        return changed(edit -> edit.earlier = changed);
    }

    public SearchView withCostAware(boolean changed) {
        return changed(edit -> edit.costAware = changed);
    }

    private SearchView changed(Consumer<Edit> change) {
        var edit = new Edit(this);
        change.accept(edit);
        return edit.view();
    }

    /** How many trials have been handed out, ended or not. */
    public int trials() {
        Set<Long> observed = observations.stream().map(Observation::trial).collect(Collectors.toSet());
        return observations.size()
                + (int) pending.stream()
                        .filter(each -> !observed.contains(each.trial()))
                        .count();
    }

    /** Every configuration that must not be suggested again; that of a {@link Outcome.Lost} trial may be unless it is used. */
    public Set<Configuration> taken() {
        Set<Configuration> taken = new LinkedHashSet<>(used);
        for (Observation observation : observations) {
            if (!(observation.outcome() instanceof Outcome.Lost)) {
                taken.add(observation.configuration());
            }
        }
        for (Pending trial : pending) {
            taken.add(trial.configuration());
        }
        return taken;
    }

    /** A view being changed; never leaves this class. */
    private static final class Edit {
        private final SearchSpace space;
        private List<Goal> goals;
        private List<Observation> observations;
        private List<Pending> pending;
        private Set<String> closed;
        private List<Configuration> starts;
        private Set<Configuration> used;
        private Predicate<Configuration> allowed;
        private Prior prior;
        private int parallel;
        private int budget;
        private int fullEpochs;
        private List<List<Observation>> earlier;
        private boolean costAware;

        Edit(SearchView view) {
            space = view.space;
            goals = view.goals;
            observations = view.observations;
            pending = view.pending;
            closed = view.closed;
            starts = view.starts;
            used = view.used;
            allowed = view.allowed;
            prior = view.prior;
            parallel = view.parallel;
            budget = view.budget;
            fullEpochs = view.fullEpochs;
            earlier = view.earlier;
            costAware = view.costAware;
        }

        SearchView view() {
            return new SearchView(
                    space,
                    goals,
                    observations,
                    pending,
                    closed,
                    starts,
                    used,
                    allowed,
                    prior,
                    parallel,
                    budget,
                    fullEpochs,
                    earlier,
                    costAware);
        }
    }
}
