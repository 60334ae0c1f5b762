package dev.tunefleet.coordinator.stream;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.SearchSettings;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.coordinator.search.SearchView;
import dev.tunefleet.coordinator.search.SobolSearch;
import dev.tunefleet.coordinator.study.EndReason;
import dev.tunefleet.coordinator.study.Fact;
import dev.tunefleet.coordinator.study.Origin;
import dev.tunefleet.coordinator.view.ReadModel;
import dev.tunefleet.coordinator.view.StudyShown;

/** A study as the journal tells of it: full trainings at points that fill the space, one second each for a unit. */
final class Told {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ReadModel model;
    private final StudySpec spec;
    private final StudyId id;
    private final Instant begun;
    private int trials;

    /** Begins the study {@code minute} minutes after the first. */
    Told(ReadModel model, StudySpec spec, int minute) {
        this.model = model;
        this.spec = spec;
        this.id = new StudyId(spec.name());
        this.begun = START.plusSeconds(60L * minute);
        fold(new Fact.StudyCreated(spec, new BlobRef("datasets/births.csv", "aa", 3), 0));
    }

    /** {@code spec} with another name and other settings of the search. */
    static StudySpec named(StudySpec spec, String name, SearchSettings.Cost cost, SearchSettings.Transfer transfer) {
        SearchSettings usual = spec.search();
        return new StudySpec(
                name,
                spec.task(),
                spec.data(),
                spec.split(),
                spec.metric(),
                spec.budget(),
                spec.training(),
                spec.space(),
                new SearchSettings(
                        usual.algorithm(),
                        usual.scheduler(),
                        usual.seed(),
                        usual.guided(),
                        usual.enqueued(),
                        usual.confirm(),
                        cost,
                        transfer),
                spec.expenses());
    }

    /** Trains {@code count} more configurations, whose error is {@code error}. */
    Told results(int count, ToDoubleFunction<Configuration> error) {
        List<Configuration> all = new SobolSearch().suggest(SearchView.of(spec.space()), trials + count, 1);
        for (Configuration configuration : all.subList(trials, trials + count)) {
            int trial = trials++;
            double value = error.applyAsDouble(configuration);
            int epochs = spec.budget().epochs();
            double seconds = configuration.number(Guide.UNITS);
            var result = new TrainingResult(epochs, epochs, value, value, value, value, value, false, seconds);
            fold(new Fact.TrialQueued(trial, configuration, new Origin.Guided()));
            fold(new Fact.AttemptPublished(trial, 1, epochs, Optional.empty(), false));
            fold(new Fact.AttemptStarted(trial, 1, new UUID(1, trial), "worker-1"));
            fold(new Fact.TrialCompleted(
                    trial, result, new BlobRef("models/" + trial, "ab", 1), new Scores(Map.of(spec.metric(), value))));
        }
        return this;
    }

    Told ended() {
        fold(new Fact.StudyEnding(EndReason.TRIALS));
        fold(new Fact.StudyCompleted());
        return this;
    }

    StudyShown shown() {
        return model.study(id).orElseThrow();
    }

    private void fold(Fact fact) {
        model.fold(id, fact, begun);
    }
}
