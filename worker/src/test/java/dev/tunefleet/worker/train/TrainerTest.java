package dev.tunefleet.worker.train;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.spec.Training;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.worker.data.CsvReader;
import dev.tunefleet.worker.data.EpochOrder;
import dev.tunefleet.worker.data.ForecastData;
import dev.tunefleet.worker.data.Naive;
import dev.tunefleet.worker.train.Trials.Recorder;

import static dev.tunefleet.worker.train.Trials.SMALL;
import static dev.tunefleet.worker.train.Trials.aTrial;
import static dev.tunefleet.worker.train.Trials.aWaveStudy;
import static org.assertj.core.api.Assertions.assertThat;

class TrainerTest {

    private static final PreparedData WAVE = wave();
    private static final Configuration WILD = SMALL.with(Guide.LEARNING_RATE, Value.of(0.1));

    @Test
    void trainingLearnsAWaveBetterThanNaiveForecastsDo() {
        Recorder recorder = Recorder.patient();

        Outcome outcome = train(SMALL, 15, 15, begin(SMALL), recorder);

        var completed = (Outcome.Completed) outcome;
        double persistence = Naive.baselines(WAVE.data(), WAVE.data().origins().ranking())
                .getFirst()
                .scores()
                .errors()
                .get(Metric.MSE);
        assertThat(completed.result().value()).isLessThan(persistence / 4);
        assertThat(completed.validation().errors().get(Metric.MSE))
                .isEqualTo(completed.result().value());
        assertThat(recorder.measurements).extracting(Measurement::epoch).startsWith(1, 2, 3);
    }

    @Test
    void aResumedTrainingIsEqualToAnUndisturbedOneBitForBit() throws IOException {
        Recorder whole = Recorder.patient();
        var undisturbed = (Outcome.Completed) train(SMALL, 8, 8, begin(SMALL), whole);

        Recorder first = Recorder.patient();
        var rung = (Outcome.RungReached) train(SMALL, 3, 8, begin(SMALL), first);
        Recorder second = new Recorder(batch -> batch < 15 ? Signal.GO_ON : Signal.RELEASE);
        var released = (Outcome.Released) train(SMALL, 8, 8, stored(rung.progress()), second);
        Recorder third = Recorder.patient();
        var resumed = (Outcome.Completed) train(SMALL, 8, 8, stored(released.progress()), third);

        assertThat(released.progress().epoch()).isEqualTo(4);
        assertThat(resumed.parameters()).containsExactly(undisturbed.parameters());
        assertThat(resumed.result().value()).isEqualTo(undisturbed.result().value());
        assertThat(resumed.result().bestEpoch()).isEqualTo(undisturbed.result().bestEpoch());
        assertThat(java.util.stream.Stream.of(first, second, third)
                        .flatMap(recorder -> recorder.measurements.stream())
                        .map(Measurement::stopValue))
                .containsExactlyElementsOf(
                        whole.measurements.stream().map(Measurement::stopValue).toList());
    }

    @Test
    void aTruncatedTrainingResumesBitForBitToo() throws IOException {
        var undisturbed = (Outcome.Completed) train(truncated(5), SMALL, 4, begin(SMALL));

        var rung = (Outcome.RungReached) train(truncated(5), SMALL, 2, begin(SMALL));
        var resumed = (Outcome.Completed) train(truncated(5), SMALL, 4, stored(rung.progress()));

        assertThat(resumed.parameters()).containsExactly(undisturbed.parameters());
        var whole = (Outcome.Completed) train(aWaveStudy(4), SMALL, 4, begin(SMALL));
        assertThat(resumed.parameters()).isNotEqualTo(whole.parameters());
    }

    @Test
    void aTruncationBeyondTheWindowChangesNothing() {
        var whole = (Outcome.Completed) train(aWaveStudy(4), SMALL, 4, begin(SMALL));

        for (int truncation : new int[] {12, 1000}) {
            var same = (Outcome.Completed) train(truncated(truncation), SMALL, 4, begin(SMALL));

            assertThat(same.parameters()).containsExactly(whole.parameters());
        }
    }

