package dev.tunefleet.local.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A clock that is put forward by hours and back again while a coordinator and a worker go by it. */
class ClockJumpIT extends WithFleet {

    /** From an hour on brokers refuse what is dated so far ahead of their own clock, unless they are set as ours are. */
    private static final Duration FORWARD = Duration.ofHours(2);

    @Test
    void aClockThatJumpsForwardStopsNothingAndOneThatIsSetBackEndsProgramsThatGoOnWhenStartedAgain() throws Exception {
        Optional<ShiftedClock> possible = ShiftedClock.in(folder);
        assumeTrue(possible.isPresent(), "The clock of a process can be shifted with the package faketime of Debian.");
        ShiftedClock clock = possible.get();
        start(SMALLEST, FragilePrograms.Unusual.everywhere(clock.environment()));
        List<Victim> programs = List.of(fleet().coordinators().getFirst(), worker());
        begin("{trials: 1, epochs: 1000000, time: 30m}", Epochs.TENTHS);
        awaitThat(() -> ledger().count("checkpoint-advanced") > 0);

        clock.shift(FORWARD);
        Instant lateEnoughForALoss = Instant.now().plus(FORWARD).plus(NOTICED);
        awaitThat(() -> ledger().newest().isAfter(lateEnoughForALoss));
        assertThat(programs).allMatch(Victim::alive);
        assertThat(trial(0).attempts()).isOne();

        clock.shift(Duration.ZERO);
        awaitThat(() -> programs.stream().noneMatch(Victim::alive));
        int known = ledger().count("epoch-measured");
        for (Victim ended : programs) {
            assertThat(Files.readString(log(ended))).contains("The clock of the system must not be set back");
            ended.startAgain();
        }

        awaitThat(() -> ledger().count("epoch-measured") > known + 10);
        Ledger ledger = stopped();
        assertThat(ledger.charged()).isZero();
        assertThat(ledger.resumed()).isPositive();
    }

    private Path log(Victim victim) {
        return folder.resolve("logs").resolve(victim.name() + ".log");
    }
}
