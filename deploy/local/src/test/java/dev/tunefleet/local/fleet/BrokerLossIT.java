package dev.tunefleet.local.fleet;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Three brokers with three copies of everything, of which one, then all are killed while a study runs. */
class BrokerLossIT extends WithFleet {

    /** Leaders are chosen anew and clients find them: seconds on an idle machine. */
    private static final Duration STALL = Duration.ofSeconds(60);

    @Test
    void aStudyGoesOnWithTwoOfThreeBrokersAndThroughARestartOfAll() throws Exception {
        start(new FragileFleet.Size(3, 1, 2));
        budget(1);
        awaitThat(() -> epochs() > 2);
        int trials = 1;

        for (Victim broker : fleet().brokers()) {
            broker.kill();
            awaitEpochsOf(++trials);
            broker.startAgain();
            fleet().awaitReady(broker);
        }
        fleet().brokers().forEach(Victim::kill);
        for (Victim broker : fleet().brokers()) {
            broker.startAgain();
        }
        fleet().brokers().forEach(fleet()::awaitReady);
        awaitEpochsOf(++trials);

        Ledger ledger = balanced();
        assertThat(ledger.count("trial-completed")).isEqualTo(trials);
        assertThat(ledger.unended()).isEmpty();
    }

    /** A trial more with each blow: however fast the machine, there is something left to train. */
    private void awaitEpochsOf(int trials) throws Exception {
        int known = epochs();
        budget(trials);
        await().atMost(STALL).until(() -> epochs() > known);
    }

    private void budget(int trials) throws Exception {
        begin("{trials: %d, epochs: 400}".formatted(trials), Epochs.MILLISECONDS);
    }

    private int epochs() {
        return ledger().count("epoch-measured");
    }
}
