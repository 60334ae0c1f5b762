package dev.tunefleet.worker.train;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Supplier;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.studyfile.StudyFile;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.worker.data.Accuracy;
import dev.tunefleet.worker.data.CsvReader;
import dev.tunefleet.worker.data.ForecastData;
import dev.tunefleet.worker.lstm.LstmNetwork;

/**
 * Trains given configurations as a worker's slot does and prints what each epoch brought, so that searches can be judged on real
 * trainings. Each configuration is a line of a file, {@code seed,learningRate,layers,units,sequenceLength,dropout,batchSize,l2} with l2
 * 0 for off; that line is printed followed by {@code epoch,trainLoss,stop,rank,test,seconds} for every epoch; {@code test} is
 * the test error of the best epoch and stands at the last epoch alone. A training that diverged ends with an epoch of NaN.
 */
final class TrainingTable {

    private static final String HEAD =
            "seed," + String.join(",", Guide.NAMES) + ",epoch,trainLoss,stop,rank,test,seconds";

    private final StudySpec study;
    private final PreparedData prepared;
    private final PrintStream out;

    private TrainingTable(StudySpec study, PreparedData prepared, PrintStream out) {
        this.study = study;
        this.prepared = prepared;
        this.out = out;
    }

    /** @param arguments a study file; its data file; the file of configurations */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        // Rows alone go to standard output; what libraries log there joins the errors.
        System.setOut(System.err);
        StudySpec study = StudyFile.read(Path.of(arguments[0]));
        PreparedData prepared;
        try (InputStream content = Files.newInputStream(Path.of(arguments[1]))) {
            prepared =
                    PreparedData.of(ForecastData.of(CsvReader.read(study.data().uri(), content, study.data()), study));
        }
        var table = new TrainingTable(study, prepared, out);
        out.println(HEAD);
        for (String line : Files.readAllLines(Path.of(arguments[2]))) {
            table.train(line);
        }
    }

    private void train(String line) {
        String[] cells = line.split(",");
        long seed = Long.parseLong(cells[0]);
        Configuration configuration = configuration(cells);
        Settings settings =
                Settings.of(study, configuration, seed, study.budget().epochs());
        Progress begin = Progress.none(NetworkFactory.initialParameters(settings.architecture(prepared.data()), seed));
        var rows = new Rows();
        try (var trainer = new Trainer(settings, prepared.data(), prepared.answers(settings.sequence()), begin, rows)) {
            Outcome outcome = trainer.run();
            if (outcome instanceof Outcome.Completed(var result, var parameters, var validation)) {
                print(line, rows.measurements, test(settings, parameters));
            } else {
                print(line, rows.measurements, Double.NaN);
                print(
                        line,
                        new Measurement(
                                rows.measurements.size() + 1,
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                Double.NaN),
                        Double.NaN);
            }
        }
    }

    private static Configuration configuration(String[] cells) {
        var values = new TreeMap<String, Value>();
        for (int i = 0; i < Guide.NAMES.size(); i++) {
            String name = Guide.NAMES.get(i);
            double number = Double.parseDouble(cells[i + 1]);
            values.put(name, name.equals(Guide.L2) && number == 0 ? Value.off() : Value.of(number));
        }
        return new Configuration(values);
    }

    private double test(Settings settings, float[] parameters) {
        ForecastData data = prepared.data();
        int[] origins = data.origins().test();
        try (var network =
                new LstmNetwork(settings.architecture(data), settings.sequence(), settings.hyperparameters())) {
            network.load(parameters);
            return new Accuracy(data)
                    .scores(Trainer.forecasts(network, data, settings.sequence(), origins), origins)
                    .errors()
                    .get(Metric.MSE);
        }
    }

    private void print(String line, List<Measurement> measurements, double test) {
        for (int i = 0; i < measurements.size(); i++) {
            print(line, measurements.get(i), i == measurements.size() - 1 ? test : Double.NaN);
        }
    }

    private void print(String line, Measurement epoch, double test) {
        out.printf(
                Locale.ROOT,
                "%s,%d,%.6g,%.6g,%.6g,%.6g,%.3f%n",
                line,
                epoch.epoch(),
                epoch.trainLoss(),
                epoch.stopValue(),
                epoch.rankValue(),
                test,
                epoch.seconds());
    }

    private static final class Rows implements Observer {
        private final List<Measurement> measurements = new ArrayList<>();

        @Override
        public Signal signal() {
            return Signal.GO_ON;
        }

        @Override
        public void epochMeasured(Measurement measurement, int samples, Supplier<Progress> progress) {
            measurements.add(measurement);
        }
    }
}
