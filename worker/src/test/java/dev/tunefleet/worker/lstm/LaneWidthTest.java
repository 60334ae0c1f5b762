package dev.tunefleet.worker.lstm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each width of vectors, forced in a JVM of its own, against this one. */
class LaneWidthTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Dtunefleet.simd=none",
                "-Dtunefleet.simd=128",
                "-Dtunefleet.simd=256",
                "-Dtunefleet.tile=4",
                "-Dtunefleet.simd=256 -Dtunefleet.tile=8",
                "-XX:+IgnoreUnrecognizedVMOptions -XX:UseAVX=2"
            })
    void everyWidthAndHeightOfTilesTrainsToTheSameBits(String options) throws IOException, InterruptedException {
        String expected = Fingerprint.all();

        String answer = run(List.of(options.split(" ")));

        assertThat(answer).contains("fingerprints " + expected);
    }

    private static String run(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-modules=jdk.incubator.vector");
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(Fingerprint.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
