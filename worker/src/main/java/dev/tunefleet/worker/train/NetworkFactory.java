package dev.tunefleet.worker.train;

import java.io.IOException;
import java.io.OutputStream;

import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

import dev.tunefleet.worker.lstm.Architecture;
import dev.tunefleet.worker.lstm.Emission;
import dev.tunefleet.worker.lstm.Hyperparameters;
import dev.tunefleet.worker.lstm.Loss;
import dev.tunefleet.worker.lstm.State;

/**
 * The stock DL4J network that stands for ours: it describes, initialises and exports. No class of ours is in what it writes, so
 * that a model opens wherever DL4J does. Safe for use by several threads.
 */
public final class NetworkFactory {
    private static final double FORGET_BIAS = 1;
    // DL4J draws initial weights from one generator of the process, so two slots must not draw at once.
    private static final Object GENERATOR = new Object();

    private NetworkFactory() {}

    /** The stock description: LSTM layers with tanh, dropout on what follows each, and a dense head. */
    public static MultiLayerConfiguration describe(
            Architecture architecture, Hyperparameters chosen, double learningRate) {
        NeuralNetConfiguration.Builder settings = new NeuralNetConfiguration.Builder()
                .seed(chosen.seed())
                .dataType(DataType.FLOAT)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(learningRate));
        if (chosen.l2() > 0) {
            settings.l2(chosen.l2());
        }
        if (chosen.clip() > 0) {
            // The nearest that DL4J has: it clips each layer by itself, a training step of ours the whole gradient.
            settings.gradientNormalization(GradientNormalization.ClipL2PerLayer)
                    .gradientNormalizationThreshold(chosen.clip());
        }
        NeuralNetConfiguration.ListBuilder layers = settings.list();
        double retained = 1 - chosen.dropout();
        for (int layer = 0; layer < architecture.layers(); layer++) {
            boolean last = layer == architecture.layers() - 1;
            Layer lstm = lstm(architecture, layer, retained);
            layers.layer(last && architecture.emission() == Emission.LAST_STEP ? new LastTimeStep(lstm) : lstm);
        }
        return layers.layer(head(architecture, retained)).build();
    }

    private static Layer lstm(Architecture architecture, int layer, double retained) {
        LSTM.Builder builder = new LSTM.Builder()
                .nIn(architecture.width(layer))
                .nOut(architecture.units())
                .forgetGateBiasInit(FORGET_BIAS)
                .gateActivationFunction(Activation.SIGMOID)
                .activation(Activation.TANH);
        if (layer > 0 && retained < 1) {
            builder.dropOut(retained);
        }
        return builder.build();
    }

    private static Layer head(Architecture architecture, double retained) {
        BaseOutputLayer.Builder<?> builder =
                switch (architecture.emission()) {
                    case LAST_STEP -> new OutputLayer.Builder(function(architecture.loss()));
                    case EVERY_STEP -> new RnnOutputLayer.Builder(function(architecture.loss()));
                };
        builder.nIn(architecture.units()).nOut(architecture.outputs()).activation(activation(architecture.loss()));
        if (retained < 1) {
            builder.dropOut(retained);
        }
        return builder.build();
    }

    private static LossFunction function(Loss loss) {
        return switch (loss) {
            case MEAN_SQUARED_ERROR -> LossFunction.MSE;
            case SOFTMAX_CROSS_ENTROPY -> LossFunction.MCXENT;
            case SIGMOID_CROSS_ENTROPY -> LossFunction.XENT;
        };
    }

    private static Activation activation(Loss loss) {
        return switch (loss) {
            case MEAN_SQUARED_ERROR -> Activation.IDENTITY;
            case SOFTMAX_CROSS_ENTROPY -> Activation.SOFTMAX;
            case SIGMOID_CROSS_ENTROPY -> Activation.SIGMOID;
        };
    }

    /** Initial parameters as DL4J draws them from the seed: Xavier weights, forget biases 1, other biases 0. */
    public static float[] initialParameters(Architecture architecture, long seed) {
        MultiLayerConfiguration description = describe(architecture, new Hyperparameters(0, 0, 0, seed), 1e-3);
        synchronized (GENERATOR) {
            MultiLayerNetwork network = new MultiLayerNetwork(description);
            network.init();
            float[] parameters = network.params().toFloatVector();
            network.close();
            return parameters;
        }
    }

    /** The stock network with the parameters and Adam's moments of a training; to be closed by the caller. */
    public static MultiLayerNetwork network(MultiLayerConfiguration description, State state) {
        MultiLayerNetwork network = new MultiLayerNetwork(description);
        synchronized (GENERATOR) {
            network.init();
        }
        network.setParams(row(state.parameters()));
        INDArray moments = Nd4j.concat(1, row(state.firstMoments()), row(state.secondMoments()));
        network.getUpdater().setStateViewArray(network, moments, false);
        network.setIterationCount((int) state.steps());
        return network;
    }

    private static INDArray row(float[] values) {
        return Nd4j.create(values, new long[] {1, values.length}, 'c');
    }

    /** Writes a model file that stock DL4J opens, with Adam's moments, so that it can be trained on there. */
    public static void export(MultiLayerConfiguration description, State state, OutputStream to) throws IOException {
        MultiLayerNetwork network = network(description, state);
        try {
            ModelSerializer.writeModel(network, to, true);
        } finally {
            network.close();
        }
    }
}
