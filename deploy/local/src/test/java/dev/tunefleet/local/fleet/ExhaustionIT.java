package dev.tunefleet.local.fleet;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.common.space.Value;
import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.client.TrialView;

import static org.assertj.core.api.Assertions.assertThat;

/** A worker that believes to have more memory than it has, so that a trial which no estimate refuses exhausts it. */
class ExhaustionIT {

    private static final int TRIALS = 8;
    private static final Map<String, String> BELIEVES_TO_HAVE_PLENTY =
            Map.of("TUNEFLEET_WORKER_SLOT_BYTES", Long.toString(1L << 40));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @AfterEach
    void nothingRunsOn() {
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void memoryBesideTheHeapThatIsUsedUpEndsTheTrialAndNotTheWorker() throws Exception {
        var tight = FragilePrograms.Unusual.worker(
                BELIEVES_TO_HAVE_PLENTY,
                "-Xmx512m",
                "-XX:CompressedClassSpaceSize=128m",
                "-XX:ReservedCodeCacheSize=128m");
        // The network needs four gigabytes before the first array of the training is made.
        exhaust("""
                name: exhausted
                space: {layers: 8, units: {options: [10, 4096]}, sequenceLength: {multiplesOf: 7, range: [7, 14]}}
                search: {algorithm: random, scheduler: none, seed: 3, enqueue: [{units: 4096, sequenceLength: 7}]}
                """, "units", tight.after("ulimit -v 3500000"));
    }

    @Test
    void aHeapThatIsUsedUpEndsTheTrialAndNotTheWorker() throws Exception {
        exhaust("""
                name: exhausted
                space: {layers: 3, units: 100, sequenceLength: {options: [7, 700]}}
                search: {algorithm: random, scheduler: none, seed: 3, enqueue: [{sequenceLength: 700}]}
                """, "sequenceLength", FragilePrograms.Unusual.worker(BELIEVES_TO_HAVE_PLENTY, "-Xmx160m"));
    }

    /** The first trial of {@code study} takes the larger of two values of {@code large}, which is more than there is. */
    private void exhaust(String study, String large, FragilePrograms.Unusual tight) throws Exception {
        var size = new FragileFleet.Size(1, 1, 1);
        try (var fleet = FragileFleet.start(folder, size, new FragilePrograms(folder, size, tight))) {
            fleet.begin(study + "budget: {trials: %d, epochs: 1}\n".formatted(TRIALS), 1500);

            StudyView end = fleet.awaitEnd("exhausted");
            List<TrialView> trials = IntStream.range(0, TRIALS)
                    .mapToObj(number -> fleet.ask(client -> client.trial("exhausted", number)))
                    .toList();

            assertThat(fleet.workers()).singleElement().matches(Victim::alive, "is the process that it was");
            assertThat(trials.getFirst().state()).isEqualTo("INFEASIBLE");
            assertThat(trials.getFirst().reason())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("OUT_OF_MEMORY"));
            assertThat(trials.getFirst().attempts()).isOne();
            Value exhausting = trials.getFirst().configuration().value(large);
            assertThat(trials.subList(1, TRIALS)).allSatisfy(trial -> {
                assertThat(trial.state()).isEqualTo("COMPLETED");
                assertThat(trial.configuration().value(large)).isNotEqualTo(exhausting);
            });
            assertThat(fleet.ledger("exhausted").mistakes(end, trials)).isEmpty();
        }
    }
}
