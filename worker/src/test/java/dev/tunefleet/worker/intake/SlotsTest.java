package dev.tunefleet.worker.intake;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SlotsTest {

    private record Ticket(String name, boolean alone) implements Slots.Ticket {}

    private static final Ticket A = new Ticket("a", false);
    private static final Ticket B = new Ticket("b", false);
    private static final Ticket LONER = new Ticket("loner", true);

    private final Slots slots = new Slots(2);

    @Test
    void noMoreIsTakenThanThereAreSlots() {
        slots.admit(A);
        boolean withOne = slots.mayTake();
        slots.admit(B);

        assertThat(withOne).isTrue();
        assertThat(slots.mayTake()).isFalse();
        assertThat(slots.busy()).isEqualTo(2);
        assertThatIllegalStateException().isThrownBy(() -> slots.admit(LONER));
    }

    @Test
    void aFreedSlotMayBeTakenAgain() {
        slots.admit(A);
        slots.admit(B);

        slots.release(A);

        assertThat(slots.mayTake()).isTrue();
        assertThat(slots.busy()).isEqualTo(1);
    }

    @Test
    void aTicketThatMustBeAloneWaitsForTheOthersAndKeepsNewOnesOut() {
        slots.admit(A);

        boolean begins = slots.admit(LONER);

        assertThat(begins).isFalse();
        assertThat(slots.mayTake()).isFalse();
        assertThat(slots.busy()).isEqualTo(2);
        assertThat(slots.release(A)).containsExactly(LONER);
        assertThat(slots.mayTake()).isFalse();
    }

    @Test
    void nothingIsTakenWhileATicketRunsAlone() {
        boolean begins = slots.admit(LONER);
        boolean beside = slots.mayTake();

        slots.release(LONER);

        assertThat(begins).isTrue();
        assertThat(beside).isFalse();
        assertThat(slots.mayTake()).isTrue();
    }

    @Test
    void aDrainingWorkerTakesNothing() {
        slots.drain();

        assertThat(slots.mayTake()).isFalse();
    }
}
