package dev.tunefleet.local.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.blob.S3Server;
import dev.tunefleet.local.client.TrialView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A store of blobs that goes away in the middle of a study and comes back later. */
class BlobStoreAwayIT extends WithFleet {

    /** Some hundred times as long as a worker takes from one trial to the next. */
    private static final Duration A_WHILE = Duration.ofSeconds(3);

    @Test
    void noTrialIsTakenWhileTheFolderIsAwayAndNoneIsLost() throws Exception {
        Path blobs = folder.resolve("blobs");
        Path elsewhere = folder.resolve("elsewhere");
        start(SMALLEST, FragilePrograms.Unusual.blobs(blobs.toUri(), Map.of()));

        outlive(() -> Files.move(blobs, elsewhere), () -> Files.move(elsewhere, blobs));
    }

    @Test
    void noTrialIsTakenWhileTheServerIsAwayAndNoneIsLost() throws Exception {
        S3Server server = owned(S3Server.start(folder));
        Map<String, String> credentials =
                Map.of("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
        start(SMALLEST, FragilePrograms.Unusual.blobs(server.location("fleet"), credentials));

        outlive(server::close, () -> owned(S3Server.start(folder, server.port())));
    }

    private interface Step {
        void take() throws Exception;
    }

    private void outlive(Step goAway, Step comeBack) throws Exception {
        begin("{trials: 3, epochs: 100}", Epochs.MILLISECONDS);
        awaitThat(() -> ledger().count("epoch-measured") > 0);

        goAway.take();
        awaitThat(() -> ledger().count("attempt-released") > 0 && !worker().ready());
        int started = ledger().count("attempt-started");
        await().atMost(FragileFleet.LONG).during(A_WHILE).until(() -> ledger().count("attempt-started") == started);
        comeBack.take();

        Ledger ledger = balanced();
        assertThat(worker().ready()).isTrue();
        assertThat(trials()).hasSize(3).extracting(TrialView::state).containsOnly("COMPLETED");
        assertThat(ledger.charged()).isZero();
        assertThat(ledger.count("attempt-released")).isOne();
    }
}
