package dev.tunefleet.worker.lstm;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

import dev.tunefleet.worker.train.NetworkFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What is exported belongs to its user: no class of ours is needed to use it. */
class ForeignProgramTest {
    private static final Architecture ARCHITECTURE =
            new Architecture(3, 17, 2, 4, Emission.LAST_STEP, Loss.MEAN_SQUARED_ERROR);
    private static final Hyperparameters CHOSEN = new Hyperparameters(0.3, 1e-3, 1, 7);
    private static final int STEPS = 9;

    @Test
    void anExportedModelPredictsAndTrainsOnInAProgramWithoutOurClasses(@TempDir Path folder)
            throws IOException, InterruptedException {
        Problem problem = new Problem(ARCHITECTURE, STEPS, 20, false, 4);
        float[] outputs = new float[problem.targets.length];
        Path model = folder.resolve("model.zip");
        Path inputs = folder.resolve("inputs.bin");
        Path answers = folder.resolve("answers.bin");
        try (LstmNetwork network = new LstmNetwork(ARCHITECTURE, STEPS, CHOSEN);
                OutputStream file = Files.newOutputStream(model)) {
            network.load(NetworkFactory.initialParameters(ARCHITECTURE, 7));
            network.train(problem.batch(), 0, 0, 1e-2);
            network.predict(problem.batch(), outputs, 0);
            NetworkFactory.export(NetworkFactory.describe(ARCHITECTURE, CHOSEN, 1e-2), network.state(), file);
        }
        Nd4j.saveBinary(problem.stockInputs(), inputs.toFile());

        run(model, inputs, answers);

        assertThat(problem.inOurOrder(Nd4j.readBinary(answers.toFile()))).containsExactly(outputs, within(1e-5f));
    }

    private static void run(Path... files) throws IOException, InterruptedException {
        Path program = Path.of("src/test/resources/foreign/OpenModel.java");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        libraries(),
                        program.toString(),
                        files[0].toString(),
                        files[1].toString(),
                        files[2].toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    /** The class path of this test without anything of ours: no folder of classes, no jar of a module. */
    private static String libraries() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("tunefleet-"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
