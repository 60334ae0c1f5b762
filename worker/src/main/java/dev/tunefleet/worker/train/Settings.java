package dev.tunefleet.worker.train;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.spec.Stride;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.spec.Training;
import dev.tunefleet.common.trial.Assignment.TrialSpec;
import dev.tunefleet.worker.data.ForecastData;
import dev.tunefleet.worker.lstm.Architecture;
import dev.tunefleet.worker.lstm.Emission;
import dev.tunefleet.worker.lstm.Hyperparameters;
import dev.tunefleet.worker.lstm.Loss;
import dev.tunefleet.worker.lstm.Unrolling;

/**
 * What a training needs to know of its study, its configuration and its attempt.
 *
 * @param unrolling rows per window, and how many of them gradients go back through
 * @param seed of initialisation, shuffling and dropout; the same for each attempt of a trial
 * @param trainTo finished epochs at which the attempt ends
 * @param lastEpoch finished epochs at which the trial ends
 * @param patience epochs without a better stop value after which the trial ends
 * @param longest seconds of training over all attempts after which the trial is given up; may be infinite
 */
public record Settings(
        Configuration configuration,
        Unrolling unrolling,
        int batch,
        double learningRate,
        double clipNorm,
        long seed,
        int trainTo,
        int lastEpoch,
        int patience,
        double longest,
        Metric metric,
        Stride stride) {

    public static Settings of(TrialSpec spec) {
        return of(spec.study(), spec.configuration(), spec.seed(), spec.trainTo());
    }

    public static Settings of(StudySpec study, Configuration configuration, long seed, int trainTo) {
        return new Settings(
                configuration,
                unrolling(study.training(), configuration.whole(Guide.SEQUENCE_LENGTH)),
                configuration.whole(Guide.BATCH_SIZE),
                configuration.number(Guide.LEARNING_RATE),
                study.training().clipNorm(),
                seed,
                trainTo,
                study.budget().epochs(),
                study.training().patience(),
                study.training().time().map(time -> time.toNanos() / 1e9).orElse(Double.POSITIVE_INFINITY),
                study.metric(),
                study.data().stride());
    }

    private static Unrolling unrolling(Training training, int sequence) {
        return new Unrolling(sequence, training.span(sequence));
    }

    /** Rows per window. */
    public int sequence() {
        return unrolling.sequence();
    }

    /** The shape of the network on {@code data}: it answers once, after the last row of the window. */
    public Architecture architecture(ForecastData data) {
        return new Architecture(
                data.features(),
                configuration.whole(Guide.UNITS),
                configuration.whole(Guide.LAYERS),
                data.outputs(),
                Emission.LAST_STEP,
                Loss.MEAN_SQUARED_ERROR);
    }

    Hyperparameters hyperparameters() {
        return new Hyperparameters(configuration.number(Guide.DROPOUT), configuration.number(Guide.L2), clipNorm, seed);
    }
}
