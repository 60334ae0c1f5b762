package dev.tunefleet.worker.bench;

import java.util.Random;

import dev.tunefleet.worker.lstm.Batch;
import dev.tunefleet.worker.lstm.Dataset;
import dev.tunefleet.worker.lstm.Hyperparameters;
import dev.tunefleet.worker.lstm.LstmNetwork;
import dev.tunefleet.worker.lstm.Values;
import dev.tunefleet.worker.lstm.Windows;

/** The training step of trials: windows of a series, dropout, loss, clipping, L2 and Adam. */
final class FusedEngine implements Engine {
    static final Hyperparameters HYPERPARAMETERS = new Hyperparameters(0.2, 1e-3, 1, 17);
    private static final int BATCHES = 8;

    private final LstmNetwork network;
    private final Batch[] batches = new Batch[BATCHES];
    private int number;

    FusedEngine(Size size, int slot) {
        Random random = new Random(slot);
        int samples = size.batch() * BATCHES;
        float[] series = gaussian(random, (samples + size.sequence()) * Size.INPUTS, 1);
        int[] origins = new int[samples];
        int[] order = new int[samples];
        for (int sample = 0; sample < samples; sample++) {
            origins[sample] = sample + size.sequence();
            order[sample] = sample * 7919 % samples;
        }
        Dataset data = new Dataset(
                new Windows(series, Size.INPUTS, size.sequence(), origins),
                new Values(gaussian(random, samples * Size.OUTPUTS, 1)));
        for (int batch = 0; batch < BATCHES; batch++) {
            batches[batch] = new Batch(data, order, batch * size.batch(), size.batch());
        }
        network = new LstmNetwork(size.architecture(), size.sequence(), HYPERPARAMETERS);
        network.load(gaussian(random, size.architecture().parameters(), 1 / Math.sqrt(size.units())));
    }

    private static float[] gaussian(Random random, int count, double scale) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * scale);
        }
        return values;
    }

    @Override
    public void step() {
        network.train(batches[number % BATCHES], 0, number, 1e-3);
        number++;
    }

    @Override
    public void close() {
        network.close();
    }
}
