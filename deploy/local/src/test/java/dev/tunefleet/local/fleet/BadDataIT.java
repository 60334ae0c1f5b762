package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.studyfile.StudyFile;
import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.client.TrialView;

import static org.assertj.core.api.Assertions.assertThat;

/** Data sets that are malformed, or gone or changed since they were uploaded. */
class BadDataIT extends WithFleet {

    private static final int FAILURES = 3;

    @Test
    void aStudyWithoutGoodDataFailsWithTheReasonAndTheNextStudyIsTrained() throws Exception {
        start(new FragileFleet.Size(1, 1, 0));
        List<String> lines = new ArrayList<>(births(500));
        lines.set(100, "2000-04-09,many");
        String malformed = begin("malformed", lines);
        String missing = begin("missing", births(501));
        Files.delete(stored(missing));
        String changed = begin("changed", births(502));
        Files.write(stored(changed), births(503));
        String ours = begin("renamed", births(504), "datasets/ours.csv");
        Files.write(stored(ours), births(505));

        fleet().addWorker();

        assertThat(failure("malformed")).contains("Line 101 of " + malformed + ", column births");
        assertThat(failure("missing")).contains(missing);
        assertThat(failure("changed")).contains(changed);
        assertThat(failure("renamed")).contains(ours);
        begin("{trials: 2, epochs: 3}", Epochs.MILLISECONDS);
        balanced();
        assertThat(trials()).extracting(TrialView::state).containsOnly("COMPLETED");
        assertThat(worker().alive()).as("is the process that it was").isTrue();
    }

    /** Begins a study on data of its own and returns where those lie in the store. */
    private String begin(String name, List<String> lines) throws IOException {
        Path file = Files.write(Files.createTempFile(folder, name, ".csv"), lines);
        return create(name, fleet().ask(client -> client.uploadDataset(file)));
    }

    /** Begins a study on data of its own that lie under {@code key}. */
    private String begin(String name, List<String> lines, String key) throws IOException {
        Files.createDirectories(stored(key).getParent());
        Files.write(stored(key), lines);
        return create(name, key);
    }

    private String create(String name, String key) {
        StudySpec spec = StudyFile.parse("study.yaml", """
                name: %s
                data: {uri: births.csv, time: date, target: births, horizon: 7}
                budget: {trials: 50, epochs: 3, failures: %d}
                search: {algorithm: random, scheduler: none, seed: 3}
                """.formatted(name, FAILURES));
        fleet().ask(client -> client.create(spec.withData(spec.data().withUri(key))));
        return key;
    }

    /** Why study {@code name} failed, after no more trials than its budget allows, each of which was tried once. */
    private String failure(String name) {
        StudyView end = fleet().awaitEnd(name);
        List<TrialView> trials = fleet().ask(client -> client.trials(name));

        assertThat(end.state()).isEqualTo("FAILED");
        assertThat(trials)
                .filteredOn(trial -> trial.state().equals("FAILED"))
                .hasSizeGreaterThanOrEqualTo(FAILURES)
                .hasSizeLessThan(2 * FAILURES)
                .allMatch(trial -> trial.attempts() == 1);
        return end.reason().orElseThrow();
    }

    private Path stored(String key) {
        return folder.resolve("blobs").resolve(key);
    }

    /** The header and the first {@code days} days. */
    private static List<String> births(int days) throws IOException {
        try (Stream<String> lines = Files.lines(Layout.ofThisProgram().demo().resolve("births.csv"))) {
            return lines.limit(days + 1).toList();
        }
    }
}
