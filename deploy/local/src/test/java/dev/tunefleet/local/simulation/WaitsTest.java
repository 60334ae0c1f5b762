package dev.tunefleet.local.simulation;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WaitsTest {

    private final Waits waits = new Waits();

    @Test
    void aQuantileIsAWaitThatWasMeasured() {
        for (int milliseconds = 2000; milliseconds >= 1; milliseconds--) {
            waits.add(milliseconds * 1_000_000L);
        }

        assertThat(waits.milliseconds(0.5)).isEqualTo(1000);
        assertThat(waits.milliseconds(0.99)).isEqualTo(1980);
        assertThat(waits.milliseconds(1)).isEqualTo(2000);
    }

    @Test
    void whereNothingWasMeasuredThereIsNoQuantile() {
        waits.add(5);
        waits.clear();

        assertThat(waits.milliseconds(0.5)).isNaN();
    }
}
