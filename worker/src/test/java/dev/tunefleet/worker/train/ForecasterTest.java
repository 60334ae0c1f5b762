package dev.tunefleet.worker.train;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.common.blob.BlobStore;
import dev.tunefleet.common.blob.FileBlobStore;
import dev.tunefleet.common.spec.Calendar;
import dev.tunefleet.common.spec.CalendarFeature;
import dev.tunefleet.common.spec.Centring;
import dev.tunefleet.common.spec.DataSource;
import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.spec.MissingValues;
import dev.tunefleet.common.spec.Stride;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.worker.data.CsvReader;
import dev.tunefleet.worker.data.ForecastData;
import dev.tunefleet.worker.data.InvalidDataException;
import dev.tunefleet.worker.data.Scaling;
import dev.tunefleet.worker.data.Series;

import static dev.tunefleet.worker.train.Trials.SMALL;
import static dev.tunefleet.worker.train.Trials.aTrial;
import static dev.tunefleet.worker.train.Trials.aWaveStudy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ForecasterTest {

    @TempDir
    Path folder;

    private BlobStore blobs;
    private AttemptRunner runner;

    @BeforeEach
    void storeNothingYet() {
        blobs = new FileBlobStore(folder);
        var patient = new PatientBlobs(blobs, Duration.ZERO);
        var limits = new Limits(1L << 30, Duration.ofHours(1));
        runner = new AttemptRunner(patient, new Datasets(patient, 1 << 20), limits, new Trials.SilentMeasures());
    }

    @Test
    void forecastsOfTheTestPartAreThoseThatTheModelWasMeasuredWith() throws IOException {
        StudySpec study = aWaveStudy(3);

        assertThat(errorOfForecasts(study, Trials.waveCsv())).isCloseTo(measured(study), within(1e-6));
    }

    @Test
    void soTheyAreWithDatesACalendarAndWindowsLessTheirMean() throws IOException {
        StudySpec study = aDatedStudy();

        assertThat(errorOfForecasts(study, datedCsv(1))).isCloseTo(measured(study), within(1e-6));
    }

    @Test
    void whatFollowsTheLastRowIsForecastWithoutKnowingIt() throws IOException {
        StudySpec study = aWaveStudy(3);
        Forecaster forecaster = train(study, Trials.waveCsv());
        Series whole = series(study, Trials.waveCsv());
        Series cut = series(study, Trials.waveCsv().lines().limit(401).collect(Collectors.joining("\n")));

        Forecaster.Forecast last = forecaster.afterLast(cut);

        assertThat(last.origin()).isEqualTo(400);
        assertThat(last.steps()).hasDimensions(3, 1);
        assertThat(last.steps())
                .isDeepEqualTo(forecaster.afterEach(whole).stream()
                        .filter(forecast -> forecast.origin() == 400)
                        .findFirst()
                        .orElseThrow()
                        .steps());
    }

    @Test
    void fewerRowsThanTheModelLooksBackOnAreRefused() throws IOException {
        StudySpec study = aWaveStudy(1);
        Forecaster forecaster = train(study, Trials.waveCsv());

        assertThatThrownBy(() -> forecaster.afterLast(series(study, "y\n1\n2\n3\n")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("at least the 12 rows")
                .hasMessageContaining("has 3");
    }

    @Test
    void rowsOfAnotherStepAreRefused() throws IOException {
        StudySpec study = aDatedStudy();
        Forecaster forecaster = train(study, datedCsv(1));

        assertThatThrownBy(() -> forecaster.afterLast(series(study, datedCsv(2))))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("1 day")
                .hasMessageContaining("2 days");
    }

    @Test
    void whatIsNoModelIsRefused() {
        assertThatThrownBy(() -> Forecaster.read("no zip".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("scaler.json");
    }

    @Test
    void aModelThatUnpacksToFarMoreThanAScalerIsRefused() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(packed)) {
            zip.putNextEntry(new ZipEntry("scaler.json"));
            zip.write(new byte[20_000_000]);
        }

        assertThatThrownBy(() -> Forecaster.read(packed.toByteArray()))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("The entry (scaler.json) of a model must have at most 10000000 bytes");
    }

    private Forecaster train(StudySpec study, String csv) throws IOException {
        return Forecaster.read(blobs.get(completed(study, csv).model()));
    }

    private TrialEvent.TrialCompleted completed(StudySpec study, String csv) throws IOException {
        blobs.put(study.data().uri(), csv.getBytes(StandardCharsets.UTF_8));
        return (TrialEvent.TrialCompleted)
                run(aTrial(study, SMALL, study.budget().epochs()));
    }

    /** The mean squared error of standardised forecasts over all origins of the test part. */
    private double errorOfForecasts(StudySpec study, String csv) throws IOException {
        Forecaster forecaster = train(study, csv);
        Series series = series(study, csv);
        ForecastData data = ForecastData.of(series, study);
        Scaling scaling = data.targetScaling();
        float[] actual = series.column("y");
        double sum = 0;
        int count = 0;
        for (Forecaster.Forecast forecast : forecaster.afterEach(series)) {
            if (Arrays.binarySearch(data.origins().test(), forecast.origin()) >= 0) {
                for (int step = 0; step < forecast.steps().length; step++) {
                    double error = forecast.steps()[step][0] - actual[forecast.origin() + step];
                    sum += Math.pow(error / scaling.deviations().getFirst(), 2);
                    count++;
                }
            }
        }
        return sum / count;
    }

    /** What a worker reports of the same model. */
    private double measured(StudySpec study) throws IOException {
        String csv = new String(blobs.get(blobs.describe(study.data().uri())), StandardCharsets.UTF_8);
        TrialEvent.TrialCompleted completed = completed(study, csv);
        var winner = new Assignment.FinalEvaluation(
                new AttemptId(completed.trial(), 2), study, SMALL, completed.model(), Optional.empty());
        return ((TrialEvent.TestEvaluated) run(winner)).model().errors().get(Metric.MSE);
    }

    private TrialEvent run(Assignment assignment) {
        return runner.run(
                assignment,
                new Execution(assignment.attempt(), UUID.randomUUID(), "worker-1"),
                () -> Signal.GO_ON,
                event -> CompletableFuture.completedStage(null));
    }

    private static Series series(StudySpec study, String csv) throws IOException {
        return CsvReader.read("rows.csv", new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), study.data());
    }

    private static StudySpec aDatedStudy() {
        return aWaveStudy(3)
                .withData(new DataSource(
                        "datasets/dated.csv",
                        Optional.of("date"),
                        List.of("y"),
                        List.of(),
                        3,
                        new Calendar.Features(List.of(CalendarFeature.DAY_OF_WEEK)),
                        MissingValues.REFUSE,
                        new Stride.Automatic(),
                        Centring.WINDOW));
    }

    private static String datedCsv(int days) {
        List<String> wave = Trials.waveCsv().lines().toList();
        var csv = new StringBuilder("date,y\n");
        for (int row = 1; row < wave.size(); row++) {
            csv.append(LocalDate.of(2020, 1, 1).plusDays((long) days * row))
                    .append(',')
                    .append(wave.get(row))
                    .append('\n');
        }
        return csv.toString();
    }
}
