package dev.tunefleet.worker.lstm;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tunefleet.worker.train.NetworkFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The training step against DL4J's own layers on the same parameters. */
class StockAgreementTest {
    private static final Hyperparameters PLAIN = new Hyperparameters(0, 0, 0, 7);
    private static final int STEPS = 9;

    @ParameterizedTest
    @CsvSource({
        "1,LAST_STEP,MEAN_SQUARED_ERROR",
        "2,LAST_STEP,SIGMOID_CROSS_ENTROPY",
        "3,LAST_STEP,SOFTMAX_CROSS_ENTROPY",
        "1,EVERY_STEP,SOFTMAX_CROSS_ENTROPY",
        "2,EVERY_STEP,MEAN_SQUARED_ERROR"
    })
    void forwardAndGradientsAgreeWithStockLayers(int layers, Emission emission, Loss loss) {
        Problem problem = problem(layers, emission, loss);
        MultiLayerNetwork stock = NetworkFactory.network(
                NetworkFactory.describe(problem.architecture, PLAIN, 1e-3), State.initial(problem.parameters));
        float[] outputs = new float[problem.targets.length];
        float[] gradients = new float[problem.parameters.length];

        float[] stockOutputs = problem.inOurOrder(stock.output(problem.stockInputs(), false));
        float[] stockGradients = stockGradients(stock, problem);
        try (LstmNetwork network = new LstmNetwork(problem.architecture, STEPS, PLAIN)) {
            network.load(problem.parameters);
            network.predict(problem.batch(), outputs, 0);
            network.differentiate(problem.batch(), 0, 0);
            network.gradients(gradients);
        }

        assertThat(outputs).containsExactly(stockOutputs, within(1e-5f));
        assertThat(gradients).containsExactly(stockGradients, within(1e-4f * largest(stockGradients)));
    }

