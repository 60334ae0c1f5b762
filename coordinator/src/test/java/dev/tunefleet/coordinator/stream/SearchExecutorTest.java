package dev.tunefleet.coordinator.stream;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Scheduler;
import dev.tunefleet.common.spec.SearchSettings;
import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.metrics.Meters;
import dev.tunefleet.coordinator.search.Search;
import dev.tunefleet.coordinator.search.SobolSearch;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.study.Decision;
import dev.tunefleet.coordinator.study.RequestId;
import dev.tunefleet.coordinator.study.Study;
import dev.tunefleet.coordinator.view.ReadModel;

import static org.assertj.core.api.Assertions.assertThat;

class SearchExecutorTest {

    private static final StudyId BIRTHS = new StudyId("births");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ReadModel model = new ReadModel(Clock.systemUTC());
    private final Study study = Study.absent(BIRTHS);
    private final BlockingQueue<Command> answers = new LinkedBlockingQueue<>();
    private final List<SearchSettings.Algorithm> made = Collections.synchronizedList(new ArrayList<>());
    private Search search = new SobolSearch();
    private Instant now = Instant.EPOCH;
    private final SearchExecutor executor = new SearchExecutor(
            model,
            any -> true,
            new Capacity(() -> 0),
            (id, answer) -> answers.add(answer),
            new Searches(
                    spec -> {
                        made.add(spec.search().algorithm());
                        return search;
                    },
                    new Meters(registry)),
            1);

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void aSearchThatFailsIsReplacedByTheSobolSequence() throws Exception {
        search = (view, count, seed) -> {
            throw new IllegalStateException("The matrix must be positive definite.");
        };
        create("create", SearchSettings.Algorithm.BAYESIAN);

        executor.dispatchAll();

        assertThat(answer().configurations()).hasSize(1);
        assertThat(registry.counter("tunefleet.suggestions.failed").count()).isEqualTo(1);
    }

    @Test
    void aStudyThatIsCreatedAnewIsAnsweredByTheAlgorithmThatItAsksFor() throws Exception {
        create("create", SearchSettings.Algorithm.BAYESIAN);
        executor.dispatchAll();
        answer();
        decide(new Command.DeleteStudy(new RequestId("delete")));
        create("again", SearchSettings.Algorithm.RANDOM);

        executor.dispatchAll();

        assertThat(answer().number()).isEqualTo(1);
        assertThat(made).containsExactly(SearchSettings.Algorithm.BAYESIAN, SearchSettings.Algorithm.RANDOM);
    }

    private Command.OfferSuggestions answer() throws InterruptedException {
        return (Command.OfferSuggestions) answers.poll(30, TimeUnit.SECONDS);
    }

    private void create(String request, SearchSettings.Algorithm algorithm) {
        StudySpec births = Specs.aStudySpec();
        var settings = new SearchSettings(algorithm, Scheduler.Asha.DEFAULT, 42, false, List.of(), 0);
        var spec = new StudySpec(
                births.name(),
                births.task(),
                births.data(),
                births.split(),
                births.metric(),
                births.budget(),
                births.training(),
                births.space(),
                settings);
        decide(new Command.CreateStudy(new RequestId(request), spec, new BlobRef("datasets/births.csv", "aa", 3)));
        fold(study.tick(now, false, 1));
    }

    private void decide(Command command) {
        now = now.plusSeconds(1);
        fold(study.decide(command));
    }

    private void fold(Decision decision) {
        decision.facts().forEach(fact -> model.fold(BIRTHS, fact, now));
    }
}
