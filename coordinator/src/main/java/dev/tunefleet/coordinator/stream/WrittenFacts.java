package dev.tunefleet.coordinator.stream;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.wire.WrittenText;
import dev.tunefleet.coordinator.study.Fact;

import static java.util.Map.entry;

/** Reads the facts that nearly all of a journal consists of, as they are written. */
final class WrittenFacts {

    static final Map<String, Function<WrittenText, Fact>> READERS = Map.ofEntries(
            entry("epoch-measured", WrittenFacts::epochMeasured),
            entry("trial-queued", WrittenFacts::trialQueued),
            entry("attempt-published", WrittenFacts::attemptPublished),
            entry("attempt-started", WrittenFacts::attemptStarted),
            entry("checkpoint-advanced", WrittenFacts::checkpointAdvanced),
            entry("rung-passed", WrittenFacts::rungPassed),
            entry("rung-reached", WrittenFacts::rungReached),
            entry("trial-promoted", WrittenFacts::trialPromoted),
            entry("trial-completed", WrittenFacts::trialCompleted),
            entry("trial-pruned", WrittenFacts::trialPruned));

    private WrittenFacts() {}

    private static Fact epochMeasured(WrittenText in) {
        in.open();
        int trial = in.whole("trial");
        int attempt = in.whole("attempt");
        in.field("measurement").open();
        var measurement = new Measurement(
                in.whole("epoch"),
                in.number("trainLoss"),
                in.number("stopValue"),
                in.number("rankValue"),
                in.number("bestStopValue"),
                in.number("seconds"),
                in.has("bestRankValue") ? OptionalDouble.of(in.number()) : OptionalDouble.empty());
        in.close();
        in.close();
        return new Fact.EpochMeasured(trial, attempt, measurement);
    }

    private static Fact trialQueued(WrittenText in) {
        in.open();
        var fact = new Fact.TrialQueued(
                in.whole("trial"),
                WrittenTrials.configuration(in.field("configuration")),
                WrittenTrials.origin(in.field("origin")));
        in.close();
        return fact;
    }

    private static Fact attemptPublished(WrittenText in) {
        in.open();
        var fact = new Fact.AttemptPublished(
                in.whole("trial"),
                in.whole("attempt"),
                in.whole("trainTo"),
                in.has("resumeFrom") ? Optional.of(WrittenTrials.checkpoint(in)) : Optional.empty(),
                in.truth("alone"));
        in.close();
        return fact;
    }

    private static Fact attemptStarted(WrittenText in) {
        in.open();
        var fact = new Fact.AttemptStarted(
                in.whole("trial"), in.whole("attempt"), in.uuid("execution"), in.string("worker"));
        in.close();
        return fact;
    }

    private static Fact checkpointAdvanced(WrittenText in) {
        in.open();
        var fact = new Fact.CheckpointAdvanced(in.whole("trial"), WrittenTrials.checkpoint(in.field("checkpoint")));
        in.close();
        return fact;
    }

    private static Fact rungPassed(WrittenText in) {
        in.open();
        var fact = new Fact.RungPassed(in.whole("trial"), WrittenTrials.rung(in.field("rung")));
        in.close();
        return fact;
    }

    private static Fact rungReached(WrittenText in) {
        in.open();
        var fact = new Fact.RungReached(
                in.whole("trial"),
                WrittenTrials.result(in.field("result")),
                WrittenTrials.checkpoint(in.field("checkpoint")));
        in.close();
        return fact;
    }

    private static Fact trialPromoted(WrittenText in) {
        in.open();
        var fact = new Fact.TrialPromoted(in.whole("trial"), in.whole("trainTo"));
        in.close();
        return fact;
    }

    private static Fact trialCompleted(WrittenText in) {
        in.open();
        var fact = new Fact.TrialCompleted(
                in.whole("trial"),
                WrittenTrials.result(in.field("result")),
                WrittenTrials.blob(in.field("model")),
                WrittenTrials.scores(in.field("validation")));
        in.close();
        return fact;
    }

    private static Fact trialPruned(WrittenText in) {
        in.open();
        var fact = new Fact.TrialPruned(
                in.whole("trial"), in.has("result") ? Optional.of(WrittenTrials.result(in)) : Optional.empty());
        in.close();
        return fact;
    }
}
