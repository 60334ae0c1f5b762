package dev.tunefleet.local.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

    @Test
    void programsLeaveNothingOutsideTheirFolder() throws Exception {
        Files.createFile(
                Files.createDirectories(folder.resolve("deploy/local/target")).resolve("tunefleet-local-1.jar"));
        var programs = new Programs(new Layout(folder), new Home(folder), folder, 9092);
        programs.emptyTemporary();
        Files.createFile(
                Files.createDirectories(programs.temporary().resolve("left")).resolve("over"));

        programs.emptyTemporary();

        assertThat(programs.temporary()).isEmptyDirectory();
        for (Program program : List.of(programs.broker(), programs.coordinator(8080), programs.worker(1, 1, 8081))) {
            assertThat(program.command()).contains("-Djava.io.tmpdir=" + programs.temporary(), "-XX:-UsePerfData");
        }
    }
}
