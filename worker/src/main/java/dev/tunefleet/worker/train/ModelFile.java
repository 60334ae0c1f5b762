package dev.tunefleet.worker.train;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

import dev.tunefleet.common.blob.Sha256;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.wire.Json;
import dev.tunefleet.worker.data.ForecastData;
import dev.tunefleet.worker.data.Scaling;
import dev.tunefleet.worker.lstm.State;

/**
 * A trained model as a file: the zip that stock DL4J opens, with two more entries, {@code scaler.json} and {@code study.json}, that
 * say how to make its inputs and read its outputs. The same model gives the same bytes.
 */
final class ModelFile {

    private static final LocalDateTime NO_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private ModelFile() {}

    /**
     * What turns raw rows into inputs and outputs into raw values.
     *
     * @param inputNames the features of a step, in order: scaled columns, then sines and cosines of the calendar, with how
     *     many rows later it is taken
     * @param centred how many leading inputs are given less their mean over the window; the outputs of targets among
     *     them are deviations from that mean
     * @param outputs order of the output vector
     */
    record Scaler(
            Scaling inputs,
            Scaling targets,
            List<String> inputNames,
            List<String> calendar,
            String timeStep,
            int sequenceLength,
            int horizon,
            int centred,
            String outputs) {}

    static byte[] write(StudySpec study, Settings settings, ForecastData data, float[] parameters) throws IOException {
        MultiLayerConfiguration description = NetworkFactory.describe(
                settings.architecture(data), settings.hyperparameters(), settings.learningRate());
        var stock = new ByteArrayOutputStream();
        NetworkFactory.export(description, State.initial(parameters), stock);
        var scaler = new Scaler(
                data.inputScaling(),
                data.targetScaling(),
                data.inputNames(),
                data.calendar(),
                data.timeline().stepInWords(),
                settings.sequence(),
                data.horizon(),
                data.centring().columns(),
                "step by step, the targets of a step in their order");
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes);
                var entries = new ZipInputStream(new ByteArrayInputStream(stock.toByteArray()))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                add(zip, entry.getName(), entries.readAllBytes());
            }
            add(zip, "scaler.json", Json.MAPPER.writeValueAsBytes(scaler));
            add(zip, "study.json", Json.MAPPER.writeValueAsBytes(new Trained(study, settings.configuration())));
        }
        return bytes.toByteArray();
    }

    /** What was trained: the study as asked for, and the configuration of this model. */
    record Trained(StudySpec study, dev.tunefleet.common.space.Configuration configuration) {}

    static String key(byte[] model) {
        return "models/" + Sha256.of(model) + ".zip";
    }

    /** The parameters in a file that {@link #write} wrote. */
    static float[] parameters(byte[] model) throws IOException {
        MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(model), false);
        try {
            return network.params().toFloatVector();
        } finally {
            network.close();
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
