package dev.tunefleet.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The images and the manifests that run them agree. */
class ImagesTest {

    private static final Path FOLDER = Repository.path("deploy/images");

    @ParameterizedTest
    @ValueSource(strings = {"coordinator", "worker"})
    void theUserOfTheImageIsThatOfThePod(String program) throws IOException {
        JsonNode pod = Rendered.podOf(Rendered.overlay("production").get("Deployment", "tunefleet-" + program));
        String user = pod.at("/securityContext/runAsUser").asText() + ":"
                + pod.at("/securityContext/runAsGroup").asText();

        assertThat(stage(program)).contains("USER " + user);
    }

    @ParameterizedTest
    @ValueSource(strings = {"coordinator", "worker"})
    void theImageExposesThePortOfThePod(String program) throws IOException {
        JsonNode container =
                Rendered.containerOf(Rendered.overlay("production").get("Deployment", "tunefleet-" + program));

        assertThat(stage(program))
                .contains("EXPOSE " + container.at("/ports/0/containerPort").asText());
    }

    @Test
    void nativeLibrariesAreUnpackedIntoAVolume() throws IOException {
        String folder = options("worker").stream()
                .filter(option -> option.startsWith("-Dorg.bytedeco.javacpp.cachedir="))
                .map(option -> option.substring(option.indexOf('=') + 1))
                .findFirst()
                .orElseThrow();

        JsonNode container = Rendered.containerOf(Rendered.overlay("production").get("Deployment", "tunefleet-worker"));

        assertThat(container.path("volumeMounts"))
                .anyMatch(mount -> folder.startsWith(mount.path("mountPath").asText() + "/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"coordinator", "worker"})
    void theHeapFollowsTheContainer(String program) throws IOException {
        assertThat(options(program))
                .noneMatch(option -> option.startsWith("-Xm"))
                .anySatisfy(option -> assertThat(option).startsWith("-XX:MaxRAMPercentage="));
        assertThat(Files.readString(FOLDER.resolve("Dockerfile"))).contains("COPY " + program + ".options ");
    }

    @Test
    void aSlotHasOneThreadOfLinearAlgebraAndTheVectorModule() throws IOException {
        assertThat(stage("worker")).contains("OMP_NUM_THREADS=1").contains("OPENBLAS_NUM_THREADS=1");
        assertThat(options("worker")).contains("--add-modules=jdk.incubator.vector");
    }

    /** The lines of the Dockerfile from {@code AS program} to the next stage. */
    private static String stage(String program) throws IOException {
        String file = Files.readString(FOLDER.resolve("Dockerfile"));
        String rest = file.substring(file.indexOf(" AS " + program));
        int next = rest.indexOf("\nFROM ");
        return next < 0 ? rest : rest.substring(0, next);
    }

    private static List<String> options(String program) throws IOException {
        return Files.readAllLines(FOLDER.resolve(program + ".options"));
    }
}
