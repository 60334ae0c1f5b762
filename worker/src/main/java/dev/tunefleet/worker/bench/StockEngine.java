package dev.tunefleet.worker.bench;

import java.util.Optional;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import dev.tunefleet.worker.train.NativeThreads;
import dev.tunefleet.worker.train.NetworkFactory;

/** Stock DL4J on the same network and batch, its native libraries held to one thread per slot, which is its fastest. */
final class StockEngine implements Engine {
    private final MultiLayerNetwork network;
    private final INDArray inputs;
    private final INDArray labels;

    StockEngine(Size size, int slot) {
        NativeThreads.single(Optional.empty());
        network =
                new MultiLayerNetwork(NetworkFactory.describe(size.architecture(), FusedEngine.HYPERPARAMETERS, 1e-3));
        network.init();
        Nd4j.getRandom().setSeed(slot);
        inputs = Nd4j.randn(size.batch(), Size.INPUTS, size.sequence());
        labels = Nd4j.randn(size.batch(), Size.OUTPUTS);
    }

    @Override
    public void step() {
        network.fit(inputs, labels);
    }

    @Override
    public void close() {
        network.close();
    }
}
