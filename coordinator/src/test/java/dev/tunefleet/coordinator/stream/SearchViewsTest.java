package dev.tunefleet.coordinator.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.memory.MemoryEstimate;
import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.Expense;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.Scheduler;
import dev.tunefleet.common.spec.SearchSettings;
import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.spec.Training;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.DataShape;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.coordinator.search.Goal;
import dev.tunefleet.coordinator.search.GpSearch;
import dev.tunefleet.coordinator.search.Observation;
import dev.tunefleet.coordinator.search.Outcome;
import dev.tunefleet.coordinator.search.Pending;
import dev.tunefleet.coordinator.search.SearchView;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.study.Fact;
import dev.tunefleet.coordinator.study.Origin;
import dev.tunefleet.coordinator.study.RequestId;
import dev.tunefleet.coordinator.study.RungValue;
import dev.tunefleet.coordinator.study.Study;
import dev.tunefleet.coordinator.study.TrialEntity;
import dev.tunefleet.coordinator.study.TrialState;

import static org.assertj.core.api.Assertions.assertThat;

class SearchViewsTest {

    private static final StudySpec BIRTHS = Specs.aStudySpec();
    private static final StudySpec SEVERAL = new StudySpec(
            "several",
            BIRTHS.task(),
            BIRTHS.data(),
            BIRTHS.split(),
            BIRTHS.metric(),
            BIRTHS.budget(),
            BIRTHS.training(),
            BIRTHS.space(),
            BIRTHS.search(),
            List.of(Expense.PARAMETERS, Expense.TRAINING_SECONDS));
    private static final DataShape SHAPE = new DataShape(9, 7, 5_000, 600_000);
    private static final Configuration SMALL =
            Guide.start(Guide.SPACE).with(Guide.UNITS, Value.of(50)).with(Guide.SEQUENCE_LENGTH, Value.of(10));
    private static final Configuration LARGE = Guide.start(Guide.SPACE)
            .with(Guide.UNITS, Value.of(200))
            .with(Guide.LAYERS, Value.of(3))
            .with(Guide.SEQUENCE_LENGTH, Value.of(100));

    private final Study study = Study.absent(new StudyId("births"));

    SearchViewsTest() {
        study.decide(
                new Command.CreateStudy(new RequestId("create"), BIRTHS, new BlobRef("datasets/births.csv", "aa", 3)));
    }

    @Test
    void nothingIsProposedThatIsLargerThanTheLargestSlot() {
        study.replay(new Fact.DataMeasured(SHAPE));
        long slot = bytes(Guide.start(Guide.SPACE));
        List<TrialEntity> trials = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            // The larger, the better: what is best lies beyond the constraint.
            Configuration tried = SMALL.with(Guide.UNITS, Value.of(50 + 4 * i));
            trials.add(trial(i, tried, new TrialState.Pruned(), 1.0 / (1 + i)));
        }

        SearchView view = view(trials, List.of(slot / 2, slot));
        List<Configuration> found = new GpSearch().suggest(view, 20, 7);

