package dev.tunefleet.local.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tunefleet.local.client.TrialView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** The only broker is away for longer than a producer keeps what it is to send, and a trial ends meanwhile. */
class BrokersAwayIT extends WithFleet {

    /** A minute for metadata and two for a record are usual, and long for a test. */
    private static final FragilePrograms.Unusual IMPATIENT = FragilePrograms.Unusual.worker(
            Map.of(),
            "-Dmp.messaging.outgoing.events.max.block.ms=1000",
            "-Dmp.messaging.outgoing.events.delivery.timeout.ms=4000",
            "-Dmp.messaging.outgoing.events.request.timeout.ms=2000");

    @Test
    void whatATrialCameToWhileTheBrokersWereAwayIsNotLost() throws Exception {
        start(SMALLEST, IMPATIENT);
        begin("{trials: 1, epochs: 20}", Epochs.TENTHS);
        awaitThat(() -> ledger().count("epoch-measured") > 2);
        Victim broker = fleet().brokers().getFirst();
        broker.kill();
        awaitThat(() -> triesToDeliver() > 0);
        broker.startAgain();
        fleet().awaitReady(broker);

        Ledger ledger = balanced();
        assertThat(ledger.count("attempt-lost")).isZero();
        assertThat(trials()).extracting(TrialView::state, TrialView::attempts).containsExactly(tuple("COMPLETED", 1));
    }

    /** How often the brokers did not take the end of the trial. */
    private long triesToDeliver() throws Exception {
        Path log = folder.resolve("logs").resolve(worker().name() + ".log");
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("TrialCompleted") && line.contains("It is sent again."))
                    .count();
        }
    }
}
