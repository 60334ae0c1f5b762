package dev.tunefleet.worker.lstm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Ten whole steps against figures of PyTorch 2.13, recorded by ten_steps.py beside them. */
class TenStepsTest {
    private static final Architecture ARCHITECTURE =
            new Architecture(3, 5, 2, 2, Emission.LAST_STEP, Loss.MEAN_SQUARED_ERROR);
    private static final int SEQUENCE = 6;
    private static final int BATCH = 4;

    @Test
    void tenStepsGiveTheLossesAndParametersOfPyTorch() throws IOException {
        int[] order = new int[10 * BATCH];
        int[] lengths = new int[10 * BATCH];
        for (int sample = 0; sample < order.length; sample++) {
            order[sample] = sample;
            lengths[sample] = SEQUENCE;
        }
        Sequences sequences = new Sequences(wave(10 * BATCH * SEQUENCE * 3, 0.73, 1.5), 3, SEQUENCE, lengths);
        Dataset data = new Dataset(sequences, new Values(wave(10 * BATCH * 2, 1.31, 1)));
        float[] parameters = wave(ARCHITECTURE.parameters(), 0.37, 0.6);
        float[] losses = new float[10];

        try (LstmNetwork network = new LstmNetwork(ARCHITECTURE, SEQUENCE, new Hyperparameters(0, 0.01, 0.5, 1))) {
            network.load(parameters);
            for (int step = 0; step < 10; step++) {
                losses[step] = (float) network.train(new Batch(data, order, step * BATCH, BATCH), 0, step, 0.01);
            }
            network.store(parameters);
        }

        assertThat(losses).containsExactly(recorded("loss"), within(1e-5f));
        assertThat(parameters).containsExactly(recorded("parameter"), within(1e-4f));
    }

    private static float[] wave(int count, double factor, double scale) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (Math.sin(1 + i * factor) * scale);
        }
        return values;
    }

    private static float[] recorded(String kind) throws IOException {
        List<Float> values = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                TenStepsTest.class.getResourceAsStream("ten_steps.txt"), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(kind + " ")) {
                    values.add(Float.parseFloat(line.substring(kind.length() + 1)));
                }
            }
        }
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }
}
