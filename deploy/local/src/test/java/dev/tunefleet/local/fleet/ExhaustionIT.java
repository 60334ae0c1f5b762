package dev.tunefleet.local.fleet;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.tunefleet.common.space.Value;
import dev.tunefleet.local.client.TrialView;

import static org.assertj.core.api.Assertions.assertThat;

/** A worker that believes to have more memory than it has, so that a trial which no estimate refuses exhausts it. */
class ExhaustionIT extends WithFleet {

    private static final int TRIALS = 8;
    private static final Map<String, String> BELIEVES_TO_HAVE_PLENTY =
            Map.of("TUNEFLEET_WORKER_SLOT_BYTES", Long.toString(1L << 40));

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
                space: {layers: 8, units: {options: [10, 4096]}, sequenceLength: {multiplesOf: 7, range: [7, 14]}}
                search: {algorithm: random, scheduler: none, seed: 3, enqueue: [{units: 4096, sequenceLength: 7}]}
                """, "units", tight.after("ulimit -v 3500000"));
    }

    @Test
    void aHeapThatIsUsedUpEndsTheTrialAndNotTheWorker() throws Exception {
        exhaust("""
                space: {layers: 3, units: 100, sequenceLength: {options: [7, 700]}}
                search: {algorithm: random, scheduler: none, seed: 3, enqueue: [{sequenceLength: 700}]}
                """, "sequenceLength", FragilePrograms.Unusual.worker(BELIEVES_TO_HAVE_PLENTY, "-Xmx160m"));
    }

    /** The first trial of {@code search} takes the larger of two values of {@code large}, which is more than there is. */
    private void exhaust(String search, String large, FragilePrograms.Unusual tight) throws Exception {
        start(SMALLEST, tight);
        fleet().begin("name: %s%nbudget: {trials: %d, epochs: 1}%n".formatted(STUDY, TRIALS) + search, 1500);

        balanced();
        List<TrialView> trials =
                IntStream.range(0, TRIALS).mapToObj(this::trial).toList();

        assertThat(worker().alive()).as("is the process that it was").isTrue();
        assertThat(trials.getFirst().state()).isEqualTo("INFEASIBLE");
        assertThat(trials.getFirst().reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("OUT_OF_MEMORY"));
        assertThat(trials.getFirst().attempts()).isOne();
        Value exhausting = trials.getFirst().configuration().value(large);
        assertThat(trials.subList(1, TRIALS)).allSatisfy(trial -> {
            assertThat(trial.state()).isEqualTo("COMPLETED");
            assertThat(trial.configuration().value(large)).isNotEqualTo(exhausting);
        });
    }
}
