package dev.tunefleet.local.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.local.Main;
import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.RefusedException;
import dev.tunefleet.local.client.TrialView;
import dev.tunefleet.local.client.UnreachableException;
import dev.tunefleet.local.fleet.FleetStatus;
import dev.tunefleet.local.fleet.Home;
import dev.tunefleet.local.fleet.Instance;
import dev.tunefleet.local.fleet.Layout;
import dev.tunefleet.local.fleet.ProcessMark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The real programs, as processes, on real data. */
class FleetIT {

    private static final Duration LONG = Duration.ofMinutes(5);
    /** An attempt counts as lost after 20 s and goes on at once; the rest is for a machine that is busy. */
    private static final Duration LOST = Duration.ofSeconds(25 + 20);

    private static final int TRIALS = 6;
    private static final int WORKER = 2; // in the list of processes, behind broker and coordinator

    @TempDir
    Path folder;

    private Home home;
    private Path studyFile;

    @BeforeEach
    void writeStudy() throws IOException {
        writeStudy(9);
    }

    private void writeStudy(int epochs) throws IOException {
        home = new Home(folder.resolve("a home"));
        studyFile = folder.resolve("tiny.yaml");
        Files.copy(
                Layout.ofThisProgram().demo().resolve("births.csv"),
                folder.resolve("births.csv"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(studyFile, """
                name: tiny
                data: {uri: births.csv, time: date, target: births, horizon: 7, calendar: [dayOfWeek]}
                budget: {trials: %d, epochs: %d}
                training: {patience: %2$d}
                space: {layers: 1, units: [10, 20], sequenceLength: {multiplesOf: 7, range: [7, 14]}, batchSize: [32, 64]}
                search: {scheduler: none, seed: 3}
                """.formatted(TRIALS, epochs));
    }

    @AfterEach
    void nothingRunsOn() {
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void aKilledWorkerCostsNoTrialAndTheModelIsExported() throws Exception {
        writeStudy(60);
        var run = start();

        TrialView before =
                await().atMost(LONG).until(this::resumable, Optional::isPresent).orElseThrow();
        ProcessMark worker = status().orElseThrow().children().get(WORKER);
        worker.alive().orElseThrow().destroyForcibly();
        TrialView again = await().atMost(LOST)
                .until(() -> again(before), Optional::isPresent)
                .orElseThrow();
        int exit = run.exit().join();

        assertThat(again.attempts()).isEqualTo(2);
        // No epoch before the checkpoint was trained, and timed, a second time.
        assertThat(again.curve()).startsWith(before.curve().getFirst());
        assertThat(exit).as(run.printed()).isEqualTo(Exit.DONE);
        assertThat(run.printed())
                .contains("worker-1 ended (exit code 137) and is started again")
                .contains("tiny is complete: " + TRIALS + " trials")
                .contains("persistence")
                .contains("seasonal naive");
        Path model = home.instance("tiny").resolve("model");
        assertThat(model).isDirectoryContaining("glob:**scaler.json").isDirectoryContaining("glob:**study.yaml");
        try (var zip = new ZipFile(model.resolve("model.zip").toFile())) {
            assertThat(zip.getEntry("configuration.json")).isNotNull();
            assertThat(zip.getEntry("coefficients.bin")).isNotNull();
        }
    }

    @Test
    void aStudyWhoseLauncherIsKilledGoesOnWithTheSameCommand() throws Exception {
        Process launcher = launcher();
        await().atMost(LONG).until(this::someTrialHasTrained);
        List<ProcessMark> processes = status().orElseThrow().children();
        assertThatThrownBy(() -> new StudyRun(options(Optional.of("another")), home, new Prints().screen(), "").run())
                .isInstanceOf(AlreadyRunningException.class)
                .hasMessageContaining("process " + launcher.pid());

        launcher.destroyForcibly();
        launcher.waitFor();
        await().atMost(LONG).until(() -> processes.stream()
                .allMatch(process -> process.alive().isEmpty()));
        var again = start();

        assertThat(again.exit().join()).as(again.printed()).isEqualTo(Exit.DONE);
        assertThat(again.printed())
                .contains("The study goes on where it was")
                .contains("tiny is complete: " + TRIALS + " trials");
    }

    @Test
    void aStoppedLauncherStopsItsProcessesAndSaysHowToGoOn() throws Exception {
        Process launcher = launcher();
        await().atMost(LONG).until(this::someTrialHasTrained);
        List<ProcessMark> processes = status().orElseThrow().children();

        launcher.destroy();
        launcher.waitFor();

        assertThat(processes).allMatch(process -> process.alive().isEmpty());
        assertThat(Instance.running(home, "tiny")).isEmpty();
        assertThat(Files.readString(folder.resolve("launcher.log")))
                .contains("The same command goes on: tunefleet run " + studyFile)
                .doesNotContain("is started again");
    }

    /** The trial of the worker to be killed once the coordinator knows a checkpoint of it: an epoch after that was heard of. */
    private Optional<TrialView> resumable() throws Exception {
        Optional<TrialView> trial = ask(coordinator -> coordinator.trials("tiny").stream()
                        .filter(each ->
                                each.state().equals("RUNNING") && each.worker().equals(Optional.of("worker-1")))
                        .findFirst())
                .flatMap(found -> found);
        if (trial.isEmpty() || trial.get().epoch() < 3) {
            return Optional.empty();
        }
        Path checkpoints = home.instance("tiny")
                .resolve("blobs/checkpoints/tiny/" + trial.get().number());
        if (!Files.isDirectory(checkpoints)) {
            return Optional.empty();
        }
        int known = trial.get().epoch();
        try (var files = Files.list(checkpoints)) {
            boolean kept = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .anyMatch(name -> Integer.parseInt(name.substring(0, name.indexOf('-'))) < known);
            return kept
                    ? ask(coordinator -> coordinator.trial("tiny", trial.get().number()))
                    : Optional.empty();
        }
    }

    /** The trial {@code before} once its second attempt has come further than the first was seen to be. */
    private Optional<TrialView> again(TrialView before) throws Exception {
        return ask(coordinator -> coordinator.trial("tiny", before.number()))
                .filter(trial -> trial.attempts() > 1 && trial.epoch() > before.epoch());
    }

    private boolean someTrialHasTrained() throws Exception {
        return ask(coordinator -> coordinator.trials("tiny").stream().anyMatch(FleetIT::hasTrained))
                .orElse(false);
    }

    private static boolean hasTrained(TrialView trial) {
        return trial.epoch() > 0;
    }

    private interface Question<T> {
        T ask(Coordinator coordinator) throws IOException, InterruptedException;
    }

    /** The answer; empty while there is no fleet, or no study in it. */
    private <T> Optional<T> ask(Question<T> question) throws Exception {
        Optional<FleetStatus> status = status();
        if (status.isEmpty() || status.get().children().size() <= WORKER) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    question.ask(new Coordinator(URI.create(status.get().server()))));
        } catch (RefusedException | UnreachableException notYet) {
            return Optional.empty();
        }
    }

    private Optional<FleetStatus> status() throws IOException {
        return Instance.running(home, "tiny");
    }

    private RunOptions options(Optional<String> instance) {
        return new RunOptions(studyFile, OptionalInt.of(2), instance, Optional.empty());
    }

    private record Running(CompletableFuture<Integer> exit, Prints prints) {
        String printed() {
            return prints.text();
        }
    }

    private Running start() {
        var prints = new Prints();
        Callable<Integer> run = () -> new StudyRun(options(Optional.empty()), home, prints.screen(), "").run();
        return new Running(
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return run.call();
                    } catch (Exception failure) {
                        throw new IllegalStateException(prints.text(), failure);
                    }
                }),
                prints);
    }

    private Process launcher() throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-D" + Layout.ROOT_PROPERTY + "=" + Layout.ofThisProgram().root());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("run", studyFile.toString(), "--workers", "2"));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("launcher.log").toFile());
        builder.environment().put(Home.VARIABLE, home.folder().toString());
        return builder.start();
    }

    private static final class Prints {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Screen screen() {
            var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
            return new Screen(stream, stream, false, false, 80);
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
