package dev.tunefleet.worker.train;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.wire.Json;
import dev.tunefleet.worker.data.ForecastData;
import dev.tunefleet.worker.data.InvalidDataException;
import dev.tunefleet.worker.data.Series;
import dev.tunefleet.worker.lstm.LstmNetwork;

/** A finished model with all it needs to make forecasts of new rows. Immutable. */
public final class Forecaster {

    private static final List<String> ENTRIES = List.of("scaler.json", "study.json");
    /** Bytes of one of them: both repeat the names in the header of a data file, a line of a million characters at most. */
    private static final int LARGEST_ENTRY = 10_000_000;
    /** Bytes of any other, unpacked: 268 million parameters. */
    private static final int LARGEST_OTHER = 1 << 30;

    private final StudySpec study;
    private final Configuration configuration;
    private final ModelFile.Scaler scaler;
    private final float[] parameters;

    private Forecaster(ModelFile.Trained trained, ModelFile.Scaler scaler, float[] parameters) {
        this.study = trained.study();
        this.configuration = trained.configuration();
        this.scaler = scaler;
        this.parameters = parameters;
    }

    /**
     * What is forecast from one row on.
     *
     * @param origin the first row that is forecast; the row before is the last one that was seen
     * @param steps [step][target] in the units of the data
     */
    public record Forecast(int origin, double[][] steps) {}

    /**
     * The model in a file as workers write them.
     *
     * @throws InvalidDataException when it is no such file
     */
    public static Forecaster read(byte[] model) throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(model))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (ENTRIES.contains(entry.getName())) {
                    byte[] content = zip.readNBytes(LARGEST_ENTRY + 1);
                    require(entry, content.length, LARGEST_ENTRY);
                    entries.put(entry.getName(), content);
                } else {
                    require(entry, zip.skip(LARGEST_OTHER + 1L), LARGEST_OTHER);
                }
            }
        }
        if (!entries.keySet().containsAll(ENTRIES)) {
            throw new InvalidDataException("A model must be a zip file with the entries " + ENTRIES
                    + ", as a study's export has them; this one has " + entries.keySet() + " of them.");
        }
        return new Forecaster(
                Json.MAPPER.readValue(entries.get("study.json"), ModelFile.Trained.class),
                Json.MAPPER.readValue(entries.get("scaler.json"), ModelFile.Scaler.class),
                ModelFile.parameters(model));
    }

    private static void require(ZipEntry entry, long bytes, long most) {
        if (bytes > most) {
            throw new InvalidDataException("The entry (" + entry.getName() + ") of a model must have at most " + most
                    + " bytes, unpacked. Maybe this is another zip file.");
        }
    }

    public StudySpec study() {
        return study;
    }

    /** What is forecast, in the order of {@link Forecast#steps}. */
    public List<String> targets() {
        return scaler.targets().columns();
    }

    /**
     * The forecast of the rows that follow {@code series}.
     *
     * @throws InvalidDataException when it has fewer rows than the model looks back on
     */
    public Forecast afterLast(Series series) {
        return forecasts(series, new int[] {series.rows()}).getFirst();
    }

    /** The forecasts from each row of {@code series} that has as many rows before it as the model looks back on. */
    public List<Forecast> afterEach(Series series) {
        return forecasts(
                series,
                IntStream.rangeClosed(Math.min(scaler.sequenceLength(), series.rows()), series.rows())
                        .toArray());
    }

    private List<Forecast> forecasts(Series series, int[] origins) {
        if (series.rows() < scaler.sequenceLength()) {
            throw new InvalidDataException("The file (" + series.file() + ") must have at least the "
                    + scaler.sequenceLength() + " rows that the model looks back on, has " + series.rows() + ".");
        }
        String step = series.timeline().stepInWords();
        if (!step.equals(scaler.timeStep())) {
            throw new InvalidDataException("The step (" + step + ") between the rows of " + series.file()
                    + " must be that of the data which the model was trained on (" + scaler.timeStep() + ").");
        }
        ForecastData data = ForecastData.unseen(
                series,
                new ForecastData.Fitted(
                        scaler.inputs(), scaler.targets(), scaler.calendar(), scaler.horizon(), scaler.centred()));
        Settings settings = Settings.of(study, configuration, 0, study.budget().epochs());
        float[] standardised;
        try (var network =
                new LstmNetwork(settings.architecture(data), settings.unrolling(), settings.hyperparameters())) {
            network.load(parameters);
            standardised = Trainer.forecasts(network, data, scaler.sequenceLength(), origins);
        }
        var forecasts = new ArrayList<Forecast>();
        for (int i = 0; i < origins.length; i++) {
            forecasts.add(new Forecast(origins[i], raw(standardised, i)));
        }
        return forecasts;
    }

    private double[][] raw(float[] standardised, int sample) {
        int width = targets().size();
        double[][] steps = new double[scaler.horizon()][width];
        for (int step = 0; step < steps.length; step++) {
            for (int target = 0; target < width; target++) {
                float value = standardised[(sample * steps.length + step) * width + target];
                steps[step][target] = scaler.targets().raw(target, value);
            }
        }
        return steps;
    }
}
