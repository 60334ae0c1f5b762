package dev.tunefleet.worker.bench;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MeasurementTest {

    @Test
    void aSizeThatDoesNotFitIsNamed() {
        Options options = Options.parse(new String[] {"9,9999,9,9"});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measurement.of(options, options.sizes().getFirst()))
                .withMessageContaining("9,9999,9,9")
                .withMessageContaining("fewer units");
    }
}
