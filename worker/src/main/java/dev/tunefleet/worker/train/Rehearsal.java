package dev.tunefleet.worker.train;

import dev.tunefleet.worker.data.EpochOrder;
import dev.tunefleet.worker.lstm.Batch;
import dev.tunefleet.worker.lstm.Dataset;
import dev.tunefleet.worker.lstm.LstmNetwork;

/**
 * How fast this machine trains a configuration, from a few seconds of it.
 *
 * @param samplesPerSecond windows per second of one training thread, once the code is warm
 * @param samplesPerEpoch windows in an epoch
 */
public record Rehearsal(double samplesPerSecond, int samplesPerEpoch) {

    private static final double WARM_UP_SECONDS = 1;
    private static final int WARM_UPS = 12;
    private static final double STILL_WARMING = 1.1;

    /** Trains for a little longer than {@code seconds} and forgets what it learnt. */
    public static Rehearsal of(Settings settings, PreparedData prepared, double seconds) {
        var data = prepared.data();
        var order = EpochOrder.of(settings.stride(), data.origins().training().length, settings.seed());
        var training = Trainer.trainingSet(data, settings.sequence(), prepared.answers(settings.sequence()));
        var architecture = settings.architecture(data);
        int[] samples = order.of(1);
        try (var network = new LstmNetwork(architecture, settings.unrolling(), settings.hyperparameters())) {
            network.load(NetworkFactory.initialParameters(architecture, settings.seed()));
            warmUp(network, training, samples, settings, Math.min(WARM_UP_SECONDS, seconds));
            return new Rehearsal(run(network, training, samples, settings, seconds), order.samples());
        }
    }

    /** Until the compiler has nothing left to gain, as far as can be seen. */
    private static void warmUp(
            LstmNetwork network, Dataset training, int[] samples, Settings settings, double seconds) {
        double before = 0;
        double now = run(network, training, samples, settings, seconds);
        for (int round = 2; round <= WARM_UPS && (round <= 3 || now > STILL_WARMING * before); round++) {
            before = now;
            now = run(network, training, samples, settings, seconds);
        }
    }

    private static double run(LstmNetwork network, Dataset training, int[] samples, Settings settings, double seconds) {
        long started = System.nanoTime();
        double passed = 0;
        long trained = 0;
        for (int number = 0; passed < seconds; number++) {
            int from = (int) ((long) number * settings.batch() % samples.length);
            var batch = new Batch(training, samples, from, Math.min(settings.batch(), samples.length - from));
            network.train(batch, 1, number, settings.learningRate());
            trained += batch.count();
            passed = (System.nanoTime() - started) / 1e9;
        }
        return trained / passed;
    }

    /** Of one training thread; validation adds a few per cent. */
    public double secondsPerEpoch() {
        return samplesPerEpoch / samplesPerSecond;
    }
}
