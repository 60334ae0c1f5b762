import java.io.File;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A program that knows DL4J and nothing else: opens a model, predicts, saves what it predicted, and trains on. */
public class OpenModel {
    public static void main(String[] files) throws Exception {
        MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(new File(files[0]));
        INDArray inputs = Nd4j.readBinary(new File(files[1]));
        INDArray outputs = network.output(inputs, false);
        Nd4j.saveBinary(outputs.dup(), new File(files[2]));
        network.fit(inputs, outputs.add(1));
        if (!Double.isFinite(network.score())) {
            throw new IllegalStateException("Training on must give a finite score, gave " + network.score());
        }
    }
}
