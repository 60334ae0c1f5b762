package dev.tunefleet.common.studyfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.Scheduler;
import dev.tunefleet.common.spec.SearchSettings;
import dev.tunefleet.common.spec.SearchSettings.Algorithm;
import dev.tunefleet.common.spec.SearchSettings.Cost;
import dev.tunefleet.common.spec.SearchSettings.Transfer;

/** Reads the section {@code search}. */
final class SearchReader {

    private static final int MOST_CONFIRMED = 100;
    private static final int LARGEST_ETA = 100;

    /** The schedulers as they are written. */
    private enum Rule {
        ASHA,
        NONE,
        MEDIAN
    }

    private static final Map<String, Rule> RULES = Map.of("asha", Rule.ASHA, "none", Rule.NONE, "median", Rule.MEDIAN);

    private final Section search;
    private final SearchSpace space;

    SearchReader(Section search, SearchSpace space) {
        this.search = search;
        this.space = space;
    }

    /** The settings of a study that trains for {@code epochs} at most. */
    SearchSettings read(int epochs) {
        return new SearchSettings(
                search.choice("algorithm", Fields.ALGORITHMS, Algorithm.BAYESIAN),
                scheduler(epochs),
                search.seed("seed", Fields.DEFAULT_SEED),
                search.yesOrNo("guided", true),
                enqueued(),
                search.whole("confirm", 0, MOST_CONFIRMED, 0),
                search.choice("cost", Fields.COSTS, Cost.IGNORED),
                search.yesOrNo("transfer", false) ? Transfer.EARLIER_STUDIES : Transfer.NONE);
    }

    private Scheduler scheduler(int epochs) {
        Rule rule = search.choice("scheduler", RULES, Rule.ASHA);
        if (rule != Rule.ASHA && search.field("eta").isPresent()) {
            search.mistake("eta", "must stand beside the scheduler asha only.");
        }
        if (rule == Rule.NONE && search.field("minEpochs").isPresent()) {
            search.mistake("minEpochs", "must stand beside the schedulers asha and median only.");
        }
        return switch (rule) {
            case ASHA ->
                new Scheduler.Asha(
                        search.whole("eta", 2, LARGEST_ETA, Scheduler.Asha.DEFAULT.eta()),
                        minEpochs(epochs, Scheduler.Asha.DEFAULT.minEpochs()));
            case NONE -> new Scheduler.None();
            case MEDIAN ->
                new Scheduler.MedianStopping(
                        minEpochs(epochs, Scheduler.MedianStopping.DEFAULT.minEpochs()),
                        Scheduler.MedianStopping.DEFAULT.minTrials());
        };
    }

    private int minEpochs(int epochs, int usual) {
        int most = Math.max(1, epochs);
        return search.whole("minEpochs", 1, most, Math.min(usual, most));
    }

    private List<Configuration> enqueued() {
        Optional<Node> field = search.field("enqueue");
        if (field.isEmpty()) {
            return List.of();
        }
        if (!(field.get() instanceof SequenceNode list)) {
            search.mistake("enqueue", "must be a list of configurations such as {units: 100, layers: 2}.");
            return List.of();
        }
        var configurations = new ArrayList<Configuration>();
        for (Node entry : list.getValue()) {
            if (entry instanceof MappingNode) {
                configurations.add(configuration(entry));
            } else {
                search.mistakes()
                        .add(entry, search.at("enqueue"), "must be a configuration such as {units: 100, layers: 2}.");
            }
        }
        return configurations;
    }

    /** What it leaves out is the guide's start value. */
    private Configuration configuration(Node node) {
        var fields = new Section(search.mistakes(), search.at("enqueue"), node, Fields.SPACE);
        Configuration configuration = Guide.start(space);
        for (Parameter parameter : space.parameters()) {
            Optional<Node> field = fields.field(parameter.name());
            if (field.isPresent()) {
                Optional<Value> value = value(parameter, field.get());
                if (value.isEmpty()) {
                    fields.mistake(parameter.name(), "must be " + parameter.describe() + ", as the space says.");
                } else {
                    configuration = configuration.with(parameter.name(), value.get());
                }
            }
        }
        return configuration;
    }

    private static Optional<Value> value(Parameter parameter, Node node) {
        Value value = Scalars.text(node).filter("off"::equals).isPresent()
                ? Value.off()
                : Scalars.number(node).stream().mapToObj(Value::of).findFirst().orElse(Value.off());
        boolean readable = Scalars.number(node).isPresent()
                || Scalars.text(node).filter("off"::equals).isPresent();
        return readable && parameter.contains(value) ? Optional.of(value) : Optional.empty();
    }
}
