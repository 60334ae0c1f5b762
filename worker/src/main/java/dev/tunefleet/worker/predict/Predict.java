package dev.tunefleet.worker.predict;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.tunefleet.worker.data.CsvReader;
import dev.tunefleet.worker.data.InvalidDataException;
import dev.tunefleet.worker.data.Series;
import dev.tunefleet.worker.train.Forecaster;
import dev.tunefleet.worker.train.NativeThreads;

/**
 * {@code Predict MODEL.zip DATA.csv [--all]}: prints what a model of a study forecasts after the last row of a file, or after each
 * row that has enough before it, as CSV. The exit code is 0, 1 when something is wrong with the data, 2 when the call is wrong.
 */
public final class Predict {

    private static final String USAGE = "Usage: predict MODEL.zip DATA.csv [--all]";

    private Predict() {}

    public static void main(String[] arguments) throws IOException {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) throws IOException {
        var files = new ArrayList<>(arguments);
        boolean all = files.remove("--all");
        if (files.size() != 2 || files.stream().anyMatch(file -> file.startsWith("--"))) {
            err.println(USAGE);
            return 2;
        }
        NativeThreads.single(Optional.empty());
        try {
            Forecaster forecaster = Forecaster.read(Files.readAllBytes(Path.of(files.getFirst())));
            print(forecaster, series(forecaster, Path.of(files.getLast())), all, out);
            return 0;
        } catch (NoSuchFileException absent) {
            err.println("The file (" + absent.getFile() + ") must exist.");
            return 2;
        } catch (InvalidDataException invalid) {
            err.println(invalid.getMessage());
            return 1;
        }
    }

    private static Series series(Forecaster forecaster, Path file) throws IOException {
        try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
            return CsvReader.read(file.toString(), content, forecaster.study().data());
        }
    }

    private static void print(Forecaster forecaster, Series series, boolean all, PrintStream out) {
        out.println("after,time," + String.join(",", forecaster.targets()));
        for (Forecaster.Forecast forecast :
                all ? forecaster.afterEach(series) : List.of(forecaster.afterLast(series))) {
            for (int step = 0; step < forecast.steps().length; step++) {
                var line = new StringBuilder(series.timeline().text(forecast.origin() - 1));
                line.append(',').append(series.timeline().text(forecast.origin() + step));
                for (double value : forecast.steps()[step]) {
                    line.append(',').append(String.format(Locale.ROOT, "%.7g", value));
                }
                out.println(line);
            }
        }
    }
}
