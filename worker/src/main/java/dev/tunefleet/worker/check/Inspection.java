package dev.tunefleet.worker.check;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

import dev.tunefleet.common.memory.MemoryEstimate;
import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.worker.data.CsvReader;
import dev.tunefleet.worker.data.ForecastData;
import dev.tunefleet.worker.data.InvalidDataException;
import dev.tunefleet.worker.data.Naive;
import dev.tunefleet.worker.data.Origins;
import dev.tunefleet.worker.data.Series;
import dev.tunefleet.worker.data.Timeline;
import dev.tunefleet.worker.train.PreparedData;
import dev.tunefleet.worker.train.Rehearsal;
import dev.tunefleet.worker.train.Settings;

/** Looks at a study and its data file. */
record Inspection(StudySpec study, Path file, double rehearsalSeconds) {

    Finding look() throws IOException {
        String name = file.toString();
        try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
            Series series = CsvReader.read(name, content, study.data());
            ForecastData data = ForecastData.of(series, study);
            return new Finding(
                    study.name(), name, Optional.empty(), Optional.of(rows(series, data)), Optional.of(cost(data)));
        } catch (NoSuchFileException missing) {
            return problem(
                    "The data file (" + file + ") of study " + study.name()
                            + " must exist. A relative path is relative to the study file.",
                    Optional.empty());
        } catch (InvalidDataException invalid) {
            return problem(invalid.getMessage(), invalid.place());
        }
    }

    private Finding problem(String message, Optional<InvalidDataException.Place> place) {
        return new Finding(
                study.name(),
                file.toString(),
                Optional.of(new Finding.Problem(message, place)),
                Optional.empty(),
                Optional.empty());
    }

    private Finding.Rows rows(Series series, ForecastData data) {
        Origins origins = data.origins();
        List<Finding.BaselineError> baselines = Naive.baselines(data, origins.ranking()).stream()
                .map(baseline -> new Finding.BaselineError(
                        baseline.name(), baseline.scores().errors().getOrDefault(study.metric(), Double.NaN)))
                .toList();
        return new Finding.Rows(
                series.rows(),
                span(series),
                series.timeline().stepInWords(),
                series.carriedForward(),
                data.inputNames(),
                study.data().targets(),
                new Finding.Windows(
                        origins.training().length,
                        origins.stopping().length,
                        origins.ranking().length,
                        origins.test().length),
                study.metric(),
                baselines);
    }

    private static String span(Series series) {
        return switch (series.timeline()) {
            case Timeline.EverySeconds grid -> between(grid.first(), grid.at(series.rows() - 1));
            case Timeline.EveryMonths grid -> between(grid.first(), grid.at(series.rows() - 1));
            case Timeline.Unknown() -> "unknown";
        };
    }

    private static String between(LocalDateTime first, LocalDateTime last) {
        return first.toString().replace('T', ' ') + " to " + last.toString().replace('T', ' ');
    }

    private Finding.Cost cost(ForecastData data) {
        PreparedData prepared = PreparedData.of(data);
        Settings start = settings(Guide.start(study.space()));
        Rehearsal rehearsal = Rehearsal.of(start, prepared, rehearsalSeconds);
        int slots = Math.min(
                Runtime.getRuntime().availableProcessors(),
                study.budget().parallel().orElse(Integer.MAX_VALUE));
        double trial = rehearsal.secondsPerEpoch() * study.budget().epochs();
        return new Finding.Cost(
                MemoryEstimate.of(start.configuration(), study.training(), prepared.shape())
                        .total(),
                MemoryEstimate.of(largest(), study.training(), prepared.shape()).total(),
                rehearsal.samplesPerSecond(),
                rehearsal.secondsPerEpoch(),
                trial,
                slots,
                trial * study.budget().trials() / slots);
    }

    private Settings settings(Configuration configuration) {
        return Settings.of(
                study, configuration, study.search().seed(), study.budget().epochs());
    }

    private Configuration largest() {
        Configuration largest = Guide.start(study.space());
        for (String name : List.of(Guide.LAYERS, Guide.UNITS, Guide.SEQUENCE_LENGTH)) {
            largest = largest.with(name, greatest(study.space().parameter(name)));
        }
        return largest;
    }

    private static Value greatest(Parameter parameter) {
        return switch (parameter) {
            case Real real -> Value.of(real.high());
            case Whole whole -> Value.of(whole.high());
            case Switched switched -> greatest(switched.when());
            case Choice choice -> choice.options().getLast();
        };
    }
}
