package dev.tunefleet.coordinator.study;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.trial.StudyId;

import static dev.tunefleet.coordinator.study.Scenario.aConfiguration;
import static dev.tunefleet.coordinator.study.Scenario.aRunningTrial;
import static dev.tunefleet.coordinator.study.Scenario.aStudy;
import static org.assertj.core.api.Assertions.assertThat;

class RequestTest {

    @Test
    void aPausedStudyHandsOutNothingNewAndLetsWhatRunsGoOn() {
        Scenario scenario = aStudy().parallel(2).running().started(0).started(1);

        scenario.ask(new Command.PauseStudy(scenario.request()))
                .epoch(0, 1, 0.5)
                .completed(0, 0.5);

        assertThat(scenario.published()).hasSize(2);
        assertThat(scenario.trial(0).state()).isInstanceOf(TrialState.Completed.class);
        assertThat(scenario.trial(1).stopping()).isFalse();
    }

    @Test
    void anAttemptLostInAPauseIsHandedOutWhenTheStudyGoesOn() {
        Scenario scenario = aRunningTrial().ask(new Command.PauseStudy(new RequestId("pause")));
        scenario.silence(21);
        assertThat(scenario.published()).hasSize(1);

        scenario.ask(new Command.ResumeStudy(scenario.request()));

        assertThat(scenario.lastPublished().attempt().number()).isEqualTo(2);
    }

    @Test
    void aRequestThatComesTwiceIsCarriedOutOnce() {
        Scenario scenario = aStudy().running();
        var pause = new Command.PauseStudy(scenario.request());
        scenario.ask(pause).ask(new Command.ResumeStudy(scenario.request()));

        scenario.ask(pause);

        assertThat(scenario.state()).isEqualTo(StudyState.RUNNING);
        assertThat(scenario.facts(Fact.RequestAnswered.class)).hasSize(3);
    }

    @Test
    void aRequestThatWasRefusedStaysRefused() {
        Scenario scenario = aStudy().running();
        var cancel = new Command.CancelTrial(scenario.request(), 1);
        scenario.ask(cancel).done(0, 0.5);

        scenario.ask(cancel);

        assertThat(scenario.trial(1).state()).isEqualTo(new TrialState.Queued(true));
    }

    @Test
    void aCancelledTrialIsStoppedAndItsSlotGoesToTheNext() {
        Scenario scenario = aRunningTrial();

        scenario.ask(new Command.CancelTrial(scenario.request(), 0));

        assertThat(scenario.trial(0).state()).isInstanceOf(TrialState.Cancelled.class);
        assertThat(scenario.effects(Effect.Direct.class).getLast().directive().stops(scenario.execution(0)))
                .isTrue();
        assertThat(scenario.lastPublished().attempt().trial().number()).isOne();
    }

    @Test
    void theResultOfACancelledTrialIsIgnored() {
        Scenario scenario = aRunningTrial().ask(new Command.CancelTrial(new RequestId("cancel"), 0));

        scenario.completed(0, 0.1);

        assertThat(scenario.study().entity().best()).isEmpty();
        assertThat(scenario.facts(Fact.LateEventIgnored.class)).hasSize(1);
    }

    @Test
    void cancellingATrialThatHasEndedIsRefused() {
        Scenario scenario = aRunningTrial().completed(0, 0.5);

        scenario.ask(new Command.CancelTrial(scenario.request(), 0));

        assertThat(scenario.facts(Fact.RequestRefused.class).getLast().reason())
                .isEqualTo("The trial (0) of study births must not have ended; it is Completed.");
    }

    @Test
    void anIllegalConfigurationIsRefusedWithItsParameter() {
        Scenario scenario = aStudy().running();

        scenario.ask(
                new Command.EnqueueTrial(scenario.request(), aConfiguration(1).with(Guide.DROPOUT, Value.of(0.9))));

        assertThat(scenario.facts(Fact.RequestRefused.class).getLast().reason())
                .isEqualTo("The parameter dropout (0.9) must be a number from 0.1 to 0.5.");
    }

    @Test
    void aConfigurationThatIsKnownIsNotEnqueuedAgain() {
        Scenario scenario = aStudy().running();

        scenario.ask(
                new Command.EnqueueTrial(scenario.request(), scenario.trial(0).configuration()));

        assertThat(scenario.study().trials()).hasSize(1);
        assertThat(scenario.facts(Fact.RequestRefused.class)).hasSize(1);
    }

    @Test
    void nothingIsAskedOfAStudyThatDoesNotExist() {
        Scenario scenario = new Scenario(aStudy().spec(), true);

        scenario.ask(new Command.PauseStudy(scenario.request()));

        assertThat(scenario.facts(Fact.RequestRefused.class).getLast().reason())
                .isEqualTo("The study births (ABSENT) cannot be paused now.");
    }

    @Test
    void aStudyUnderTheWrongKeyIsRefused() {
        Study study = Study.absent(new StudyId("deaths"));

        Decision decision =
                study.decide(new Command.CreateStudy(new RequestId("create"), aStudy().spec(), Scenario.DATASET));

        assertThat(decision.facts()).singleElement().isInstanceOf(Fact.RequestRefused.class);
    }
}
