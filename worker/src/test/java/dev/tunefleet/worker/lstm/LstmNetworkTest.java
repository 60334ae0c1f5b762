package dev.tunefleet.worker.lstm;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tunefleet.common.memory.Arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class LstmNetworkTest {
    private static final Hyperparameters PLAIN = new Hyperparameters(0, 0, 0, 1);
    private static final Hyperparameters USUAL = new Hyperparameters(0.2, 1e-3, 1, 1);
    private static final Architecture ARCHITECTURE =
            new Architecture(3, 9, 2, 2, Emission.LAST_STEP, Loss.MEAN_SQUARED_ERROR);

    @ParameterizedTest
    @ValueSource(ints = {8, 3})
    void aThousandStepsAllocateNothing(int span) {
        Problem problem = new Problem(ARCHITECTURE, 8, 40, false, 1);
        Batch batch = problem.batch();
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;

        try (LstmNetwork network = new LstmNetwork(ARCHITECTURE, new Unrolling(8, span), USUAL)) {
            network.load(problem.parameters);
            // Vectors are objects until the compiler has removed them, which takes it some rounds.
            for (int round = 0; round < 200 && allocated > 0; round++) {
                long before = memory.getCurrentThreadAllocatedBytes();
                for (int step = 0; step < 1000; step++) {
                    network.train(batch, round, step, 1e-3);
                }
                allocated = memory.getCurrentThreadAllocatedBytes() - before;
            }
        }

        assertThat(allocated).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 3})
    void aRestoredNetworkGoesOnAsIfItHadNeverStopped(int span) {
        Unrolling unrolling = new Unrolling(8, span);
        Problem problem = new Problem(ARCHITECTURE, 8, 40, false, 2);
        float[] straight = new float[problem.parameters.length];
        float[] resumed = new float[problem.parameters.length];

        State state;
        try (LstmNetwork network = new LstmNetwork(ARCHITECTURE, unrolling, USUAL)) {
            network.load(problem.parameters);
            train(network, problem, 0, 5);
            state = network.state();
            train(network, problem, 5, 9);
            network.store(straight);
        }
        try (LstmNetwork network = new LstmNetwork(ARCHITECTURE, unrolling, USUAL)) {
            network.restore(state);
            train(network, problem, 5, 9);
            network.store(resumed);
        }

        assertThat(resumed).containsExactly(straight);
        assertThat(state.steps()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void whatANetworkPredictsDoesNotDependOnItsSpan(Emission emission) {
        Architecture architecture = new Architecture(3, 9, 2, 2, emission, Loss.MEAN_SQUARED_ERROR);
        Problem problem = new Problem(architecture, 8, 40, true, 10);
        float[] whole = new float[problem.targets.length];
        double loss;
        try (LstmNetwork network = new LstmNetwork(architecture, 8, USUAL)) {
            network.load(problem.parameters);
            network.predict(problem.batch(), whole, 0);
            loss = network.loss(problem.batch());
        }

        for (int span = 1; span < 8; span++) {
            float[] outputs = new float[whole.length];
            try (LstmNetwork network = new LstmNetwork(architecture, new Unrolling(8, span), USUAL)) {
                network.load(problem.parameters);
                network.predict(problem.batch(), outputs, 0);

                assertThat(outputs).containsExactly(whole);
                assertThat(network.loss(problem.batch())).isCloseTo(loss, within(1e-12));
            }
        }
    }

    @Test
    void sequencesThatFitIntoASpanAreTrainedAsIfThereWereNoneBefore() {
        Problem problem = new Problem(ARCHITECTURE, 8, 40, true, 11);
        float[] full = new float[problem.parameters.length];
        float[] last = new float[problem.parameters.length];

        for (float[] gradients : new float[][] {full, last}) {
            Unrolling unrolling = gradients == full ? Unrolling.full(8) : new Unrolling(30, 8);
            try (LstmNetwork network = new LstmNetwork(ARCHITECTURE, unrolling, PLAIN)) {
                network.load(problem.parameters);
                network.differentiate(problem.batch(), 0, 0);
                network.gradients(gradients);
            }
        }

        assertThat(last).containsExactly(full);
    }

    private static void train(LstmNetwork network, Problem problem, int from, int to) {
        for (int step = from; step < to; step++) {
            network.train(problem.batch(), 0, step, 1e-2);
        }
    }

    @Test
    void aLargeBatchHasTheMeanGradientOfItsParts() {
        Problem problem = new Problem(ARCHITECTURE, 8, 75, true, 3);
        Batch whole = problem.batch();
        float[] sum = new float[problem.parameters.length];
        float[] gradients = new float[problem.parameters.length];

        try (LstmNetwork network = new LstmNetwork(ARCHITECTURE, 8, PLAIN)) {
            network.load(problem.parameters);
            for (int from = 0; from < 75; from += 15) {
                network.differentiate(new Batch(whole.data(), whole.order(), from, 15), 0, 0);
                network.gradients(gradients);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += gradients[i] / 5;
                }
            }
            network.differentiate(whole, 0, 0);
            network.gradients(gradients);
        }

        assertThat(gradients).containsExactly(sum, within(1e-6f));
    }

    @Test
    void windowsOfASeriesAreTheSequencesThatTheyCover() {
        Problem problem = new Problem(ARCHITECTURE, 8, 20, false, 4);
        int[] origins = new int[20];
        for (int sample = 0; sample < 20; sample++) {
            origins[sample] = 8 * (sample + 1);
        }
        Batch batch = problem.batch();
        Dataset windows = new Dataset(
                new Windows(problem.values, 3, 8, origins), batch.data().targets());

        for (int span : new int[] {8, 3}) {
            try (LstmNetwork network = new LstmNetwork(ARCHITECTURE, new Unrolling(8, span), PLAIN)) {
                network.load(problem.parameters);

                assertThat(network.loss(new Batch(windows, batch.order(), 0, 20)))
                        .isEqualTo(network.loss(batch));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 3})
    void centredWindowsDoNotSeeTheLevelOfTheirSeries(int span) {
        Problem problem = new Problem(ARCHITECTURE, 8, 20, false, 4);
        int[] origins = new int[20];
        for (int sample = 0; sample < 20; sample++) {
            origins[sample] = 8 * (sample + 1);
        }
        float[] lifted = problem.values.clone();
        for (int i = 0; i < lifted.length; i++) {
            lifted[i] += i % 3 < 2 ? 16 : 0;
        }
        Batch batch = problem.batch();

        try (LstmNetwork network = new LstmNetwork(ARCHITECTURE, new Unrolling(8, span), PLAIN)) {
            network.load(problem.parameters);
            double[] losses = new double[2];
            for (int i = 0; i < 2; i++) {
                var windows = new Windows(i == 0 ? problem.values : lifted, 3, 8, origins, 2);
                losses[i] =
                        network.loss(new Batch(new Dataset(windows, batch.data().targets()), batch.order(), 0, 20));
            }

            assertThat(losses[1]).isCloseTo(losses[0], within(1e-5));
            assertThat(losses[0]).isNotEqualTo(network.loss(batch));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 3})
    void whatLiesInThePaddingOfASequenceIsNeverRead(int span) {
        Architecture everyStep = new Architecture(3, 9, 2, 2, Emission.EVERY_STEP, Loss.MEAN_SQUARED_ERROR);
        Problem problem = new Problem(everyStep, 8, 20, true, 5);
        Problem poisoned = new Problem(everyStep, 8, 20, true, 5);
        for (int sample = 0; sample < 20; sample++) {
            for (int step = problem.lengths[sample]; step < 8; step++) {
                poisoned.values[(sample * 8 + step) * 3] = Float.NaN;
                poisoned.targets[(sample * 8 + step) * 2] = Float.NaN;
            }
        }

        try (LstmNetwork network = new LstmNetwork(everyStep, new Unrolling(8, span), USUAL)) {
            network.load(problem.parameters);
            double loss = network.differentiate(problem.batch(), 0, 0);

            assertThat(network.differentiate(poisoned.batch(), 0, 0)).isEqualTo(loss);
            assertThat(network.diverged()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 2})
    void tokensAreOneHotInputs(int span) {
        int[] tokens = {2, 0, 1, 1, 2, 2};
        float[] oneHot = new float[tokens.length * 3];
        for (int i = 0; i < tokens.length; i++) {
            oneHot[i * 3 + tokens[i]] = 1;
        }
        int[] lengths = {3, 2};
        Labels labels = new Labels(new int[] {1, 0});
        Architecture classifier = new Architecture(3, 9, 1, 2, Emission.LAST_STEP, Loss.SOFTMAX_CROSS_ENTROPY);
        Problem problem = new Problem(classifier, 3, 2, false, 6);

        try (LstmNetwork network = new LstmNetwork(classifier, new Unrolling(3, span), PLAIN)) {
            network.load(problem.parameters);
            double dense = network.loss(batchOf(new Sequences(oneHot, 3, 3, lengths), labels));

            assertThat(network.loss(batchOf(new Tokens(tokens, 3, 3, lengths), labels)))
                    .isEqualTo(dense);
        }
    }

    private static Batch batchOf(Samples samples, Targets targets) {
        return new Batch(new Dataset(samples, targets), new int[] {0, 1}, 0, 2);
    }

    @Test
    void aStepThatIsNotFiniteIsToldAndNotTaken() {
        Problem problem = new Problem(ARCHITECTURE, 8, 20, false, 7);
        problem.values[13] = Float.NaN;
        float[] after = new float[problem.parameters.length];

        try (LstmNetwork network = new LstmNetwork(ARCHITECTURE, 8, USUAL)) {
            network.load(problem.parameters);
            double loss = network.train(problem.batch(), 0, 0, 1e-3);
            network.store(after);

            assertThat(loss).isNaN();
            assertThat(network.diverged()).isTrue();
        }
        assertThat(after).containsExactly(problem.parameters);
    }

    @Test
    void trainingLowersTheLoss() {
        Problem problem = new Problem(ARCHITECTURE, 8, 40, false, 8);

        try (LstmNetwork network = new LstmNetwork(ARCHITECTURE, 8, PLAIN)) {
            network.load(problem.parameters);
            double before = network.loss(problem.batch());
            train(network, problem, 0, 300);

            assertThat(network.loss(problem.batch())).isLessThan(before / 10);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,1,1", "7,7,50,1", "3,3,63,2", "100,100,200,3", "100,100,128,5", "100,25,200,3", "100,1,63,2"})
    void theArenaIsAsLargeAsTheFormulaSays(int sequence, int span, int units, int layers) {
        Unrolling unrolling = new Unrolling(sequence, span);
        Architecture architecture = new Architecture(7, units, layers, 24, Emission.LAST_STEP, Loss.MEAN_SQUARED_ERROR);

        long bytes = LstmNetwork.bytes(architecture, unrolling);

        assertThat((long) new Layout(architecture, unrolling).allocate().length * Float.BYTES)
                .isEqualTo(bytes);
        assertThat(LstmNetwork.bytes(architecture, Unrolling.full(span))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "5,0", "5,6", "5,-1"})
    void aSpanThatIsNoPartOfItsSequenceIsRefused(int sequence, int span) {
        assertThatThrownBy(() -> new Unrolling(sequence, span))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of a network must be");
    }

    @ParameterizedTest
    @CsvSource({"1,1,1,1,1", "7,50,1,3,7", "3,63,2,70,24", "100,200,3,1,48", "100,128,5,9,1"})
    void theClosedFormKnowsTheArenaAndTheParametersToTheByte(int span, int units, int layers, int inputs, int outputs) {
        for (Emission emission : Emission.values()) {
            var architecture = new Architecture(inputs, units, layers, outputs, emission, Loss.MEAN_SQUARED_ERROR);

            var arena = new Arena(inputs, units, layers, outputs, architecture.answers(span), span);

            assertThat(arena.bytes()).isEqualTo(LstmNetwork.bytes(architecture, new Unrolling(100, span)));
            assertThat(arena.parameters()).isEqualTo(architecture.parameters());
        }
    }

    @Test
    void aNetworkThatWouldExceedAnArrayIsRefused() {
        Architecture vast = new Architecture(7, 2000, 4, 24, Emission.LAST_STEP, Loss.MEAN_SQUARED_ERROR);

        assertThatThrownBy(() -> new LstmNetwork(vast, 5000, PLAIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not exceed 8 GiB");
    }

    @Test
    void aClosedNetworkIsNotUsed() {
        LstmNetwork network = new LstmNetwork(ARCHITECTURE, 8, PLAIN);
        network.close();

        assertThatThrownBy(network::steps).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBatchThatDoesNotFitIsRefused() {
        Problem problem = new Problem(ARCHITECTURE, 8, 4, false, 9);

        try (LstmNetwork network = new LstmNetwork(ARCHITECTURE, 7, PLAIN)) {
            assertThatThrownBy(() -> network.loss(problem.batch()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("The sequence (8)");
        }
    }
}
