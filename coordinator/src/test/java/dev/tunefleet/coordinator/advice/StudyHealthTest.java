package dev.tunefleet.coordinator.advice;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Guide;

import static org.assertj.core.api.Assertions.assertThat;

class StudyHealthTest {

    @Test
    void theBestOnAnEdgeOfTheSpaceSaysWhichEndToWiden() {
        List<StudyHealth.Result> results = results(i -> 0.1 + i, i -> i < 5 ? 200 : 120);

        List<Concern> found = StudyHealth.examine(Guide.SPACE, results, List.of(), OptionalDouble.empty());

        assertThat(found).singleElement().satisfies(concern -> {
            assertThat(concern.kind()).isEqualTo(Concern.Kind.BEST_ON_AN_EDGE);
            assertThat(concern.evidence())
                    .isEqualTo(
                            "4 of the best 4 trials lie on the upper edge of units (a whole number from 50 to 200).");
            assertThat(concern.advice()).isEqualTo("Widen the range of units at its upper end.");
        });
    }

    @Test
    void theBestInTheMiddleAreNoConcern() {
        assertThat(kinds(results(i -> 0.1 + i, i -> 120), List.of(), OptionalDouble.empty()))
                .isEmpty();
    }

    @Test
    void anObjectiveThatHardlyDiffersIsFlat() {
        assertThat(kinds(results(i -> 0.5 + i * 1e-5, i -> 120), List.of(), OptionalDouble.empty()))
                .containsExactly(Concern.Kind.FLAT_OBJECTIVE);
    }

    @Test
    void seedsThatDifferMoreThanTrialsMakeNoiseLargerThanTheEffect() {
        List<List<Double>> repeats = List.of(List.of(0.1, 30.0, 60.0));

        assertThat(kinds(results(i -> 0.1 + i, i -> 120), repeats, OptionalDouble.empty()))
                .containsExactly(Concern.Kind.NOISE_LARGER_THAN_EFFECT);
    }

    @Test
    void seedsThatAgreeAreNoConcern() {
        List<List<Double>> repeats = List.of(List.of(0.1, 0.2, 0.15), List.of(7.0));

        assertThat(kinds(results(i -> 0.1 + i, i -> 120), repeats, OptionalDouble.empty()))
                .isEmpty();
    }

    @Test
    void aStudyThatDoesNotBeatTheNaiveForecastSaysSo() {
        assertThat(kinds(results(i -> 0.1 + i, i -> 120), List.of(), OptionalDouble.of(0.09)))
                .containsExactly(Concern.Kind.NO_BETTER_THAN_NAIVE);
        assertThat(kinds(results(i -> 0.1 + i, i -> 120), List.of(), OptionalDouble.of(0.11)))
                .isEmpty();
    }

    @Test
    void aStudyWithoutResultsIsNotJudged() {
        assertThat(kinds(List.of(), List.of(), OptionalDouble.of(1))).isEmpty();
    }

    private static List<Concern.Kind> kinds(
            List<StudyHealth.Result> results, List<List<Double>> repeats, OptionalDouble naive) {
        return StudyHealth.examine(Guide.SPACE, results, repeats, naive).stream()
                .map(Concern::kind)
                .toList();
    }

    private static List<StudyHealth.Result> results(IntToDoubleFunction value, IntToDoubleFunction units) {
        return IntStream.range(0, 20)
                .mapToObj(i -> new StudyHealth.Result(
                        Guide.start(Guide.SPACE).with(Guide.UNITS, Value.of(units.applyAsDouble(i))),
                        value.applyAsDouble(i)))
                .toList();
    }
}
