package dev.tunefleet.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.common.studyfile.StudyFile;
import dev.tunefleet.local.broker.EmbeddedBroker;
import dev.tunefleet.local.client.Coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Both images as the manifests run them, unpacked, from a small study's beginning to its end. */
class ImagesIT {

    private static final String NO_CAPABILITY = "0000000000000000";

    @TempDir
    Path folder;

    @Test
    void aStudyRunsInTheImagesWithReadOnlyRootsAndWithoutPrivileges() throws Exception {
        assumeTrue(
                Container.possible(), "Changing the root of a process needs Linux (amd64), root, unshare and setpriv.");
        Repository.Output staged = Repository.run(
                Repository.path("deploy/images"), List.of("sh", "build", "--packaged", "--stage", "--arch", "amd64"));
        assertThat(staged.exitCode()).as(staged.text()).isZero();
        Images images = unpack();

        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"));
                RealFleet fleet = RealFleet.start(folder, RealFleet.Kafka.plain(broker.bootstrapServers()), images)) {
            for (ProcessHandle process : fleet.processes()) {
                assertWithoutPrivileges(process.pid());
                assertRootIsReadOnly(process.pid());
            }
            assertThat(fleet.processes()).anySatisfy(ImagesIT::assertStartedFromTheCache);
            Coordinator client = fleet.client();
            create(client);

            await().atMost(Duration.ofMinutes(5))
                    .untilAsserted(
                            () -> assertThat(client.study("births").state()).isEqualTo("COMPLETED"));

            assertThat(client.study("births").best()).isPresent();
            assertThat(client.study("births").test()).isPresent();
        }
    }

    private Images unpack() throws IOException, InterruptedException {
        var containers = new TreeMap<String, Container>();
        for (String program : List.of("coordinator", "worker")) {
            Image image = Image.unpack(program, folder.resolve(program), folder.resolve("stages"));
            containers.put(program, Container.of(image, folder.resolve(program + "-volumes"), emptyVolumes(program)));
        }
        // Made by the fleet before it begins.
        containers
                .get("coordinator")
                .mount("/etc/tunefleet/api-tokens", Files.createDirectories(folder.resolve("tokens")));
        return new Images(containers);
    }

    /** Where the manifest mounts volumes that begin empty. */
    private static List<String> emptyVolumes(String program) {
        JsonNode pod = Rendered.podOf(Rendered.overlay("production").get("Deployment", "tunefleet-" + program));
        var empty = Rendered.each(pod.path("volumes"))
                .filter(volume -> volume.has("emptyDir"))
                .map(volume -> volume.path("name").asText())
                .toList();
        return Rendered.each(pod.at("/containers/0/volumeMounts"))
                .filter(mount -> empty.contains(mount.path("name").asText()))
                .map(mount -> mount.path("mountPath").asText())
                .toList();
    }

    private static void assertWithoutPrivileges(long pid) throws IOException {
        Map<String, String> status = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .collect(Collectors.toMap(
                        line -> line.replaceFirst(":.*", ""),
                        line -> line.replaceFirst("[^:]*:\\s*", ""),
                        (first, second) -> first));

        assertThat(status)
                .containsEntry("Name", "java")
                .containsEntry("Uid", "10001\t10001\t10001\t10001")
                .containsEntry("Gid", "10001\t10001\t10001\t10001")
                .containsEntry("NoNewPrivs", "1");
        assertThat(List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"))
                .allSatisfy(set -> assertThat(status).containsEntry(set, NO_CAPABILITY));
    }

    private static void assertRootIsReadOnly(long pid) throws IOException {
        List<String[]> mounts = Files.readAllLines(Path.of("/proc/" + pid + "/mountinfo")).stream()
                .map(line -> line.split(" "))
                .toList();

        assertThat(mounts.stream().filter(mount -> mount[4].equals("/")))
                .isNotEmpty()
                .allSatisfy(mount -> assertThat(mount[5].split(",")).contains("ro"));
    }

    /** A cache that does not fit is not mapped. */
    private static void assertStartedFromTheCache(ProcessHandle coordinator) {
        assertThat(Path.of("/proc/" + coordinator.pid() + "/maps"))
                .content()
                .contains("/opt/tunefleet/start/coordinator.aot");
    }

    private static void create(Coordinator client) throws Exception {
        Path demo = Repository.path("deploy/local/demo");
        String text = Files.readString(demo.resolve("births.yaml"))
                .replaceFirst("(?m)^budget:.*$", "budget: {trials: 2, time: 5m, epochs: 2}")
                .replaceFirst("(?m)^search:.*$", "search: {algorithm: random, scheduler: none, seed: 1}");
        var spec = StudyFile.parse("births.yaml", text);
        String data = client.uploadDataset(demo.resolve("births.csv"));
        client.create(spec.withData(spec.data().withUri(data)));
    }

    /** The programs of the images, with the folders and the memory of their pods. */
    private record Images(Map<String, Container> containers) implements RealFleet.Programs {

        @Override
        public ProcessBuilder process(String program) throws IOException {
            return containers.get(program).process();
        }

        @Override
        public Map<String, String> settings(String program) {
            var settings = new TreeMap<String, String>();
            Map<String, String> pod = Settings.of(Rendered.overlay("production"), "tunefleet-" + program);
            for (String place : List.of("TUNEFLEET_STATE_DIR", "TUNEFLEET_API_TOKENS", "TUNEFLEET_CACHE_DIR")) {
                if (pod.containsKey(place)) {
                    settings.put(place, pod.get(place));
                }
            }
            // Without control groups the heap would follow the memory of the whole machine.
            settings.put("JDK_JAVA_OPTIONS", "-XX:MaxRAM=2g");
            return settings;
        }
    }
}
