package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tunefleet.common.space.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** How often the processes beside the objective's own are fitted while a study grows by one result at a time. */
class HyperMemoTest {

    private static final SearchView SQUARE = SearchView.of(Spaces.square());
    private static final List<Configuration> POINTS = new SobolSearch().suggest(SQUARE, 400, 1);

    private final AtomicInteger fits = new AtomicInteger();
    private final HyperMemo memo = new HyperMemo(new Fitting() {
        @Override
        public <T> T run(Supplier<T> fit) {
            fits.incrementAndGet();
            return fit.get();
        }
    });

    private static Outcome timed(Configuration at) {
        return Outcome.Measured.of(
                List.of(new Outcome.Reading(1, Spaces.bowl(at))), 60 * Math.exp(2 * at.number("x") * at.number("y")));
    }

    /** Observations that end in order, the one with this number with this outcome. */
    private static List<Observation> timed(int trials, int other, Outcome outcome) {
        return IntStream.range(0, trials)
                .mapToObj(i -> new Observation(i, POINTS.get(i), i == other ? outcome : timed(POINTS.get(i))))
                .toList();
    }

    private static <T> List<T> whileItGrows(
            int from, int other, Outcome outcome, SearchView start, Function<SearchView, T> model) {
        var models = new ArrayList<T>();
        for (int trials = from; trials <= POINTS.size(); trials++) {
            models.add(model.apply(start.withObservations(timed(trials, other, outcome))));
        }
        return models;
    }

    @Test
    void secondsThatNobodyAsksForAreNotModelled() {
        var view = SQUARE.withObservations(timed(50, 5, new Outcome.Diverged()));

        var model = CostModel.of(view, Layout.of(view), memo);

        assertThat(model).isEmpty();
        assertThat(fits).hasValue(0);
    }

    @Test
    void aFurtherTimingIsNoReasonToFitSecondsAgain() {
        var models = whileItGrows(
                100,
                -1,
                new Outcome.Lost(),
                SQUARE.withCostAware(true),
                view -> CostModel.of(view, Layout.of(view), memo));

        assertThat(models).hasSize(301).allMatch(each -> each.isPresent());
        assertThat(fits).hasValueBetween(2, 15);
    }

    @Test
    void whatRanOutOfTimeIsNoReasonToFitSecondsAtEachAsk() {
        var models = whileItGrows(
                200, 100, new Outcome.TimedOut(90), SQUARE, view -> CostModel.of(view, Layout.of(view), memo));

        assertThat(models).hasSize(201).first().matches(each -> each.isPresent());
        assertThat(fits).hasValueBetween(2, 10);
    }

    @Test
    void anEarlyFailureIsNoReasonToFitFeasibilityAtEachAsk() {
        var models = whileItGrows(
                100, 5, new Outcome.Diverged(), SQUARE, view -> Feasibility.term(view, Layout.of(view), memo));

        assertThat(models).hasSize(301).allMatch(each -> each.isPresent());
        assertThat(fits).hasValueBetween(2, 30);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "10, 0, 10", "11, 3, 8", "13, 3, 10", "14, 6, 8", "1000, 990, 10"})
    void aWindowMovesInStepsAndIsNeitherTooLongNorTooShort(int size, int first, int length) {
        List<Integer> all = IntStream.range(0, size).boxed().toList();

        List<Integer> newest = new Window(10, 3).newest(all);

        assertThat(newest).hasSize(length).isEqualTo(all.subList(first, size));
    }
}
