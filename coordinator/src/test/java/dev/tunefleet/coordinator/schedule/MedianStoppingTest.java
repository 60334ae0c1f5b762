package dev.tunefleet.coordinator.schedule;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MedianStoppingTest {

    @Test
    void trialsAreComparedAtDoublingEpochs() {
        assertThat(new MedianStopping(3, 5, 30).rungs()).containsExactly(3, 6, 12, 24, 30);
    }

    @Test
    void nobodyStopsBeforeEnoughOthersWereThere() {
        var median = new MedianStopping(3, 3, 30);
        median.enter(0, 3, 0.1);
        median.enter(1, 3, 0.2);

        assertThat(median.stops(3, 0.9)).isFalse();
    }

    @Test
    void whoIsWorseThanTheMedianStops() {
        var median = new MedianStopping(3, 3, 30);
        median.enter(0, 3, 0.3);
        median.enter(1, 3, 0.1);
        median.enter(2, 3, 0.2);

        assertThat(median.stops(3, 0.21)).isTrue();
        assertThat(median.stops(3, 0.2)).isFalse();
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        var median = new MedianStopping(3, 3, 30);
        for (int trial = 0; trial < 4; trial++) {
            median.enter(trial, 3, trial);
        }

        assertThat(median.stops(3, 1.6)).isTrue();
        assertThat(median.stops(3, 1.4)).isFalse();
    }
}
