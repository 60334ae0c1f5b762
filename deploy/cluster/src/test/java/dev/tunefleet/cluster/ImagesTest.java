package dev.tunefleet.cluster;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void aTrialThatExhaustsTheHeapEndsAloneAndNotItsWorker() throws IOException {
        assertThat(options("worker")).noneMatch(option -> option.contains("OnOutOfMemoryError"));
    }

    @Test
    void aSlotHasOneThreadOfLinearAlgebraAndTheVectorModule() throws IOException {
        assertThat(stage("worker")).contains("OMP_NUM_THREADS=1").contains("OPENBLAS_NUM_THREADS=1");
        assertThat(options("worker")).contains("--add-modules=jdk.incubator.vector");
    }

    @Test
    void keysThatABuildNumberedByChanceAreNumberedAnew(@TempDir Path folder) throws IOException, InterruptedException {
        Path first = generated(folder.resolve("first.jar"), List.of("proxykey7", "proxykey3", "proxykeys"));
        Path second = generated(folder.resolve("second.jar"), List.of("proxykey1", "proxykey12", "proxykeys"));
        Path other = generated(folder.resolve("other.jar"), List.of("proxykey7", "proxykey7", "proxykeys"));

        for (Path jar : List.of(first, second, other)) {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            Repository.Output output = Repository.run(FOLDER, List.of("env", java, "SettleKeys.java", jar.toString()));
            assertThat(output.exitCode()).as(output.text()).isZero();
        }

        assertThat(first).hasSameBinaryContentAs(second);
        assertThat(Files.readAllBytes(other)).isNotEqualTo(Files.readAllBytes(first));
    }

    /** A jar with a class that mentions {@code constants} one after the other. */
    private static Path generated(Path jar, List<String> constants) throws IOException {
        byte[] type = ClassFile.of()
                .build(
                        ClassDesc.of("Generated"),
                        builder -> builder.withMethodBody(
                                "run", MethodTypeDesc.ofDescriptor("()V"), ClassFile.ACC_STATIC, code -> {
                                    constants.forEach(constant ->
                                            code.loadConstant(constant).pop());
                                    code.return_();
                                }));
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            var entry = new ZipEntry("Generated.class");
            entry.setTime(0);
            out.putNextEntry(entry);
            out.write(type);
        }
        return jar;
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
