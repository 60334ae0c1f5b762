package dev.tunefleet.common.studyfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;

import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.DataSource;
import dev.tunefleet.common.spec.Split;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.spec.Task;
import dev.tunefleet.common.spec.Training;

/** Reads the sections of a study file, with a default for whatever is left out. */
final class SpecReader {

    private static final int MANY = 1_000_000;
    private static final Split DEFAULT_SPLIT = new Split(0.7, 0.15, 0.15);

    private final Mistakes mistakes;

    SpecReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** The study under {@code root}; empty when there were mistakes. */
    Optional<StudySpec> read(Node root) {
        var study = new Section(mistakes, "", root, Fields.STUDY);
        String name = study.required("name", "what the study is called, in lower-case letters, digits and dashes");
        Task task = study.choice("task", Fields.TASKS, Task.FORECAST);
        Optional<DataSource> data = DataReader.read(study);
        Optional<Split> split = split(study.section("validation", Fields.VALIDATION));
        ObjectiveReader.Objectives objectives = new ObjectiveReader(study).read();
        Budget budget = budget(study.section("budget", Fields.BUDGET));
        Training training = training(study.section("training", Fields.TRAINING));
        SearchSpace space = new SpaceReader(study.section("space", Fields.SPACE)).read();
        var search = new SearchReader(study.section("search", Fields.SEARCH), space).read(budget.epochs());
        if (!name.isEmpty() && !StudySpec.isName(name)) {
            study.mistake("name", StudySpec.NAME_RULE);
        }
        if (!mistakes.isEmpty()) {
            return Optional.empty();
        }
        return checked(
                study,
                "name",
                () -> new StudySpec(
                        name,
                        task,
                        data.orElseThrow(),
                        split.orElseThrow(),
                        objectives.metric(),
                        budget,
                        training,
                        space,
                        search,
                        objectives.expenses()));
    }

    private Optional<Split> split(Section validation) {
        validation.choice("scheme", Map.of("holdout", true), true);
        Optional<Node> field = validation.field("split");
        if (field.isEmpty()) {
            return Optional.of(DEFAULT_SPLIT);
        }
        List<Double> sizes = new ArrayList<>();
        if (field.get() instanceof SequenceNode list) {
            list.getValue().forEach(entry -> Scalars.number(entry).ifPresent(sizes::add));
            if (sizes.size() == 3 && list.getValue().size() == 3) {
                return checked(validation, "split", () -> new Split(sizes.get(0), sizes.get(1), sizes.get(2)));
            }
        }
        validation.mistake(
                "split",
                "must be a list of three: the sizes of the training, validation and test parts, as fractions or as rows.");
        return Optional.empty();
    }

    private static Budget budget(Section budget) {
        int trials = budget.whole("trials", 1, MANY, Fields.DEFAULT_TRIALS);
        int epochs = budget.whole("epochs", 1, MANY, Fields.DEFAULT_EPOCHS);
        int failures = budget.whole("failures", 1, MANY, Fields.DEFAULT_FAILURES);
        var time = budget.duration("time");
        var parallel = budget.field("parallel")
                        .flatMap(Scalars::text)
                        .filter("auto"::equals)
                        .isPresent()
                ? OptionalInt.empty()
                : budget.whole("parallel", 1, MANY);
        OptionalDouble target = budget.number("target", -Double.MAX_VALUE, "must be a number.");
        var patience = budget.whole("patience", 1, MANY);
        return new Budget(trials, time, epochs, parallel, target, patience, failures);
    }

    private static Training training(Section training) {
        int patience = training.whole("patience", 1, MANY, Training.DEFAULT.patience());
        double clipNorm = training.number("clipNorm", 0, "must be 0 (off) or a number above.")
                .orElse(Training.DEFAULT.clipNorm());
        OptionalInt truncation = training.whole("truncation", 1, MANY);
        return new Training(patience, clipNorm, truncation, training.duration("time"));
    }

    /** What {@code build} makes, or its complaint as a mistake of field {@code name}. */
    static <T> Optional<T> checked(Section section, String name, Supplier<T> build) {
        try {
            return Optional.of(build.get());
        } catch (IllegalArgumentException complaint) {
            section.mistake(name, "is not possible: " + complaint.getMessage());
            return Optional.empty();
        }
    }
}
