package dev.tunefleet.worker.lstm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class MaskTest {
    private static final int PLACES = 200 * 16;

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.2, 0.5})
    void theShareOfDroppedPlacesIsTheProbabilityAndTheMeanIsKept(double dropout) {
        Mask mask = new Mask(dropout, 3);
        long dropped = 0;
        long drawn = 0;

        for (int step = 0; step < 200; step++) {
            mask.block(step / 50, step, 0);
            mask.at(step % 3, step);
            for (int place = 0; place < PLACES; place++) {
                dropped += droppedOf(mask, place);
                drawn += 2;
            }
        }

        double share = (double) dropped / drawn;
        // Five standard deviations of a binomial share.
        assertThat(share).isCloseTo(dropout, within(5 * Math.sqrt(dropout * (1 - dropout) / drawn)));
        assertThat((1 - share) * mask.scale).isCloseTo(1, within(0.005));
    }

    @Test
    void masksOfDifferentBatchesBlocksLayersStepsAndSeedsAreIndependent() {
        long[] keys = {0, 1, 2, 3, 4, 5};
        for (long key : keys) {
            Mask one = mask(0);
            Mask other = mask(key);
            int both = 0;

            for (int place = 0; place < PLACES; place++) {
                both += (one.bits(place) & 0xFFFF) < one.threshold && (other.bits(place) & 0xFFFF) < other.threshold
                        ? 1
                        : 0;
            }

            double expected = key == 0 ? 0.5 : 0.25;
            assertThat((double) both / PLACES).as("key %d", key).isCloseTo(expected, within(0.04));
        }
    }

    /** The reference, or one that differs from it in one thing. */
    private static Mask mask(long different) {
        Mask mask = new Mask(0.5, different == 1 ? 8 : 7);
        mask.block(different == 2 ? 1 : 0, different == 3 ? 1 : 0, different == 4 ? 32 : 0);
        mask.at(different == 5 ? 1 : 0, 4);
        return mask;
    }

    @Test
    void aMaskIsAFunctionOfItsPlaceAlone() {
        Mask mask = new Mask(0.3, 11);
        mask.block(2, 3, 32);
        mask.at(1, 9);
        int bits = mask.bits(77);

        mask.at(0, 0);
        mask.at(1, 9);

        assertThat(mask.bits(77)).isEqualTo(bits);
    }

    private static int droppedOf(Mask mask, int place) {
        int bits = mask.bits(place);
        return ((bits & 0xFFFF) < mask.threshold ? 1 : 0) + (bits >>> 16 < mask.threshold ? 1 : 0);
    }
}
