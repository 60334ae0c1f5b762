package dev.tunefleet.coordinator.stream;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.WorkerStatus;

import static org.assertj.core.api.Assertions.assertThat;

class CapacityTest {

    private static final StudyId A = new StudyId("a");
    private static final StudyId B = new StudyId("b");
    private static final StudyId C = new StudyId("c");

    private long elapsed;
    private final Capacity capacity = new Capacity(() -> elapsed);

    @Test
    void aWorkerThatWasNotHeardFor15SecondsHasNoSlots() {
        capacity.heard(new WorkerStatus("w1", 4, 0, 1));
        elapsed += Duration.ofSeconds(10).toNanos();
        capacity.heard(new WorkerStatus("w2", 2, 0, 1));

        elapsed += Duration.ofSeconds(6).toNanos();

        assertThat(capacity.liveSlots()).isEqualTo(2);
    }

    @Test
    void oneStudyAloneMayUseEverySlotAndOneMoreForEachTen() {
        capacity.heard(new WorkerStatus("w1", 20, 0, 1));
        capacity.wanted(A, 100);

        assertThat(capacity.shareOf(A)).isEqualTo(22);
    }

    @Test
    void whoWantsLessThanAnEqualPartLeavesTheRestToTheOthers() {
        capacity.heard(new WorkerStatus("w1", 9, 0, 1));
        capacity.wanted(A, 1);
        capacity.wanted(B, 100);
        capacity.wanted(C, 100);

        assertThat(capacity.shareOf(A)).isEqualTo(1 + 1);
        assertThat(capacity.shareOf(B)).isEqualTo(4 + 1);
        assertThat(capacity.shareOf(C)).isEqualTo(4 + 1);
    }

    @Test
    void noStudyStarvesWhereThereAreMoreStudiesThanSlots() {
        capacity.heard(new WorkerStatus("w1", 1, 0, 1));
        capacity.wanted(A, 5);
        capacity.wanted(B, 5);

        assertThat(capacity.shareOf(A)).isPositive();
        assertThat(capacity.shareOf(B)).isPositive();
    }

    @Test
    void withoutAWorkerNothingIsHandedOut() {
        capacity.wanted(A, 5);

        assertThat(capacity.shareOf(A)).isZero();
        assertThat(capacity.slotsWanted()).isEqualTo(5);
    }

    @Test
    void noMoreSlotsAreWantedThanTheFleetMayHave() {
        var bounded = new Capacity(() -> elapsed, 40);
        bounded.wanted(A, 30);
        assertThat(bounded.slotsWanted()).isEqualTo(30);

        bounded.wanted(B, Integer.MAX_VALUE);

        assertThat(bounded.slotsWanted()).isEqualTo(40);
    }

    @Test
    void aStudyThatWantsNothingAnyMoreIsForgotten() {
        capacity.heard(new WorkerStatus("w1", 4, 0, 1));
        capacity.wanted(A, 4);
        capacity.wanted(B, 4);

        capacity.wanted(B, 0);

        assertThat(capacity.shareOf(A)).isEqualTo(4 + 1);
        assertThat(capacity.slotsWanted()).isEqualTo(4);
    }
}
