package dev.tunefleet.coordinator.study;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Scheduler;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrialEvent;

import static dev.tunefleet.coordinator.study.Scenario.DATASET;
import static dev.tunefleet.coordinator.study.Scenario.aRunningTrial;
import static dev.tunefleet.coordinator.study.Scenario.aStudy;
import static org.assertj.core.api.Assertions.assertThat;

class StorageTest {

    @Test
    void anEpochChangesNothingThatIsStored() {
        Scenario scenario = aRunningTrial();

        Decision decision = scenario.study()
                .decide(new TrialEvent.EpochMeasured(
                        scenario.execution(0), new SimulatedTraining(1, 9).measurement(1)));

        assertThat(decision.facts()).singleElement().isInstanceOf(Fact.EpochMeasured.class);
        assertThat(scenario.study().changes()).isEqualTo(new Changes(Optional.empty(), List.of(), List.of()));
    }

    @Test
    void aCheckpointWritesItsTrialAlone() {
        Scenario scenario = aRunningTrial();

        scenario.study()
                .decide(new TrialEvent.CheckpointStored(
                        scenario.execution(0), new Checkpoint(2, new BlobRef("checkpoints/births/0/2", "aa", 3))));

        Changes changes = scenario.study().changes();
        assertThat(changes.study()).isEmpty();
        assertThat(changes.trials().stream().map(TrialEntity::number)).containsExactly(0);
    }

    @Test
    void aResultWritesItsTrialAndTheStudyHoweverManyTrialsThereAre() {
        Scenario scenario = aStudy().trials(100).running();
        for (int trial = 0; trial < 60; trial++) {
            scenario.done(trial, 0.5);
        }
        scenario.started(60);

        scenario.study().decide(Scenario.completion(scenario.execution(60), 0.4));

        Changes changes = scenario.study().changes();
        assertThat(changes.study()).isPresent();
        assertThat(changes.trials().stream().map(TrialEntity::number)).containsExactly(60);
    }

    @Test
    void whatIsLoadedDoesNotDependOnTheOrderOfTheTrials() {
        Scenario scenario = aStudy().scheduler(Scheduler.Asha.DEFAULT)
                .trials(40)
                .parallel(4)
                .running();
        IntStream.range(0, 4).forEach(scenario::started);
        IntStream.range(0, 4).forEach(trial -> scenario.rung(trial, 3, 0.1 * trial));
        List<TrialEntity> trials = scenario.study().trials();

        Study loaded = Study.load(scenario.study().entity(), trials.reversed());

        assertThat(loaded.standing()).isEqualTo(scenario.study().standing());
    }

    @Test
    void anEventOfAnUnknownStudyLeavesNoTrace() {
        Study unknown = Study.absent(new StudyId("births"));
        Scenario known = aRunningTrial();

        Decision decision = unknown.decide(Scenario.completion(known.execution(0), 0.5));

        assertThat(decision).isEqualTo(Decision.NOTHING);
        assertThat(unknown.changes().study()).isEmpty();
    }

    @Test
    void aRefusalByAStudyThatDoesNotExistIsNotStored() {
        Study unknown = Study.absent(new StudyId("births"));

        unknown.decide(new Command.PauseStudy(new RequestId("pause")));

        assertThat(unknown.changes().study()).isEmpty();
    }

    @Test
    void aStudyIsOneFactAtATimeTheSameAsInOneDecision() {
        Study decided = Study.absent(new StudyId("births"));
        Study replayed = Study.absent(new StudyId("births"));

        Decision decision = decided.decide(new Command.CreateStudy(
                new RequestId("create"), aStudy().guided().spec(), DATASET));
        decision.facts().forEach(replayed::replay);

        assertThat(replayed.standing()).isEqualTo(decided.standing());
    }
}
