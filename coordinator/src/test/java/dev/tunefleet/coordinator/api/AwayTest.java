package dev.tunefleet.coordinator.api;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import dev.tunefleet.common.blob.AwayBlobStore;
import dev.tunefleet.common.blob.BlobStore;
import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.wire.Json;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.study.RequestId;
import dev.tunefleet.coordinator.view.ReadModel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What clients are told while Kafka or the blob store is away. */
class AwayTest {

    private static final StudyId BIRTHS = new StudyId("births");

    private final BlobStore away = new AwayBlobStore();
    private final ReadModel model = new ReadModel(Clock.systemUTC());
    private final Requests requests = new Requests(
            (study, command) -> Uni.createFrom().failure(new IllegalStateException("Kafka is away.")),
            model,
            Duration.ofSeconds(5));

    @Test
    void aModelIsNotSaidToBeMissingWhileTheBlobStoreIsAway() {
        var resource = new BlobResource(away);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> resource.get("models/births/0.zip"))
                .satisfies(thrown -> assertThat(thrown.problem().status()).isEqualTo(503));
    }

    @Test
    void aDataSetIsNotSaidToBeMissingWhileTheBlobStoreIsAway() throws Exception {
        var resource = new StudyResource(model, new KnownStudies(model), requests, new Uploads(away, 100));
        byte[] body = Json.MAPPER.writeValueAsBytes(Specs.aStudySpec());

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> resource.create(new ByteArrayInputStream(body), Optional.empty()))
                .satisfies(thrown -> assertThat(thrown.problem().status()).isEqualTo(503));
    }

    @Test
    void aDataSetIsNotTakenWhileTheBlobStoreIsAway() {
        InputStream content = new ByteArrayInputStream(new byte[10]);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new Uploads(away, 100).store(content))
                .satisfies(thrown -> assertThat(thrown.problem().status()).isEqualTo(503));
    }

    @Test
    void aDataSetThatItsKeyDescribesIsNotRead() {
        String digest = "0123456789abcdef".repeat(4);
        String key = "datasets/" + digest + ".csv";
        var births = Specs.aStudySpec();
        var uploads = new Uploads(new SizesOnly(), 100);

        BlobRef dataset = uploads.dataset(births.withData(births.data().withUri(key)));

        assertThat(dataset).isEqualTo(new BlobRef(key, digest, SizesOnly.BYTES));
    }

    @Test
    void theKeyOfACommandThatCouldNotBeSentIsFreeForAnother() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> carryOut("pause", Command.PauseStudy::new))
                .satisfies(thrown -> assertThat(thrown.problem().status()).isEqualTo(503));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> carryOut("resume", Command.ResumeStudy::new))
                .satisfies(thrown -> assertThat(thrown.problem().status()).isEqualTo(503));
    }

    private Response carryOut(String what, Function<RequestId, Command> command) {
        return requests.carryOut(
                BIRTHS, Optional.of("key"), what, command, () -> Response.ok().build());
    }

    private static final class SizesOnly extends AwayBlobStore {

        private static final long BYTES = 26;

        @Override
        public long size(String key) {
            return BYTES;
        }
    }
}
