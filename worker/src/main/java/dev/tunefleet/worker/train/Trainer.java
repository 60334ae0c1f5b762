package dev.tunefleet.worker.train;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.worker.data.Accuracy;
import dev.tunefleet.worker.data.EpochOrder;
import dev.tunefleet.worker.data.ForecastData;
import dev.tunefleet.worker.lstm.Batch;
import dev.tunefleet.worker.lstm.Dataset;
import dev.tunefleet.worker.lstm.LstmNetwork;
import dev.tunefleet.worker.lstm.Values;
import dev.tunefleet.worker.lstm.Windows;

/**
 * One training: epochs over shuffled origins, the epoch chosen on the stop blocks, the trial valued on the rank blocks. What
 * it does is a function of settings, data and progress; where it is interrupted changes nothing. For one thread.
 */
final class Trainer implements AutoCloseable {

    private static final double TENFOLD = 10;
    private static final int SAMPLES_AT_ONCE = 512;

    private final Settings settings;
    private final ForecastData data;
    private final Observer observer;
    private final Accuracy accuracy;
    private final EpochOrder order;
    private final Dataset training;
    private final LstmNetwork network;
    private EarlyStopping stopping;
    private float[] bestParameters;
    private double firstLoss;
    private double seconds;
    private int epoch;
    private Signal told = Signal.GO_ON;
    private final int begun;

    /**
     * Takes the memory of the network and goes on from {@code progress}.
     *
     * @param answers [origin][output] what the network is to answer at each training origin of {@code data}
     */
    Trainer(Settings settings, ForecastData data, float[] answers, Progress progress, Observer observer) {
        this.settings = settings;
        this.data = data;
        this.observer = observer;
        this.accuracy = new Accuracy(data);
        this.order = EpochOrder.of(settings.stride(), data.origins().training().length, settings.seed());
        this.training = trainingSet(data, settings.sequence(), answers);
        this.network = new LstmNetwork(settings.architecture(data), settings.unrolling(), settings.hyperparameters());
        network.restore(progress.network());
        stopping = progress.stopping();
        bestParameters = progress.bestParameters().clone();
        firstLoss = progress.firstLoss();
        seconds = progress.seconds();
        epoch = progress.epoch();
        begun = epoch;
    }

    /** What a network that sees {@code sequence} rows is trained on: windows before each training origin, and {@code answers}. */
    static Dataset trainingSet(ForecastData data, int sequence, float[] answers) {
        return new Dataset(windows(data, sequence, data.origins().training()), new Values(answers));
    }

    /** Trains until the attempt is over, whatever ends it. */
    Outcome run() {
        Optional<Outcome> end = end();
        while (end.isEmpty()) {
            end = epoch().or(this::end);
        }
        return end.get();
    }

    private Optional<Outcome> end() {
        boolean over = epoch >= settings.lastEpoch() || stopping.exhausted(settings.patience());
        if (over || epoch >= settings.trainTo() && epoch == begun) {
            network.load(bestParameters);
            return Optional.of(new Outcome.Completed(
                    result(), bestParameters, scores(data.origins().ranking())));
        }
        if (seconds > settings.longest()) {
            return timedOut(seconds);
        }
        return epoch >= settings.trainTo()
                ? Optional.of(new Outcome.RungReached(result(), progress()))
                : Optional.empty();
    }

    private Optional<Outcome> epoch() {
        Progress before = progress();
        long started = System.nanoTime();
        int[] samples = order.of(epoch + 1);
        double sum = 0;
        for (int from = 0, number = 0; from < samples.length; from += settings.batch(), number++) {
            if (!goesOn()) {
                return Optional.of(ended(before));
            }
            var batch = new Batch(training, samples, from, Math.min(settings.batch(), samples.length - from));
            sum += batch.count() * network.train(batch, epoch + 1, number, settings.learningRate());
            if (network.diverged()) {
                return diverged("The loss or gradient of batch " + (number + 1) + " is not finite", started);
            }
            if (seconds + since(started) > settings.longest()) {
                return timedOut(seconds + since(started));
            }
        }
        double loss = sum / samples.length;
        if (epoch > 0 && loss > TENFOLD * firstLoss) {
            return diverged("The training loss (" + loss + ") is over ten times that of epoch 1", started);
        }
        Optional<Measurement> measured = measure(loss, started);
        if (measured.isEmpty()) {
            return Optional.of(ended(before));
        }
        Measurement measurement = measured.get();
        if (!Double.isFinite(measurement.stopValue() + measurement.rankValue())) {
            return diverged("The validation error is not finite", started);
        }
        finish(measurement, samples.length);
        return Optional.empty();
    }

