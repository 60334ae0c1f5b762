package dev.tunefleet.coordinator.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.trial.Measurement;

import static org.assertj.core.api.Assertions.assertThat;

class AdviserTest {

    private static final Configuration START = Guide.start(Guide.SPACE);
    private static final double[] FALLING = {1, 0.8, 0.6, 0.5, 0.4, 0.32};

    @Test
    void aTrialThatDivergedIsToldToDivideItsLearningRateByTen() {
        List<Diagnosis> found = Adviser.examine(examination(START, List.of(), Examination.Ending.DIVERGED));

        assertThat(found)
                .containsExactly(new Diagnosis(
                        Diagnosis.Finding.DIVERGED,
                        "Its loss became infinite in the first epoch.",
                        "Divide the learning rate by 10: 0.00010 instead of 0.0010."));
    }

    @Test
    void aTrainingLossThatKeepsRisingIsUnstable() {
        List<Measurement> curve = curve(new double[] {1, 0.5, 0.9, 0.4, 0.8, 0.5}, new double[] {1, 1, 1, 1, 1, 1});

        assertThat(findings(START, curve, Examination.Ending.TRAINED)).contains(Diagnosis.Finding.UNSTABLE);
    }

    @Test
    void aLossThatFallsSmoothlyIsNotUnstable() {
        assertThat(findings(START, curve(FALLING, FALLING), Examination.Ending.STOPPED_EARLY))
                .isEmpty();
    }

    @Test
    void anOverfittedTrialIsFirstToldToRaiseItsDropout() {
        Diagnosis found = overfit(START);

        assertThat(found.advice()).isEqualTo("Raise the dropout above 0.20.");
        assertThat(found.evidence())
                .isEqualTo("From epoch 2 to 5 the validation error rose from 0.5000 to 0.8000 "
                        + "while the training loss fell from 0.6000 to 0.2000.");
    }

    @Test
    void anOverfittedTrialWithMuchDropoutIsToldToAddL2() {
        assertThat(overfit(START.with(Guide.DROPOUT, Value.of(0.5))).advice()).startsWith("Add L2");
    }

    @Test
    void anOverfittedTrialWithDropoutAndL2IsToldToUseFewerUnits() {
        Configuration configuration = START.with(Guide.DROPOUT, Value.of(0.5)).with(Guide.L2, Value.of(0.005));

        assertThat(overfit(configuration).advice()).startsWith("Use fewer than 100 units");
    }

    @Test
    void aValidationErrorThatRisesTogetherWithTheTrainingLossIsNoOverfitting() {
        List<Measurement> curve =
                curve(new double[] {0.9, 0.5, 0.55, 0.58, 0.6}, new double[] {0.9, 0.5, 0.6, 0.7, 0.8});

        assertThat(findings(START, curve, Examination.Ending.STOPPED_EARLY)).doesNotContain(Diagnosis.Finding.OVERFIT);
    }

    @Test
    void aTrialCutOffWhileItGainedWasStarved() {
        assertThat(findings(START, curve(FALLING, FALLING), Examination.Ending.CUT))
                .containsExactly(Diagnosis.Finding.STARVED);
    }

    @Test
    void aTrialThatGainedUntilTheLastEpochIsUnderfit() {
        assertThat(findings(START, curve(FALLING, FALLING), Examination.Ending.TRAINED))
                .containsExactly(Diagnosis.Finding.UNDERFIT);
    }

    @Test
    void aTrialThatStandsStillIsOnAPlateau() {
        double[] flat = {1, 0.5, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4};

        assertThat(findings(START, curve(flat, flat), Examination.Ending.STOPPED_EARLY))
                .containsExactly(Diagnosis.Finding.PLATEAU);
    }

    @Test
    void aSlowTrialThatIsNoBetterIsToldToUseALargerBatch() {
        var others = Optional.of(new Examination.Others(0.2, 0.1));

        List<Diagnosis> found = Adviser.examine(
                new Examination(Guide.SPACE, START, curve(FALLING, FALLING), Examination.Ending.STOPPED_EARLY, others));

        assertThat(found).singleElement().satisfies(slow -> {
            assertThat(slow.finding()).isEqualTo(Diagnosis.Finding.TOO_SLOW);
            assertThat(slow.advice()).isEqualTo("Try a larger batch than 32.");
        });
    }

    @Test
    void aSlowTrialThatIsBetterIsWorthItsTime() {
        var others = Optional.of(new Examination.Others(0.2, 5));

        List<Diagnosis> found = Adviser.examine(
                new Examination(Guide.SPACE, START, curve(FALLING, FALLING), Examination.Ending.STOPPED_EARLY, others));

        assertThat(found).isEmpty();
    }

    @Test
    void aTrialThatDidNotFitIntoMemoryIsToldWhatToShrink() {
        assertThat(findings(START, List.of(), Examination.Ending.OUT_OF_MEMORY))
                .containsExactly(Diagnosis.Finding.OUT_OF_MEMORY);
    }

    private static Diagnosis overfit(Configuration configuration) {
        List<Measurement> curve = curve(new double[] {0.9, 0.6, 0.5, 0.3, 0.2}, new double[] {0.9, 0.5, 0.6, 0.7, 0.8});
        return Adviser.examine(examination(configuration, curve, Examination.Ending.STOPPED_EARLY)).stream()
                .filter(diagnosis -> diagnosis.finding() == Diagnosis.Finding.OVERFIT)
                .findFirst()
                .orElseThrow();
    }

    private static List<Diagnosis.Finding> findings(
            Configuration configuration, List<Measurement> curve, Examination.Ending ending) {
        return Adviser.examine(examination(configuration, curve, ending)).stream()
                .map(Diagnosis::finding)
                .toList();
    }

    private static Examination examination(
            Configuration configuration, List<Measurement> curve, Examination.Ending ending) {
        return new Examination(Guide.SPACE, configuration, curve, ending, Optional.empty());
    }

    private static List<Measurement> curve(double[] training, double[] validation) {
        var curve = new ArrayList<Measurement>();
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < training.length; i++) {
            best = Math.min(best, validation[i]);
            curve.add(new Measurement(i + 1, training[i], validation[i], validation[i], best, 1));
        }
        return curve;
    }
}
