package dev.tunefleet.local.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Specs;

import static org.assertj.core.api.Assertions.assertThat;

class SummaryTest {

    private final Screen screen = new Screen(
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(new ByteArrayOutputStream()),
            false,
            false,
            80);

    @Test
    void theResultStandsBesideForecastsThatNeedNoModel() {
        var summary = new Summary(screen, Specs.aStudySpec());

        assertThat(summary.of(Views.aCompletedStudy()))
                .containsExactly(
                        "",
                        "births is complete: 10 trials, 123 epochs in 2:41. All trials were tried.",
                        "",
                        "Best parameters (trial 7, epoch 12)",
                        "  l2               off",
                        "  learningRate     0.001235",
                        "  units            100",
                        "",
                        "error              MSE     MAE  RMSE  SMAPE  MASE  the model is better by",
                        "validation     0.02410  0.1000",
                        "test           0.02500  0.1100",
                        "  persistence    1.000  0.8000                                       98 %");
    }
}