    @Test
    void aTrialThatTakesTooLongEndsWithinItsEpoch() {
        Recorder recorder = Recorder.patient();

        Outcome outcome = train(limited(Duration.ofNanos(1)), SMALL, 4, begin(SMALL), recorder);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.TimedOut.class, late -> {
            assertThat(late.message()).contains("training time").contains("0 epochs");
            assertThat(late.seconds()).isPositive();
        });
        assertThat(recorder.measurements).isEmpty();
        assertThat(recorder.batches()).isEqualTo(1);
    }

    @Test
    void theTimeOfAllAttemptsCounts() {
        var rung = (Outcome.RungReached) train(aWaveStudy(4), SMALL, 2, begin(SMALL));
        Progress hour = spent(rung.progress(), 3600);

        Outcome late = train(limited(Duration.ofMinutes(59)), SMALL, 4, hour);
        Outcome inTime = train(limited(Duration.ofDays(1)), SMALL, 4, hour);

        assertThat(late).isInstanceOfSatisfying(Outcome.TimedOut.class, timedOut -> assertThat(timedOut.seconds())
                .isEqualTo(3600));
        assertThat(inTime).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void aTrialThatIsTrainedToItsEndIsCompletedHoweverLongItTook() {
        var rung = (Outcome.RungReached) train(aWaveStudy(4), SMALL, 2, begin(SMALL));

        Outcome outcome = train(limited(Duration.ofMinutes(59)), SMALL, 2, spent(rung.progress(), 3600));

        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
    }

    private static StudySpec limited(Duration time) {
        return aWaveStudy(4).withTraining(new Training(5, 1, OptionalInt.empty(), Optional.of(time)));
    }

    private static Progress spent(Progress progress, double seconds) {
        return new Progress(
                progress.epoch(),
                progress.network(),
                progress.stopping(),
                progress.bestParameters(),
                progress.firstLoss(),
                seconds);
    }

    private static StudySpec truncated(int steps) {
        return aWaveStudy(4).withTraining(new Training(5, 1, OptionalInt.of(steps), Optional.empty()));
    }

    private static Outcome train(StudySpec study, Configuration configuration, int trainTo, Progress begin) {
        return train(study, configuration, trainTo, begin, Recorder.patient());
    }

    private static Outcome train(
            StudySpec study, Configuration configuration, int trainTo, Progress begin, Recorder recorder) {
        Settings settings = Settings.of(aTrial(study, configuration, trainTo));
        try (var trainer = new Trainer(settings, WAVE.data(), WAVE.answers(settings.sequence()), begin, recorder)) {
            return trainer.run();
        }
    }

    @Test
    void theBestEpochIsKeptWhenPatienceRunsOut() {
        Recorder recorder = Recorder.patient();

        var completed = (Outcome.Completed) train(WILD, 200, 200, begin(WILD), recorder);

        List<Measurement> measured = recorder.measurements;
        double best =
                measured.stream().mapToDouble(Measurement::stopValue).min().orElseThrow();
        assertThat(completed.result().stoppedEarly()).isTrue();
        assertThat(completed.result().stopValue()).isEqualTo(best);
        assertThat(completed.result().epochs()).isEqualTo(measured.size());
        assertThat(measured.size() - completed.result().bestEpoch()).isEqualTo(5);
        assertThat(completed.result().value())
                .isEqualTo(measured.get(completed.result().bestEpoch() - 1).rankValue());
    }

    @Test
    void eachEpochTellsTheObjectiveOfTheBestOneSoFar() throws IOException {
        Recorder recorder = Recorder.patient();

        var rung = (Outcome.RungReached) train(WILD, 5, 200, begin(WILD), recorder);
        train(WILD, 200, 200, stored(rung.progress()), recorder);

        List<Measurement> measured = recorder.measurements;
        for (int epoch = 1; epoch <= measured.size(); epoch++) {
            Measurement best = measured.subList(0, epoch).stream()
                    .min(Comparator.comparingDouble(Measurement::stopValue))
                    .orElseThrow();
            assertThat(measured.get(epoch - 1).bestStopValue()).isEqualTo(best.stopValue());
            assertThat(measured.get(epoch - 1).objective()).isEqualTo(best.rankValue());
        }
        assertThat(measured).anyMatch(each -> each.objective() != each.rankValue());
    }

    @Test
    void aTrialThatNeedsNoMoreEpochsCompletesAtOnce() {
        Recorder first = Recorder.patient();
        var rung = (Outcome.RungReached) train(SMALL, 2, 4, begin(SMALL), first);
        Recorder second = Recorder.patient();

        var completed = (Outcome.Completed) train(SMALL, 2, 4, rung.progress(), second);

        assertThat(second.measurements).isEmpty();
        assertThat(completed.result()).isEqualTo(rung.result());
        assertThat(completed.parameters()).containsExactly(rung.progress().bestParameters());
    }

    @Test
    void aNumberThatIsNoneEndsTheTrialAsDiverged() {
        float[] broken = begin(SMALL).network().parameters().clone();
        broken[5] = Float.NaN;

        Outcome outcome = train(SMALL, 3, 3, Progress.none(broken), Recorder.patient());

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Diverged.class, diverged -> assertThat(diverged.message())
                .contains("not finite")
                .contains("epoch 1")
                .contains("learning rate"));
    }

    @Test
    void aTenfoldTrainingLossEndsTheTrialAsDiverged() {
        Progress begun = ((Outcome.RungReached) train(SMALL, 1, 4, begin(SMALL), Recorder.patient())).progress();
        var lucky = new Progress(
                begun.epoch(), begun.network(), begun.stopping(), begun.bestParameters(), begun.firstLoss() / 1000, 1);

        Outcome outcome = train(SMALL, 4, 4, lucky, Recorder.patient());

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Diverged.class, diverged -> assertThat(diverged.message())
                .contains("ten times"));
    }

    @Test
    void aStoppedTrainingEndsBeforeItsNextBatch() {
        Recorder recorder = new Recorder(batch -> batch < 3 ? Signal.GO_ON : Signal.STOP);

        Outcome outcome = train(SMALL, 5, 5, begin(SMALL), recorder);

        assertThat(outcome).isInstanceOf(Outcome.Stopped.class);
        assertThat(recorder.measurements).isEmpty();
    }

    @Test
    void aTrainingToldToGoDuringItsValidationHandsOverTheEpochBefore() {
        int batches = batchesOfAnEpoch();
        Recorder recorder = new Recorder(asked -> asked < batches ? Signal.GO_ON : Signal.RELEASE);

        Outcome outcome = train(SMALL, 5, 5, begin(SMALL), recorder);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Released.class, released -> assertThat(
                        released.progress().epoch())
                .isZero());
        assertThat(recorder.measurements).isEmpty();
    }

    private static int batchesOfAnEpoch() {
        Settings settings = Settings.of(aTrial(aWaveStudy(1), SMALL, 1));
        int origins = WAVE.data().origins().training().length;
        int samples = EpochOrder.of(settings.stride(), origins, settings.seed()).of(1).length;
        return Math.ceilDiv(samples, settings.batch());
    }

    @Test
    void theRegularisationTermIsInNoReportedNumber() {
        Configuration regularised = SMALL.with(Guide.L2, Value.of(0.01));
        Progress begin = begin(SMALL);

        Recorder with = Recorder.patient();
        Recorder without = Recorder.patient();
        train(regularised.with(Guide.LEARNING_RATE, Value.of(1e-12)), 1, 2, begin, with);
        train(SMALL.with(Guide.LEARNING_RATE, Value.of(1e-12)), 1, 2, begin, without);

        assertThat(with.measurements.getFirst().trainLoss())
                .isEqualTo(without.measurements.getFirst().trainLoss());
        assertThat(with.measurements.getFirst().rankValue())
                .isEqualTo(without.measurements.getFirst().rankValue());
    }

    private static Outcome train(
            Configuration configuration, int trainTo, int lastEpoch, Progress begin, Recorder recorder) {
        return train(aWaveStudy(lastEpoch), configuration, trainTo, begin, recorder);
    }

    private static Progress begin(Configuration configuration) {
        Settings settings = Settings.of(aTrial(aWaveStudy(1), configuration, 1));
        return Progress.none(NetworkFactory.initialParameters(settings.architecture(WAVE.data()), settings.seed()));
    }

    private static Progress stored(Progress progress) throws IOException {
        return CheckpointFile.read(
                CheckpointFile.write(progress), progress.network().parameters().length);
    }

    private static PreparedData wave() {
        var study = aWaveStudy(1);
        var bytes = new ByteArrayInputStream(Trials.waveCsv().getBytes(StandardCharsets.UTF_8));
        try {
            return PreparedData.of(ForecastData.of(CsvReader.read("wave.csv", bytes, study.data()), study));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
