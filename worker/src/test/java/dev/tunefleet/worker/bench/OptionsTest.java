package dev.tunefleet.worker.bench;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OptionsTest {
    @Test
    void withoutArgumentsTheUsualSizesRunOnTheFusedEngine() {
        Options options = Options.parse(new String[0]);

        assertThat(options.sizes()).hasSize(6).isEqualTo(Size.USUAL);
        assertThat(options.engine()).isEqualTo("fused");
        assertThat(options.threads()).isEqualTo(1);
    }

    @Test
    void everyOptionIsTaken() {
        String[] arguments = {"--engine", "stock", "--seconds", "0.5", "--threads", "2", "2,100,50,32"};

        Options options = Options.parse(arguments);

        assertThat(options).isEqualTo(new Options("stock", 0.5, 2, List.of(new Size(2, 100, 50, 32))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--engine other",
                "--seconds 0",
                "--threads 0",
                "--seconds",
                "--seconds x",
                "2,100,50",
                "2,100,50,0",
                "a,1,1,1"
            })
    void whatCannotBeMeasuredIsRefused(String arguments) {
        assertThatThrownBy(() -> Options.parse(arguments.split(" "))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void operationsAreCountedAsByThePeers() {
        double first = 3 * 8.0 * (7 + 100) * 100 * 50 * 32;
        double second = 3 * 8.0 * 200 * 100 * 50 * 32;

        assertThat(new Size(2, 100, 50, 32).operations()).isEqualTo(first + second);
    }

    @Test
    void theFusedEngineTakesStepsOfASize() {
        try (Engine engine = Options.parse(new String[0]).factory().open(new Size(1, 5, 3, 4), 0)) {
            engine.step();
            engine.step();

            assertThat(engine).isInstanceOf(FusedEngine.class);
        }
    }
}