    private boolean goesOn() {
        told = observer.signal();
        return told == Signal.GO_ON;
    }

    private Outcome ended(Progress before) {
        return told == Signal.STOP ? new Outcome.Stopped(before) : new Outcome.Released(before);
    }

    /** Empty when told to end on the way. */
    private Optional<Measurement> measure(double loss, long started) {
        OptionalDouble stop = error(data.origins().stopping());
        OptionalDouble rank = stop.isEmpty() ? stop : error(data.origins().ranking());
        if (rank.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Measurement(
                epoch + 1,
                loss,
                stop.getAsDouble(),
                rank.getAsDouble(),
                stopping.bestWith(stop.getAsDouble()),
                since(started),
                stopping.bestRankWith(stop.getAsDouble())));
    }

    private void finish(Measurement measurement, int samples) {
        epoch = measurement.epoch();
        seconds += measurement.seconds();
        if (epoch == 1) {
            firstLoss = measurement.trainLoss();
        }
        if (stopping.improvedBy(measurement)) {
            network.store(bestParameters);
        }
        stopping = stopping.after(measurement);
        observer.epochMeasured(measurement, samples, this::progress);
    }

    private Optional<Outcome> diverged(String what, long started) {
        return Optional.of(new Outcome.Diverged(
                what + " in epoch " + (epoch + 1) + ". Maybe the learning rate (" + settings.learningRate()
                        + ") is too high.",
                seconds + since(started)));
    }

    private Optional<Outcome> timedOut(double spent) {
        return Optional.of(new Outcome.TimedOut(
                "The training time (" + Math.round(spent) + " s in all attempts, " + epoch
                        + " epochs) of a trial must be at most training.time (" + settings.longest()
                        + " s). Maybe narrow units, layers or sequenceLength.",
                spent));
    }

    /** A copy of how far this is, as of the last finished epoch. */
    private Progress progress() {
        return new Progress(epoch, network.state(), stopping, bestParameters.clone(), firstLoss, seconds);
    }

    private TrainingResult result() {
        return progress().result(settings.patience()).orElseThrow();
    }

    private OptionalDouble error(int[] origins) {
        return forecasts(network, data, settings.sequence(), origins, this::goesOn)
                .map(forecasts ->
                        accuracy.scores(forecasts, origins).errors().getOrDefault(settings.metric(), Double.NaN))
                .map(OptionalDouble::of)
                .orElseGet(OptionalDouble::empty);
    }

    private Scores scores(int[] origins) {
        return accuracy.scores(forecasts(network, data, settings.sequence(), origins), origins);
    }

    /** [origin][step][target] the network's forecasts, standardised. */
    static float[] forecasts(LstmNetwork network, ForecastData data, int sequence, int[] origins) {
        return forecasts(network, data, sequence, origins, () -> true).orElseThrow();
    }

    /** As above, where {@code goesOn} is asked before each part; empty as soon as it says no. */
    private static Optional<float[]> forecasts(
            LstmNetwork network, ForecastData data, int sequence, int[] origins, BooleanSupplier goesOn) {
        var samples = new Dataset(windows(data, sequence, origins), new Values(new float[0]));
        int[] order = IntStream.range(0, origins.length).toArray();
        float[] forecasts = new float[origins.length * data.outputs()];
        for (int from = 0; from < order.length; from += SAMPLES_AT_ONCE) {
            if (!goesOn.getAsBoolean()) {
                return Optional.empty();
            }
            int count = Math.min(SAMPLES_AT_ONCE, order.length - from);
            network.predict(new Batch(samples, order, from, count), forecasts, from * data.outputs());
        }
        data.shift(forecasts, sequence, origins, 1);
        return Optional.of(forecasts);
    }

    private static Windows windows(ForecastData data, int sequence, int[] origins) {
        return new Windows(
                data.inputs(),
                data.features(),
                sequence,
                origins,
                data.centring().columns());
    }

    private static double since(long started) {
        return (System.nanoTime() - started) / 1e9;
    }

    @Override
    public void close() {
        network.close();
    }
}
