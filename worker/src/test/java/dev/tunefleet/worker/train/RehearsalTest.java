package dev.tunefleet.worker.train;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Centring;
import dev.tunefleet.common.spec.DataSource;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.worker.data.CsvReader;
import dev.tunefleet.worker.data.ForecastData;
import dev.tunefleet.worker.lstm.Dataset;
import dev.tunefleet.worker.lstm.Values;
import dev.tunefleet.worker.lstm.Windows;

import static dev.tunefleet.worker.train.Trials.SMALL;
import static dev.tunefleet.worker.train.Trials.aWaveStudy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RehearsalTest {

    @Test
    void whatIsTrainedOnIsRelativeToTheWindowWhereTheStudyCentres() throws IOException {
        PreparedData prepared = centred();
        int[] origins = prepared.data().origins().training();
        float[] answers = prepared.answers(12);

        Dataset set = Trainer.trainingSet(prepared.data(), 12, answers);

        assertThat(((Windows) set.samples()).centred()).isEqualTo(1);
        assertThat(((Values) set.targets()).values()).isSameAs(answers);
        float[] plain = prepared.data().answers(origins);
        prepared.data().shift(answers, 12, origins, 1);
        assertThat(answers).containsExactly(plain, within(1e-5f));
    }

    @Test
    void aRehearsalCountsTheWindowsOfAnEpoch() throws IOException {
        PreparedData prepared = centred();
        Settings settings = Settings.of(aWaveStudy(1), SMALL, 7, 1);

        Rehearsal rehearsal = Rehearsal.of(settings, prepared, 1e-3);

        assertThat(rehearsal.samplesPerEpoch())
                .isBetween(1, prepared.data().origins().training().length);
        assertThat(rehearsal.samplesPerSecond()).isPositive();
    }

    private static PreparedData centred() throws IOException {
        DataSource plain = aWaveStudy(1).data();
        StudySpec study = aWaveStudy(1)
                .withData(new DataSource(
                        plain.uri(),
                        plain.time(),
                        plain.targets(),
                        plain.inputs(),
                        plain.horizon(),
                        plain.calendar(),
                        plain.missing(),
                        plain.stride(),
                        Centring.WINDOW));
        var csv = new ByteArrayInputStream(Trials.waveCsv().getBytes(StandardCharsets.UTF_8));
        return PreparedData.of(ForecastData.of(CsvReader.read("wave.csv", csv, study.data()), study));
    }
}
