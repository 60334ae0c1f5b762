package dev.tunefleet.coordinator.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.StudyId;

import static org.assertj.core.api.Assertions.assertThat;

/** What must hold of a study after every input, whatever happens to its fleet. */
final class Invariants {

    private static final int FULL_CHECK_EVERY = 40;

    private final StudyId id;
    private final Study mirror;
    private final List<Fact> journal = new ArrayList<>();
    private final Set<String> minted = new HashSet<>();
    private final Set<String> owned = new HashSet<>();
    private final Map<Integer, Fact> outcomes = new HashMap<>();
    private final Set<Configuration> tried = new HashSet<>();
    private final Set<UUID> begun = new HashSet<>();
    private final Set<UUID> waiting = new HashSet<>();
    private Budget budget;
    private int evaluations;
    private int tested;
    private int capacity;
    private int inputs;

    Invariants(StudySpec spec) {
        this.id = new StudyId(spec.name());
        this.budget = spec.budget();
        this.mirror = Study.absent(id);
    }

    List<Fact> journal() {
        return journal;
    }

    void capacity(int slots) {
        capacity = slots;
    }

    /** A worker has begun {@code execution}, whether or not anybody has heard of it yet. */
    void began(Execution execution) {
        begun.add(execution.id());
    }

    /** The coordinator was told that {@code execution} waits. */
    void heardWaiting(Execution execution) {
        waiting.add(execution.id());
    }

    /** The coordinator is another one, which was told nothing yet. */
    void heardNothing() {
        waiting.clear();
    }

    void check(Decision decision, Study live, StoredStudy store) {
        for (Fact fact : decision.facts()) {
            examine(fact);
            mirror.replay(fact);
            journal.add(fact);
        }
        boolean published = decision.effects().stream()
                .anyMatch(effect ->
                        effect instanceof Effect.Publish(var assignment) && assignment instanceof Assignment.TrialSpec);
        if (published) {
            long inFlight = inFlight(live);
            int limit = Math.min(capacity, budget.parallel().orElse(Integer.MAX_VALUE));
            assertThat(inFlight).as("trials in flight").isLessThanOrEqualTo(limit);
        }
        assertThat(live.entity()).isEqualTo(mirror.entity()).isEqualTo(store.study());
        if (++inputs % FULL_CHECK_EVERY == 0) {
            checkAll(live, store);
        }
    }

    void checkEnd(Study live, StoredStudy store) {
        checkAll(live, store);
        assertThat(live.ended()).as("the study has ended: %s", live.entity()).isTrue();
        assertThat(live.trials()).allSatisfy(trial -> assertThat(trial.state().terminal())
                .as("trial %s", trial)
                .isTrue());
        assertThat(outcomes.keySet())
                .isEqualTo(live.trials().stream().map(TrialEntity::number).collect(Collectors.toSet()));
        assertThat(live.trials().size()).isLessThanOrEqualTo(budget.trials());
        if (live.entity().state() == StudyState.COMPLETED) {
            assertThat(evaluations).isOne();
            assertThat(live.entity().evaluation().orElseThrow().open()).isFalse();
        }
    }

    private void checkAll(Study live, StoredStudy store) {
        assertThat(live.trials())
                .isEqualTo(mirror.trials())
                .isEqualTo(List.copyOf(store.trials().values()));
        Study loaded = store.load();
        assertThat(loaded.standing()).isEqualTo(live.standing());
        Study folded = Study.absent(id);
        journal.forEach(folded::replay);
        assertThat(folded.entity()).isEqualTo(live.entity());
        assertThat(folded.trials()).isEqualTo(live.trials());
    }

    private void examine(Fact fact) {
        switch (fact) {
            case Fact.StudyCreated created -> budget = created.spec().budget();
            case Fact.StudyExtended extended -> budget = extended.budget();
            case Fact.StudyDeleted() -> {
                outcomes.clear();
                tried.clear();
                evaluations = 0;
                tested = 0;
            }
            case Fact.TrialQueued queued -> {
                boolean fresh = tried.add(queued.configuration());
                assertThat(fresh || queued.origin() instanceof Origin.Confirmation)
                        .as("a new configuration in %s", queued)
                        .isTrue();
                assertThat(tried.size()).isLessThanOrEqualTo(budget.trials());
            }
            case Fact.AttemptStarted started ->
                assertThat(owned.add(started.trial() + "#" + started.attempt()))
                        .as("one owner of %s", started)
                        .isTrue();
            case Fact.AttemptPublished published ->
                assertThat(minted.add(published.trial() + "#" + published.attempt()))
                        .as("a new attempt in %s", published)
                        .isTrue();
            case Fact.AttemptLost(int trial, int attempt, boolean charged) -> {
                if (charged && mirror.trial(trial).orElseThrow().state() instanceof TrialState.Running owner) {
                    assertThat(waiting.contains(owner.execution()) && !begun.contains(owner.execution()))
                            .as("a charge for attempt %d of trial %d, which only waited", attempt, trial)
                            .isFalse();
                }
            }
            case Fact.CheckpointAdvanced advanced ->
                assertThat(advanced.checkpoint().epoch())
                        .isGreaterThan(
                                mirror.trial(advanced.trial()).orElseThrow().checkpointEpochs());
            case Fact.CheckpointDropped dropped ->
                assertThat(mirror.trial(dropped.trial()).orElseThrow().checkpoint())
                        .contains(dropped.checkpoint());
            case Fact.RungReached reached ->
                assertThat(mirror.trial(reached.trial()).orElseThrow().rungs())
                        .as("rungs below that of %s", reached)
                        .allMatch(rung -> rung.epochs() < reached.result().epochs()
                                || mirror.entity().state() == StudyState.ENDING);
            case Fact.TrialCompleted completed -> outcome(completed.trial(), fact);
            case Fact.TrialPruned pruned -> outcome(pruned.trial(), fact);
            case Fact.TrialInfeasible infeasible -> outcome(infeasible.trial(), fact);
            case Fact.TrialFailed failed -> outcome(failed.trial(), fact);
            case Fact.TrialCancelled cancelled -> outcome(cancelled.trial(), fact);
            case Fact.FinalEvaluationRequested ignored ->
                assertThat(++evaluations).as("final evaluations").isOne();
            case Fact.TestEvaluated ignored ->
                assertThat(++tested).as("measurements on the test part").isOne();
            case Fact other -> assertThat(other).isNotNull();
        }
    }

    private void outcome(int trial, Fact fact) {
        assertThat(outcomes.put(trial, fact))
                .as("an earlier outcome of trial %s", trial)
                .isNull();
    }

    private static long inFlight(Study study) {
        return study.trials().stream()
                .filter(trial -> trial.state() instanceof TrialState.Running
                        || trial.state() instanceof TrialState.Queued(boolean published) && published)
                .count();
    }
}
