package dev.tunefleet.local.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ProgramsTest {

    @TempDir
    Path folder;

    @Test
    void aWorkerIsGivenTenSecondsMoreThanItTakesToHandOver() throws Exception {
        Files.createFile(
                Files.createDirectories(folder.resolve("deploy/local/target")).resolve("tunefleet-local-1.jar"));
        var programs = new Programs(new Layout(folder), new Home(folder), folder, 9092);

        String grace = programs.worker(1, 1, 8080).environment().get("TUNEFLEET_WORKER_GRACE");

        assertThat(ParentWatch.PATIENCE)
                .isGreaterThanOrEqualTo(
                        Duration.parse("PT" + grace.toUpperCase(Locale.ROOT)).plusSeconds(10));
    }
}
