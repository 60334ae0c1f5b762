package dev.tunefleet.worker.intake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.trial.Directive;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.worker.train.Signal;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of a record up to the training, and what is reported while that goes on. */
class WorkbenchTest extends WithWorkbench {

    @Test
    void aRecordIsAnnouncedBeforeItIsAcceptedAndAcceptedBeforeItRuns() {
        workbench.take(delivery(trial(1, false)));
        runSlots();

        assertThat(log)
                .containsExactly("delivered TrialStarted", "accepted", "ran births/1#1", "delivered TrialReleased");
        assertThat(workbench.idle()).isTrue();
        assertThat(workbench.wantsWork()).isTrue();
    }

    @Test
    void aRecordThatCannotBeAnnouncedIsGivenToSomebodyElse() {
        reports.away = true;

        workbench.take(delivery(trial(1, false)));
        runSlots();

        assertThat(log).containsExactly("released");
        assertThat(workbench.wantsWork()).isTrue();
    }

    @Test
    void nothingIsTakenWhileWhatEveryTrialNeedsIsAway() {
        equipped = false;
        boolean without = workbench.wantsWork();

        equipped = true;

        assertThat(without).isFalse();
        assertThat(workbench.wantsWork()).isTrue();
    }

    @Test
    void anUnreadableRecordIsBuriedAndItsTrialReportedByTheKey() {
        byte[] unreadable = "{\"type\":\"of tomorrow\",\"version\":1,\"body\":{\"attempt\":{\"number\":3}}}"
                .getBytes(StandardCharsets.UTF_8);

        workbench.take(delivery("births/7", unreadable));

        assertThat(log).containsExactly("buried", "delivered TrialFailed", "rejected");
        assertThat(events.getFirst()).isInstanceOfSatisfying(TrialEvent.TrialFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.INVALID_DATA);
            assertThat(failed.execution().attempt()).isEqualTo(attempt(7, 3));
            assertThat(failed.message()).contains("of tomorrow");
        });
    }

    @Test
    void aRecordThatLacksFieldsIsBuriedAndTheNextOneIsTaken() {
        byte[] empty = "{\"type\":\"trial-spec\",\"version\":1,\"body\":{}}".getBytes(StandardCharsets.UTF_8);

        workbench.take(delivery("births/7", empty));
        workbench.take(delivery(trial(1, false)));
        runSlots();

        assertThat(log)
                .startsWith("buried", "delivered TrialFailed", "rejected", "delivered TrialStarted")
                .contains("ran births/1#1");
    }

    @Test
    void anUnreadableRecordThatCannotBeBuriedIsGivenBack() {
        graveyardAway = true;

        workbench.take(delivery("births/7", new byte[] {1, 2}));

        assertThat(log).containsExactly("released");
    }

    @Test
    void anUnreadableRecordWithoutAUsableKeyIsBuriedAlone() {
        workbench.take(delivery("nonsense", new byte[] {1, 2}));

        assertThat(log).containsExactly("buried", "rejected");
        assertThat(workbench.wantsWork()).isTrue();
    }

    @Test
    void anUnreadableRecordWhoseFailureCannotBeReportedComesAgain() {
        reports.away = true;

        workbench.take(delivery("births/7", new byte[] {1, 2}));

        assertThat(log).containsExactly("buried", "released");
        assertThat(workbench.wantsWork()).isTrue();
    }

    @Test
    void anAttemptThatADirectiveStopsIsNotBegun() {
        directives.put("births/1", new Directive.StopTrial(attempt(1, 1)));

        workbench.take(delivery(trial(1, false)));
        runSlots();

        assertThat(log).containsExactly("accepted", "sent TrialStopped");
    }

    @Test
    void aDirectiveStopsTheExecutionThatRuns() {
        var seen = new ArrayList<Signal>();
        during = signals -> {
            seen.add(signals.get());
            directives.put("births/1", new Directive.StopStudy(new StudyId("births")));
            workbench.directivesChanged();
            seen.add(signals.get());
        };

        workbench.take(delivery(trial(1, false)));
        runSlots();

        assertThat(seen).containsExactly(Signal.GO_ON, Signal.STOP);
    }

    @Test
    void anotherExecutionThatOwnsTheAttemptStopsThisOne() {
        workbench.take(delivery(trial(1, false)));
        directives.put("births/1", new Directive.Own(attempt(1, 1), java.util.UUID.randomUUID()));

        runSlots();

        assertThat(log).containsExactly("delivered TrialStarted", "accepted", "delivered TrialStopped");
    }

    @Test
    void aSilentExecutionIsReportedAliveEveryFewSeconds() {
        during = signals -> {
            for (int second = 0; second < 10; second++) {
                now += SECOND;
                workbench.beat();
            }
        };

        workbench.take(delivery(trial(1, false)));
        runSlots();

        assertThat(events)
                .filteredOn(TrialEvent.TrialProgressed.class::isInstance)
                .hasSize(2);
    }

    @Test
    void aTrialThatMustBeAloneIsSaidToWaitUntilItBegins() {
        workbench.take(delivery(trial(1, false)));
        workbench.take(delivery(trial(2, true)));
        boolean wants = workbench.wantsWork();
        now += 5 * SECOND;
        workbench.beat();

        runSlots();

        assertThat(wants).isFalse();
        assertThat(log.subList(0, 4))
                .containsExactly("delivered TrialStarted", "accepted", "delivered TrialWaits", "accepted");
        assertThat(log.subList(4, 6)).containsExactlyInAnyOrder("sent TrialProgressed", "sent TrialWaits");
        assertThat(log.subList(6, log.size()))
                .containsExactly(
                        "ran births/1#1",
                        "delivered TrialReleased",
                        "delivered TrialStarted",
                        "ran births/2#1",
                        "delivered TrialReleased");
        assertThat(workbench.idle()).isTrue();
    }

    @Test
    void aTrialThatHasWaitedIsReportedAliveLikeAnyOtherOnceItRuns() {
        workbench.take(delivery(trial(1, false)));
        workbench.take(delivery(trial(2, true)));
        slotsToRun.poll().run();
        during = signals -> {
            now += 5 * SECOND;
            workbench.beat();
        };

        runSlots();

        assertThat(log).endsWith("ran births/2#1", "sent TrialProgressed", "delivered TrialReleased");
    }
}
