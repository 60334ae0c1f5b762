package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Scale;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class OpeningTest {

    private static final SearchSpace MIXED = new SearchSpace(List.of(
            new Real("rate", 1e-4, 1e-2, Scale.LOG),
            new Whole("units", 50, 200, 10, Scale.LINEAR),
            new Choice("cell", List.of(Value.of("lstm"), Value.of("gru")), false),
            new Switched(new Real("l2", 1e-3, 1e-2, Scale.LOG))));

    @Test
    void startValuesComeFirstAndInTheirOrder() {
        var start = new SobolSearch().suggest(SearchView.of(MIXED), 3, 5);
        var reversed = List.of(start.get(2), start.get(0));

        var suggested = new SobolSearch().suggest(SearchView.of(MIXED).withStarts(reversed), 4, 9);

        assertThat(suggested).hasSize(4).startsWith(reversed.toArray(Configuration[]::new));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 77})
    void everySuggestionIsLegalAndNew(long seed) {
        var view = SearchView.of(MIXED);

        var suggested = new ArrayList<>(new SobolSearch().suggest(view, 100, seed));
        suggested.addAll(new RandomSearch().suggest(view.withUsed(Set.copyOf(suggested)), 100, seed));

        assertThat(suggested).hasSize(200).doesNotHaveDuplicates().allMatch(MIXED::contains);
    }

    @Test
    void aClosedParameterStaysOff() {
        var view = SearchView.of(MIXED).withClosed(Set.of("l2"));

        var suggested = new SobolSearch().suggest(view, 50, 1);

        assertThat(suggested).hasSize(50).allMatch(each -> each.value("l2") instanceof Value.Off);
    }

    @Test
    void aSpaceThatIsUsedUpHasNoMoreSuggestions() {
        var space = new SearchSpace(List.of(new Whole("layers", 1, 3)));

        var suggested = new SobolSearch().suggest(SearchView.of(space), 5, 1);

        assertThat(suggested).extracting(each -> each.whole("layers")).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void whatIsNotAllowedIsNotSuggested() {
        var view = SearchView.of(MIXED).withAllowed(each -> each.whole("units") < 100);

        var suggested = new SobolSearch().suggest(view, 40, 1);

        assertThat(suggested).hasSize(40).allMatch(each -> each.whole("units") < 100);
    }

    @Test
    void theSequenceFillsEachAxisEvenly() {
        var sequence = new SobolSequence(12, 3);

        double[][] points = new double[256][];
        for (int i = 0; i < points.length; i++) {
            points[i] = sequence.point(i);
        }

        for (int axis = 0; axis < 12; axis++) {
            int[] strata = new int[256];
            for (double[] point : points) {
                strata[(int) (point[axis] * 256)]++;
            }
            assertThat(strata).as("axis %d", axis).containsOnly(1);
        }
    }

    @Test
    void theHalvesOfAnAxisAreScrambledIndependently() {
        int[] seen = new int[4];

        for (long key = 0; key < 4000; key++) {
            int lower = SobolSequence.scramble(0, Mixer.mix(key)) >>> 30 & 1;
            int upper = SobolSequence.scramble(1 << 31, Mixer.mix(key)) >>> 30 & 1;
            seen[2 * lower + upper]++;
        }

        assertThat(Arrays.stream(seen)).allMatch(count -> count > 850);
    }

    @Test
    void encodingADecodedPointGivesThePoint() {
        var cube = new UnitCube(MIXED, Set.of());
        var sequence = new SobolSequence(cube.dimension(), 4);

        for (int i = 0; i < 200; i++) {
            double[] point = cube.snap(sequence.point(i));
            assertThat(cube.encode(cube.decode(point))).containsExactly(point, within(1e-12));
        }
    }
}