    @ParameterizedTest
    @CsvSource({"1,LAST_STEP", "3,LAST_STEP", "2,EVERY_STEP"})
    void exportedModelPredictsInStockDl4jWhatTheTrainedOnePredicts(int layers, Emission emission) throws IOException {
        Problem problem = problem(layers, emission, Loss.MEAN_SQUARED_ERROR);
        Hyperparameters chosen = new Hyperparameters(0.3, 1e-3, 1, 7);
        float[] outputs = new float[problem.targets.length];
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        State state;
        try (LstmNetwork network = new LstmNetwork(problem.architecture, STEPS, chosen)) {
            network.load(NetworkFactory.initialParameters(problem.architecture, 7));
            for (int step = 0; step < 5; step++) {
                network.train(problem.batch(), 0, step, 1e-2);
            }
            network.predict(problem.batch(), outputs, 0);
            state = network.state();
        }

        NetworkFactory.export(NetworkFactory.describe(problem.architecture, chosen, 1e-2), state, file);

        MultiLayerNetwork opened =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(file.toByteArray()));
        assertThat(problem.inOurOrder(opened.output(problem.stockInputs(), false)))
                .containsExactly(outputs, within(1e-5f));
        assertThat(opened.getLayerWiseConfigurations().toJson()).doesNotContain("tunefleet");
        assertThat(stateOf(opened).secondMoments()).containsExactly(state.secondMoments());
        opened.fit(problem.stockInputs(), problem.stockLabels());
        assertThat(opened.score()).isFinite();
    }

    @Test
    void momentsLieInStockDl4jWhereTheyLieInOurs() {
        Problem problem = problem(2, Emission.LAST_STEP, Loss.MEAN_SQUARED_ERROR);
        MultiLayerNetwork stock = NetworkFactory.network(
                NetworkFactory.describe(problem.architecture, PLAIN, 1e-3), State.initial(problem.parameters));
        State ours;
        try (LstmNetwork network = new LstmNetwork(problem.architecture, STEPS, PLAIN)) {
            network.load(problem.parameters);
            network.train(problem.batch(), 0, 0, 1e-3);
            ours = network.state();
        }

        stock.fit(problem.stockInputs(), problem.stockLabels());

        State theirs = stateOf(stock);
        assertThat(ours.firstMoments())
                .containsExactly(theirs.firstMoments(), within(1e-4f * largest(theirs.firstMoments())));
        assertThat(ours.secondMoments())
                .containsExactly(theirs.secondMoments(), within(1e-4f * largest(theirs.secondMoments())));
        assertThat(theirs.steps()).isEqualTo(ours.steps());
    }

    @Test
    void forgetBiasesStartAtOneAndOtherBiasesAtZero() {
        Architecture architecture = new Architecture(3, 5, 2, 2, Emission.LAST_STEP, Loss.MEAN_SQUARED_ERROR);

        float[] parameters = NetworkFactory.initialParameters(architecture, 3);

        for (int row = 0; row < architecture.gates(); row++) {
            boolean forget = row >= architecture.units() && row < 2 * architecture.units();
            assertThat(parameters[architecture.biases(1) + row]).isEqualTo(forget ? 1 : 0);
        }
        assertThat(NetworkFactory.initialParameters(architecture, 3)).containsExactly(parameters);
        assertThat(NetworkFactory.initialParameters(architecture, 4)).isNotEqualTo(parameters);
    }

    @Test
    void trainingAForecastReachesTheLossOfStockDl4j() {
        Problem problem = problem(1, Emission.LAST_STEP, Loss.MEAN_SQUARED_ERROR);
        fillWithWaves(problem);
        MultiLayerNetwork stock = NetworkFactory.network(
                NetworkFactory.describe(problem.architecture, PLAIN, 1e-2), State.initial(problem.parameters));
        float[] outputs = new float[problem.targets.length];
        double before;

        try (LstmNetwork network = new LstmNetwork(problem.architecture, STEPS, PLAIN)) {
            network.load(problem.parameters);
            before = network.loss(problem.batch());
            for (int step = 0; step < 100; step++) {
                network.train(problem.batch(), 0, step, 1e-2);
                stock.fit(problem.stockInputs(), problem.stockLabels());
            }
            network.predict(problem.batch(), outputs, 0);
        }

        double ours = meanSquare(outputs, problem.targets);
        double theirs = meanSquare(problem.inOurOrder(stock.output(problem.stockInputs(), false)), problem.targets);
        assertThat(ours).isLessThan(before / 20).isCloseTo(theirs, within(0.05 * theirs));
    }

    /** Three phases of a wave as inputs, its next values as targets. */
    private static void fillWithWaves(Problem problem) {
        for (int sample = 0; sample < problem.samples; sample++) {
            for (int i = 0; i < STEPS * 3; i++) {
                problem.values[sample * STEPS * 3 + i] = (float) Math.sin(0.7 * (sample + i / 3) + i % 3);
            }
            for (int output = 0; output < 4; output++) {
                problem.targets[sample * 4 + output] = (float) Math.sin(0.7 * (sample + STEPS + output));
            }
        }
    }

    private static double meanSquare(float[] outputs, float[] targets) {
        double sum = 0;
        for (int i = 0; i < outputs.length; i++) {
            sum += (double) (outputs[i] - targets[i]) * (outputs[i] - targets[i]);
        }
        return sum / outputs.length;
    }

    private static Problem problem(int layers, Emission emission, Loss loss) {
        return new Problem(new Architecture(3, 13, layers, 4, emission, loss), STEPS, 21, false, 11);
    }

    private static float[] stockGradients(MultiLayerNetwork stock, Problem problem) {
        stock.setInput(problem.stockInputs());
        stock.setLabels(problem.stockLabels());
        stock.computeGradientAndScore();
        // DL4J sums over samples and steps where ours are means; its binary cross-entropy also sums over outputs.
        double answers = (double) problem.samples * problem.architecture.answers(STEPS);
        double outputs = problem.architecture.loss() == Loss.SIGMOID_CROSS_ENTROPY ? problem.architecture.outputs() : 1;
        return stock.getFlattenedGradients().div(answers * outputs).toFloatVector();
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static State stateOf(MultiLayerNetwork network) {
        float[] parameters = network.params().toFloatVector();
        float[] moments = network.getUpdater().getStateViewArray().toFloatVector();
        float[] first = Arrays.copyOfRange(moments, 0, parameters.length);
        float[] second = Arrays.copyOfRange(moments, parameters.length, moments.length);
        return new State(parameters, first, second, network.getIterationCount());
    }
}