        assertThat(found).hasSize(20).allSatisfy(each -> assertThat(bytes(each)).isLessThanOrEqualTo(slot));
    }

    @Test
    void beforeAnyWorkerHasReadTheDataOnlyWhatCannotFitAtAllIsRefused() {
        SearchView view = view(List.of(), List.of(bytes(SMALL)));

        assertThat(view.allowed().test(SMALL)).isTrue();
        assertThat(view.allowed().test(LARGE)).isFalse();
    }

    @Test
    void withoutWorkersEverythingIsAllowed() {
        assertThat(view(List.of(), List.of()).allowed().test(LARGE)).isTrue();
    }

    @Test
    void aTrialThatRanOutOfMemoryAllTheSameLowersTheLimit() {
        study.replay(new Fact.DataMeasured(SHAPE));
        TrialEntity surprise = trial(0, LARGE, exhausted(3), 0);

        SearchView view = view(List.of(surprise), List.of(1L << 40));

        assertThat(view.allowed().test(LARGE)).isFalse();
        assertThat(view.allowed().test(SMALL)).isTrue();
    }

    @Test
    void aRefusalByASlotThatIsGoneIsForgotten() {
        study.replay(new Fact.DataMeasured(SHAPE));
        TrialEntity refused = trial(0, LARGE, exhausted(0), 0);

        SearchView grown = view(List.of(refused), List.of(1L << 40));
        SearchView mixed = view(List.of(refused), List.of(1L << 40, bytes(SMALL)));

        assertThat(grown.allowed().test(LARGE)).isTrue();
        assertThat(mixed.allowed().test(LARGE)).isFalse();
    }

    @Test
    void aStudyThatCountsSecondsIsSearchedByThem() {
        StudySpec thrifty = Told.named(BIRTHS, "thrifty", SearchSettings.Cost.AWARE, SearchSettings.Transfer.NONE);
        TrialEntity timedOut =
                trial(1, LARGE, new TrialState.Infeasible(FailureReason.TIMED_OUT, "It took too long.", 60), 0);

        SearchView view = SearchViews.of(
                study.entity(),
                thrifty,
                List.of(trial(0, SMALL, new TrialState.Pruned(), 0.5), timedOut),
                new SearchViews.Slots(1, List.of()));

        assertThat(view.costAware()).isTrue();
        assertThat(view.observations().getFirst().outcome())
                .isInstanceOfSatisfying(Outcome.Measured.class, measured -> assertThat(measured.seconds())
                        .isEqualTo(3));
        assertThat(view.observations().getLast().outcome()).isEqualTo(new Outcome.TimedOut(60));
        assertThat(view(List.of(), List.of()).costAware()).isFalse();
    }

    @Test
    void secondsOfAFastSlotCountForMore() {
        OptionalDouble speed = OptionalDouble.of(1.5);
        TrialEntity done = trial(0, SMALL, new TrialState.Pruned(), 0.5, speed);
        var ended = new TrialState.Infeasible(FailureReason.TIMED_OUT, "It took too long.", 60, speed);

        SearchView view = view(List.of(done, trial(1, LARGE, ended, 0)), List.of());

        assertThat(view.observations().getFirst().outcome())
                .isInstanceOfSatisfying(Outcome.Measured.class, measured -> assertThat(measured.seconds())
                        .isEqualTo(4.5));
        assertThat(view.observations().getLast().outcome()).isEqualTo(new Outcome.TimedOut(90));
    }

    @Test
    void expensesStandBesideTheErrorInTheOrderOfTheStudy() {
        study.replay(new Fact.DataMeasured(SHAPE));
        SearchView view = SearchViews.of(
                study.entity(),
                SEVERAL,
                List.of(trial(0, SMALL, new TrialState.Pruned(), 0.5)),
                new SearchViews.Slots(1, List.of()));

        assertThat(view.goals()).containsExactly(Goal.MINIMISE, Goal.MINIMISE, Goal.MINIMISE);
        double parameters = 4 * 50 * (9 + 50 + 1) + 7 * (50 + 1);
        assertThat(((Outcome.Measured) view.observations().getFirst().outcome()).further())
                .containsExactly(parameters, 3.0);
    }

    @Test
    void aTrialWithoutAResultHasNoExpensesThoughItReachedTheTop() {
        study.replay(new Fact.DataMeasured(SHAPE));
        TrialEntity ending = reached(0, 9, new TrialState.Running(new UUID(0, 1), "worker"));

        SearchView view = SearchViews.of(study.entity(), SEVERAL, List.of(ending), new SearchViews.Slots(1, List.of()));

        assertThat(view.observations().getFirst().outcome())
                .isInstanceOfSatisfying(Outcome.Measured.class, measured -> assertThat(measured.further())
                        .isEmpty());
    }

    @Test
    void aPromotedTrialIsPendingThoughItHasReadings() {
        TrialEntity running = reached(0, 1, new TrialState.Running(new UUID(0, 1), "worker"));
        TrialEntity queued = reached(1, 1, new TrialState.Queued(true));
        TrialEntity paused = reached(2, 1, new TrialState.Paused());
        TrialEntity ending = reached(3, 9, new TrialState.Running(new UUID(0, 2), "worker"));

        SearchView view = view(List.of(running, queued, paused, ending), List.of());

        assertThat(view.pending()).extracting(Pending::trial).containsExactly(0L, 1L);
        assertThat(view.observations()).extracting(Observation::trial).containsExactly(0L, 1L, 2L, 3L);
        assertThat(view.trials()).isEqualTo(4);
    }

    @Test
    void aStopThatComesAnEpochLateTeachesWhatOneInTimeWould() {
        StudySpec median = scheduled(new Scheduler.MedianStopping(3, 3));
        TrialEntity inTime = passed(List.of(3, 6), 6, new TrialState.Pruned());
        TrialEntity late = passed(List.of(3, 6), 7, new TrialState.Pruned());

        assertThat(readings(median, late)).isEqualTo(readings(median, inTime)).containsExactly(read(3), read(6));
    }

    @Test
    void aResultBetweenRungsIsReadAtTheHighestThatItHasPassed() {
        StudySpec median = scheduled(new Scheduler.MedianStopping(3, 3));

        // Told to stop at 3 and nothing heard of it until long after: what it passes meanwhile is not recorded.
        assertThat(readings(median, passed(List.of(3), 13, new TrialState.Pruned())))
                .containsExactly(read(3), read(12));
        assertThat(readings(median, passed(List.of(), 7, new TrialState.Paused())))
                .containsExactly(read(6));
    }

    @Test
    void aResultBelowTheFirstRungIsReadWhereItIs() {
        StudySpec median = scheduled(new Scheduler.MedianStopping(3, 3));

        assertThat(readings(median, passed(List.of(), 2, new TrialState.Pruned())))
                .containsExactly(read(2));
    }

    @Test
    void aTrialOutOfPatienceIsReadAtTheTop() {
        StudySpec median = scheduled(new Scheduler.MedianStopping(3, 3));
        StudySpec halving = scheduled(new Scheduler.Asha(3, 3));
        var completed = new TrialState.Completed(new BlobRef("models/a", "aa", 1), new Scores(Map.of()));

        assertThat(readings(median, passed(List.of(3, 6), 11, completed))).containsExactly(read(3), read(6), read(30));
        assertThat(readings(halving, passed(List.of(3), 8, completed))).containsExactly(read(3), read(30));
    }

    @Test
    void halvingReadsEachTrialWhereItWaits() {
        StudySpec halving = scheduled(new Scheduler.Asha(3, 3));

        assertThat(readings(halving, passed(List.of(3, 10), 10, new TrialState.Paused())))
                .containsExactly(read(3), read(10));
        assertThat(readings(halving, passed(List.of(3), 3, new TrialState.Running(new UUID(0, 1), "worker"))))
                .containsExactly(read(3));
    }

    @Test
    void withoutASchedulerThereIsOneReadingHoweverFarATrialCame() {
        StudySpec none = scheduled(new Scheduler.None());

        assertThat(readings(none, passed(List.of(), 7, new TrialState.Pruned())))
                .containsExactly(read(1));
        assertThat(readings(none, passed(List.of(30), 30, new TrialState.Pruned())))
                .containsExactly(read(30));
    }

    private List<Outcome.Reading> readings(StudySpec spec, TrialEntity trial) {
        SearchView view = SearchViews.of(study.entity(), spec, List.of(trial), new SearchViews.Slots(1, List.of()));
        return ((Outcome.Measured) view.observations().getFirst().outcome()).readings();
    }

    private static Outcome.Reading read(int epochs) {
        return new Outcome.Reading(epochs, 0.5);
    }

    /** The births study with trials of 30 epochs. */
    private static StudySpec scheduled(Scheduler scheduler) {
        var budget =
                new Budget(10, Optional.empty(), 30, OptionalInt.of(1), OptionalDouble.empty(), OptionalInt.empty(), 5);
        return new StudySpec(
                BIRTHS.name(),
                BIRTHS.task(),
                BIRTHS.data(),
                BIRTHS.split(),
                BIRTHS.metric(),
                budget,
                BIRTHS.training(),
                BIRTHS.space(),
                new SearchSettings(SearchSettings.Algorithm.BAYESIAN, scheduler, 42, true, List.of(), 0));
    }

    /** A trial that passed {@code rungs} and has a result after so many of 30 epochs; its error was 0.5 all the way. */
    private static TrialEntity passed(List<Integer> rungs, int epochs, TrialState state) {
        return new TrialEntity(
                0,
                SMALL,
                new Origin.Suggested(0),
                state,
                1,
                30,
                0,
                0,
                Optional.empty(),
                Optional.of(new TrainingResult(epochs, epochs, 0.5, 0.5, 0.5, 0.5, 0.5, false, 3)),
                rungs.stream().map(rung -> new RungValue(rung, 0.5, 0.5)).toList(),
                false);
    }

    private SearchView view(List<TrialEntity> trials, List<Long> slotBytes) {
        return SearchViews.of(study.entity(), BIRTHS, trials, new SearchViews.Slots(8, slotBytes));
    }

    private static long bytes(Configuration configuration) {
        return MemoryEstimate.of(configuration, Training.DEFAULT, SHAPE).total();
    }

    private static TrialState exhausted(double seconds) {
        return new TrialState.Infeasible(FailureReason.OUT_OF_MEMORY, "The heap was exhausted.", seconds);
    }

    /** A trial whose latest reading is at so many of 9 epochs, and that has no result yet. */
    private static TrialEntity reached(int number, int epochs, TrialState state) {
        return new TrialEntity(
                number,
                SMALL.with(Guide.UNITS, Value.of(50 + number)),
                new Origin.Suggested(number),
                state,
                1,
                9,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                List.of(new RungValue(epochs, 0.5, 0.5)),
                false);
    }

    private static TrialEntity trial(int number, Configuration configuration, TrialState state, double value) {
        return trial(number, configuration, state, value, OptionalDouble.empty());
    }

    private static TrialEntity trial(
            int number, Configuration configuration, TrialState state, double value, OptionalDouble speed) {
        return new TrialEntity(
                number,
                configuration,
                new Origin.Suggested(number),
                state,
                1,
                9,
                0,
                0,
                Optional.empty(),
                Optional.of(new TrainingResult(9, 9, value, value, value, value, value, false, 3).withSpeed(speed)),
                List.of(new RungValue(9, value, value)),
                false);
    }
}
