package dev.tunefleet.common.studyfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

import dev.tunefleet.common.spec.Calendar;
import dev.tunefleet.common.spec.CalendarFeature;
import dev.tunefleet.common.spec.Centring;
import dev.tunefleet.common.spec.DataSource;
import dev.tunefleet.common.spec.MissingValues;
import dev.tunefleet.common.spec.Stride;

/** Reads the section {@code data}. */
final class DataReader {

    private static final int LONGEST_HORIZON = 10_000;
    private static final int LONGEST_STRIDE = 100_000;

    private final Section data;

    private DataReader(Section data) {
        this.data = data;
    }

    /** The source that {@code study} names; empty when a mistake leaves nothing to build it from. */
    static Optional<DataSource> read(Section study) {
        if (study.field("data").isEmpty()) {
            study.mistake("data", "must be given: at least uri and target.");
            return Optional.empty();
        }
        return new DataReader(study.section("data", Fields.DATA)).read();
    }

    private Optional<DataSource> read() {
        String uri = data.required("uri", "the CSV file, its path relative to the study file");
        Optional<String> time = data.text("time");
        List<String> targets = targets();
        List<String> inputs = data.texts("inputs");
        int horizon = data.whole("horizon", 1, LONGEST_HORIZON, 1);
        Calendar calendar = calendar(time);
        MissingValues missing = data.choice("missing", Fields.MISSING, MissingValues.REFUSE);
        Stride stride = stride();
        Centring centring = data.choice("centring", Fields.CENTRING, Centring.AUTO);
        time.filter(column -> targets.contains(column) || inputs.contains(column))
                .ifPresent(column -> data.mistake("time", "must not be one of the targets or inputs too."));
        if (uri.isEmpty() || targets.isEmpty()) {
            return Optional.empty();
        }
        return SpecReader.checked(
                data,
                "targets",
                () -> new DataSource(uri, time, targets, inputs, horizon, calendar, missing, stride, centring));
    }

    private List<String> targets() {
        if (data.field("target").isPresent() && data.field("targets").isPresent()) {
            data.mistake("targets", "must not stand beside data.target: give one of the two.");
        }
        String given = data.field("targets").isPresent() ? "targets" : "target";
        List<String> targets = data.texts(given);
        if (targets.isEmpty()) {
            data.mistake(given, "must name the column to predict (or targets a list of columns).");
        }
        return targets;
    }

    private Calendar calendar(Optional<String> time) {
        Optional<Node> field = data.field("calendar");
        if (field.isEmpty() || Scalars.text(field.get()).filter("auto"::equals).isPresent()) {
            return new Calendar.Automatic();
        }
        if (Scalars.text(field.get()).filter("none"::equals).isPresent()) {
            return new Calendar.Features(List.of());
        }
        if (!(field.get() instanceof SequenceNode list)) {
            data.mistake(
                    "calendar", "must be auto, none or a list of " + String.join(", ", Fields.CALENDAR.keySet()) + ".");
            return new Calendar.Automatic();
        }
        var features = new ArrayList<CalendarFeature>();
        list.getValue().forEach(entry -> feature(entry).ifPresent(features::add));
        if (time.isEmpty() && !features.isEmpty()) {
            data.mistake(
                    "calendar", "must be auto or none, or data.time must name the column with the time of each row.");
        }
        return new Calendar.Features(features.stream().distinct().toList());
    }

    private Optional<CalendarFeature> feature(Node entry) {
        String name = Scalars.text(entry).orElse("");
        Optional<CalendarFeature> feature = Optional.ofNullable(Fields.CALENDAR.get(name));
        if (feature.isEmpty()) {
            String guess = Nearest.to(name, Fields.CALENDAR.keySet())
                    .map(nearest -> " Maybe " + nearest + " was meant.")
                    .orElse("");
            data.mistakes()
                    .add(
                            entry,
                            data.at("calendar"),
                            "must be one of " + String.join(", ", Fields.CALENDAR.keySet()) + "." + guess);
        }
        return feature;
    }

    private Stride stride() {
        if (data.field("stride").flatMap(Scalars::text).filter("auto"::equals).isPresent()) {
            return new Stride.Automatic();
        }
        OptionalInt rows = data.whole("stride", 1, LONGEST_STRIDE);
        return rows.isPresent() ? new Stride.Rows(rows.getAsInt()) : new Stride.Automatic();
    }
}
