package dev.tunefleet.local.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ChildIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final List<String> notices = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @Test
    void aKilledProgramIsStartedAgain() throws Exception {
        Child child = Child.start(program(List.of()), notices::add);
        ProcessMark first = child.mark();

        first.alive().orElseThrow().destroyForcibly();

        await().atMost(SOON)
                .until(() -> !child.mark().equals(first) && child.mark().alive().isPresent());
        assertThat(notices).singleElement().asString().contains("sleeper ended (exit code 137)");
        assertThat(child.failure()).isEmpty();
        end(child);
    }

    @Test
    void aProgramThatEndsJustBeforeTheFleetIsStoppedIsNotStartedAgain() throws Exception {
        Child child = Child.start(program(List.of()), notices::add);
        ProcessMark only = child.mark();

        only.alive().orElseThrow().destroyForcibly();
        child.awaitEnd(SOON);
        child.keepDown();

        await().during(Duration.ofSeconds(1)).atMost(SOON).until(notices::isEmpty);
        assertThat(child.mark()).isEqualTo(only);
    }

    @Test
    void twoProgramsThatEndTogetherAreBothStartedAgain() throws Exception {
        var together = new CyclicBarrier(2);
        var both = new CopyOnWriteArrayList<Child>();
        Consumer<String> asksForBoth = notice -> {
            meet(together);
            both.forEach(Child::mark);
        };
        both.add(Child.start(program(List.of()), asksForBoth));
        both.add(Child.start(program(List.of()), asksForBoth));
        List<ProcessMark> first = both.stream().map(Child::mark).toList();

        first.forEach(mark -> mark.alive().orElseThrow().destroyForcibly());

        for (int i = 0; i < 2; i++) {
            Child child = both.get(i);
            ProcessMark before = first.get(i);
            await().atMost(SOON).until(() -> !child.mark().equals(before));
            end(child);
        }
    }

    private static void meet(CyclicBarrier together) {
        try {
            together.await();
        } catch (InterruptedException | BrokenBarrierException apart) {
            throw new IllegalStateException(apart);
        }
    }

    @Test
    void aStoppedProgramStaysStopped() throws Exception {
        Child child = Child.start(program(List.of()), notices::add);
        ProcessMark only = child.mark();

        end(child);

        assertThat(only.alive()).isEmpty();
        assertThat(child.mark()).isEqualTo(only);
        assertThat(notices).isEmpty();
    }

    @Test
    void aProgramThatKeepsDyingIsGivenUpWithTheReason() throws Exception {
        Child child = Child.start(program(List.of("7")), notices::add);

        await().atMost(SOON).until(() -> child.failure().isPresent());

        assertThat(child.failure().orElseThrow())
                .contains("sleeper ended 5 times within 60 s, last with exit code 7")
                .contains(folder.resolve("logs/sleeper.log").toString());
        assertThat(notices).hasSize(Child.DEATHS_ALLOWED - 1);
    }

    @Test
    void aProgramEndsWhenItsLauncherIsGone() throws Exception {
        Process orphan = program(List.of()).start();

        orphan.getOutputStream().close(); // what the system does for a launcher that is killed

        assertThat(orphan.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(orphan.exitValue()).isZero();
    }

    @Test
    void aLongLogIsPutAsideAtTheNextStart() throws Exception {
        Path log = Files.createDirectories(folder.resolve("logs")).resolve("sleeper.log");
        Files.write(log, new byte[(10 << 20) + 1]);

        Child child = Child.start(program(List.of()), notices::add);

        assertThat(Files.size(log)).isLessThan(10 << 20);
        assertThat(log.resolveSibling("sleeper.log.1")).exists();
        end(child);
    }

    private static void end(Child child) throws InterruptedException {
        child.stop();
        child.awaitEnd(SOON);
    }

    private Program program(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-javaagent:" + Layout.ofThisProgram().localJar());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Sleeper.class.getName()));
        command.addAll(arguments);
        return new Program("sleeper", command, Map.of(), folder.resolve("logs/sleeper.log"));
    }
}
