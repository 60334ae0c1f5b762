package dev.tunefleet.worker.predict;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.worker.train.Trials;

import static org.assertj.core.api.Assertions.assertThat;

class PredictTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void theForecastAfterTheLastRowHasOneLineForEachStep() throws IOException {
        int code = predict(aModel(), rows());

        assertThat(code).isZero();
        List<String> lines = printed().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst()).isEqualTo("after,time,y");
        assertThat(lines.subList(1, 4))
                .map(line -> line.replaceFirst(",[^,]*$", ""))
                .containsExactly("600,601", "600,602", "600,603");
        assertThat(lines.subList(1, 4)).allMatch(line -> Double.isFinite(Double.parseDouble(line.split(",")[2])));
    }

    @Test
    void askedForAllItForecastsAfterEachRowWithEnoughBefore() throws IOException {
        predict(aModel(), rows(), "--all");

        assertThat(printed().lines()).hasSize(1 + 3 * (600 - 12 + 1));
        assertThat(printed().lines().skip(1).findFirst().orElseThrow()).startsWith("12,13,");
    }

    @Test
    void whatIsWrongWithTheRowsIsSaidWithItsPlace() throws IOException {
        int code = predict(aModel(), Files.writeString(folder.resolve("odd.csv"), "y\n1\noops\n"));

        assertThat(code).isEqualTo(1);
        assertThat(said()).contains("Line 3 of").contains("column y");
    }

    @Test
    void aMissingFileAndAWrongCallAreMistakesOfTheCaller() throws IOException {
        assertThat(predict(folder.resolve("none.zip"), rows())).isEqualTo(2);
        assertThat(said()).contains("none.zip").contains("must exist");
        assertThat(Predict.run(List.of("alone"), printer(out), printer(err))).isEqualTo(2);
    }

    private Path aModel() throws IOException {
        return Files.write(folder.resolve("model.zip"), Trials.aModel(folder.resolve("blobs")));
    }

    private Path rows() throws IOException {
        return Files.writeString(folder.resolve("rows.csv"), Trials.waveCsv());
    }

    private int predict(Path model, Path data, String... options) throws IOException {
        var arguments = new ArrayList<>(List.of(model.toString(), data.toString()));
        arguments.addAll(List.of(options));
        return Predict.run(arguments, printer(out), printer(err));
    }

    private static PrintStream printer(ByteArrayOutputStream into) {
        return new PrintStream(into, true, StandardCharsets.UTF_8);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
