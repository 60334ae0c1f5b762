package dev.tunefleet.coordinator.stream;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.common.wire.WrittenText;
import dev.tunefleet.coordinator.study.Origin;
import dev.tunefleet.coordinator.study.RungValue;
import dev.tunefleet.coordinator.study.TrialEntity;
import dev.tunefleet.coordinator.study.TrialState;

/** Reads stored trials, and what facts have in common with them, as they are written. */
final class WrittenTrials {

    static final Map<String, Function<WrittenText, TrialEntity>> READERS = Map.of("trial", WrittenTrials::trial);

    private static final Value OFF = Value.off();

    /** Those of the configuration that was read last, which all trials of its study have: they can be shared. */
    private static volatile List<String> names = List.of();

    private WrittenTrials() {}

    private static TrialEntity trial(WrittenText in) {
        in.open();
        var trial = new TrialEntity(
                in.whole("number"),
                configuration(in.field("configuration")),
                origin(in.field("origin")),
                state(in.field("state")),
                in.whole("attempts"),
                in.whole("trainTo"),
                in.whole("resumedFrom"),
                in.whole("charges"),
                in.has("checkpoint") ? Optional.of(checkpoint(in)) : Optional.empty(),
                in.has("result") ? Optional.of(result(in)) : Optional.empty(),
                in.list("rungs", WrittenTrials::rung),
                in.truth("stopping"));
        in.close();
        return trial;
    }

    static Configuration configuration(WrittenText in) {
        List<String> likely = names;
        var found = new ArrayList<String>(likely.size());
        var values = new ArrayList<Value>(likely.size());
        in.open();
        while (!in.closes()) {
            found.add(in.anyField(found.size() < likely.size() ? likely.get(found.size()) : ""));
            values.add(value(in));
        }
        in.close();
        if (!found.equals(likely)) {
            // Studies whose spaces differ take turns here; the text of a name is kept once all the same.
            likely = found.stream().map(String::intern).toList();
            names = likely;
        }
        return Configuration.ofSorted(likely, values);
    }

    private static Value value(WrittenText in) {
        if (!in.isString()) {
            return Value.of(in.number());
        }
        String text = in.string();
        return text.equals("off") ? OFF : Value.of(text);
    }

    static Origin origin(WrittenText in) {
        in.open();
        Origin origin =
                switch (in.string("kind")) {
                    case "enqueued" -> new Origin.Enqueued();
                    case "guided" -> new Origin.Guided();
                    case "suggested" -> new Origin.Suggested(in.wholeLong("number"));
                    case "confirmation" -> new Origin.Confirmation(in.whole("trial"));
                    default -> throw unusual("origin");
                };
        in.close();
        return origin;
    }

    private static TrialState state(WrittenText in) {
        in.open();
        TrialState state =
                switch (in.string("kind")) {
                    case "queued" -> new TrialState.Queued(in.truth("published"));
                    case "running" -> new TrialState.Running(in.uuid("execution"), in.string("worker"));
                    case "paused" -> new TrialState.Paused();
                    case "completed" ->
                        new TrialState.Completed(blob(in.field("model")), scores(in.field("validation")));
                    case "pruned" -> new TrialState.Pruned();
                    case "cancelled" -> new TrialState.Cancelled();
                    default -> throw unusual("state");
                };
        in.close();
        return state;
    }

    static Checkpoint checkpoint(WrittenText in) {
        in.open();
        var checkpoint = new Checkpoint(in.whole("epoch"), blob(in.field("blob")));
        in.close();
        return checkpoint;
    }

    static BlobRef blob(WrittenText in) {
        in.open();
        var blob = new BlobRef(in.string("key"), in.string("sha256"), in.wholeLong("bytes"));
        in.close();
        return blob;
    }

    static RungValue rung(WrittenText in) {
        in.open();
        var rung = new RungValue(in.whole("epochs"), in.number("stopValue"), in.number("value"));
        in.close();
        return rung;
    }

    static TrainingResult result(WrittenText in) {
        in.open();
        var result = new TrainingResult(
                in.whole("epochs"),
                in.whole("bestEpoch"),
                in.number("stopValue"),
                in.number("value"),
                in.number("trainLoss"),
                in.number("lastStopValue"),
                in.number("lastTrainLoss"),
                in.truth("stoppedEarly"),
                in.number("seconds"),
                in.has("speed") ? OptionalDouble.of(in.number()) : OptionalDouble.empty());
        in.close();
        return result;
    }

    static Scores scores(WrittenText in) {
        Map<Metric, Double> errors = new EnumMap<>(Metric.class);
        in.open();
        in.field("errors").open();
        while (!in.closes()) {
            errors.put(Metric.valueOf(in.anyField("")), in.number());
        }
        in.close();
        in.close();
        return new Scores(errors);
    }

    private static IllegalStateException unusual(String part) {
        return new IllegalStateException("The " + part + " of a trial is not a usual one.");
    }
}
