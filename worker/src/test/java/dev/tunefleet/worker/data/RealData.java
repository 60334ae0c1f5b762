package dev.tunefleet.worker.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.tunefleet.common.spec.Calendar;
import dev.tunefleet.common.spec.Centring;
import dev.tunefleet.common.spec.DataSource;
import dev.tunefleet.common.spec.MissingValues;
import dev.tunefleet.common.spec.Split;
import dev.tunefleet.common.spec.Stride;
import dev.tunefleet.common.spec.StudySpec;

import static dev.tunefleet.common.spec.Specs.aStudySpec;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Real data beside the project; tests that need it are skipped, with a message, where it is absent. */
public final class RealData {

    private RealData() {}

    /** Daily births with a date column made of the file's year, month and day. */
    public static byte[] birthsCsv() {
        Path file = file("stdlib_births/ssa-us-births-2000-2014.csv");
        try (var lines = Files.lines(file)) {
            String rows = lines.skip(1)
                    .map(line -> line.split(","))
                    .map(cells -> "%04d-%02d-%02d,%s"
                            .formatted(
                                    Integer.parseInt(cells[0]),
                                    Integer.parseInt(cells[1]),
                                    Integer.parseInt(cells[2]),
                                    cells[4]))
                    .collect(Collectors.joining("\n"));
            return ("date,births\n" + rows + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static StudySpec birthsStudy() {
        return withSplit(aStudySpec(), new Split(4018, 731, 730));
    }

    public static ForecastData births() {
        return prepared(new ByteArrayInputStream(birthsCsv()), birthsStudy());
    }

    public static StudySpec transformersStudy() {
        List<String> targets = List.of("HUFL", "HULL", "MUFL", "MULL", "LUFL", "LULL", "OT");
        StudySpec study = aStudySpec()
                .withData(new DataSource(
                        "etth1.csv",
                        Optional.of("date"),
                        targets,
                        List.of(),
                        24,
                        new Calendar.Automatic(),
                        MissingValues.REFUSE,
                        new Stride.Automatic(),
                        Centring.NONE));
        return withSplit(study, new Split(8640, 2880, 2880));
    }

    /** Hourly loads and oil temperature of transformers. */
    public static ForecastData transformers() {
        Path file = file("etth1/ETTh1.csv");
        try (InputStream content = Files.newInputStream(file)) {
            return prepared(content, transformersStudy());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ForecastData prepared(InputStream content, StudySpec study) {
        try {
            return ForecastData.of(CsvReader.read(study.data().uri(), content, study.data()), study);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path file(String name) {
        Path file = Path.of(System.getProperty("shared.data", "../../shared/data"), name);
        assumeThat(file)
                .as("this test needs %s; -Dshared.data=FOLDER says where", file)
                .exists();
        return file;
    }

    private static StudySpec withSplit(StudySpec study, Split split) {
        return new StudySpec(
                study.name(),
                study.task(),
                study.data(),
                split,
                study.metric(),
                study.budget(),
                study.training(),
                study.space(),
                study.search());
    }
}
