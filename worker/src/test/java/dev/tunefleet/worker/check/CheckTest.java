package dev.tunefleet.worker.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.common.studyfile.StudyFile;
import dev.tunefleet.common.wire.Json;
import dev.tunefleet.worker.train.Trials;

import static org.assertj.core.api.Assertions.assertThat;

class CheckTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aSoundStudyIsDescribedWithWhatItCosts() throws IOException {
        writeStudy(Trials.waveCsv());

        int code = check(folder.resolve("study.yaml").toString());

        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("rows       600")
                .contains("318 to train")
                .contains("by persistence")
                .contains("MB for the largest")
                .contains("windows a second");
    }

    @Test
    void aProblemNamesItsPlaceForMachines() throws IOException {
        writeStudy("y\n1\nx\n");

        int code = check(folder.resolve("study.yaml").toString(), "--format", "json");

        var problem = Json.MAPPER.readTree(out.toByteArray()).path("problem");
        assertThat(code).isEqualTo(1);
        assertThat(problem.path("message").asText()).contains("a number must stand here");
        assertThat(problem.path("place").path("line").asInt()).isEqualTo(3);
        assertThat(problem.path("place").path("column").asText()).isEqualTo("y");
        assertThat(problem.path("place").path("value").asText()).isEqualTo("x");
    }

    @Test
    void anAbsentDataFileIsAProblem() throws IOException {
        writeStudy("y\n");

        int code = check(
                folder.resolve("study.yaml").toString(),
                folder.resolve("other.csv").toString());

        assertThat(code).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("other.csv").contains("must exist");
    }

    @Test
    void aMistakeInTheStudyFileIsToldInItsOwnWords() throws IOException {
        Files.writeString(folder.resolve("study.yaml"), "name: BAD NAME\n");

        int code = check(folder.resolve("study.yaml").toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("BAD NAME");
    }

    @Test
    void anAbsentStudyFileIsAMistakeOfTheCaller() throws IOException {
        int code = check(folder.resolve("none.yaml").toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("none.yaml").contains("must exist");
    }

    @Test
    void aWrongCallIsAnsweredWithTheUsage() throws IOException {
        int code = check("a", "b", "c");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("Usage:");
    }

    private void writeStudy(String csv) throws IOException {
        Files.createDirectories(folder.resolve("datasets"));
        Files.writeString(folder.resolve("datasets/wave.csv"), csv);
        Files.writeString(folder.resolve("study.yaml"), StudyFile.write(Trials.aWaveStudy(3)));
    }

    private int check(String... arguments) throws IOException {
        return Check.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                0.2);
    }
}
