package dev.tunefleet.common.studyfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.spec.Guide;

/** Reads the section {@code space}: what it leaves out is the guide's, what it names is narrowed, widened or fixed. */
final class SpaceReader {

    private final Section space;

    SpaceReader(Section space) {
        this.space = space;
    }

    SearchSpace read() {
        var parameters = new ArrayList<Parameter>();
        for (Parameter usual : Guide.SPACE.parameters()) {
            parameters.add(space.field(usual.name())
                    .flatMap(node -> read(Limits.of(usual), node))
                    .orElse(usual));
        }
        return new SearchSpace(parameters);
    }

    private Optional<Parameter> read(Limits limits, Node node) {
        return switch (node) {
            case ScalarNode scalar -> single(limits, scalar);
            case SequenceNode list when limits.optionsByDefault() -> options(limits, list);
            case SequenceNode list -> range(limits, list).flatMap(range -> checked(limits, () -> limits.always(range)));
            case MappingNode mapping -> detailed(limits, mapping);
            default -> wrong(limits, node, limits.forms());
        };
    }

    private Optional<Parameter> single(Limits limits, ScalarNode scalar) {
        if (limits.optional() && Scalars.text(scalar).filter("off"::equals).isPresent()) {
            return Optional.of(limits.off());
        }
        return number(limits, scalar).map(limits::fixed);
    }

    private Optional<Parameter> detailed(Limits limits, MappingNode mapping) {
        var detail = new Section(space.mistakes(), space.at(limits.name()), mapping, limits.detailFields());
        if (detail.field("options").isPresent()) {
            for (String other : List.of("range", "multiplesOf", "step", "scale")) {
                if (detail.field(other).isPresent()) {
                    detail.mistake(other, "must not stand beside options.");
                }
            }
            return detail.field("options").get() instanceof SequenceNode list
                    ? options(limits, list)
                    : wrong(limits, mapping, "must have a list of numbers as options.");
        }
        if (detail.field("range").isEmpty() && limits.usualRange().isEmpty()) {
            return wrong(limits, mapping, "must have options or a range, [lowest, highest].");
        }
        Optional<Range> range =
                detail.field("range").map(node -> range(limits, node)).orElseGet(limits::usualRange);
        if (range.isEmpty()) {
            return Optional.empty();
        }
        return checked(limits, () -> limits.detailed(detail, range.get()));
    }

    private Optional<Range> range(Limits limits, Node node) {
        if (!(node instanceof SequenceNode list) || list.getValue().size() != 2) {
            wrong(limits, node, "must be two numbers, [lowest, highest].");
            return Optional.empty();
        }
        Optional<Double> low = number(limits, list.getValue().get(0));
        Optional<Double> high = number(limits, list.getValue().get(1));
        if (low.isEmpty() || high.isEmpty()) {
            return Optional.empty();
        }
        if (low.get() > high.get()) {
            wrong(
                    limits,
                    node,
                    "must ascend, but begins with " + Range.text(low.get()) + " and ends with " + Range.text(high.get())
                            + ".");
            return Optional.empty();
        }
        return Optional.of(new Range(low.get(), high.get()));
    }

    private Optional<Parameter> options(Limits limits, SequenceNode list) {
        var numbers = new ArrayList<Double>();
        for (Node entry : list.getValue()) {
            number(limits, entry).ifPresent(numbers::add);
        }
        if (numbers.size() != list.getValue().size()) {
            return Optional.empty();
        }
        return checked(limits, () -> limits.choice(numbers));
    }

    private Optional<Double> number(Limits limits, Node node) {
        var number = Scalars.number(node);
        if (number.isEmpty() || !limits.allows(number.getAsDouble())) {
            wrong(limits, node, "must be " + limits.rule() + ".");
            return Optional.empty();
        }
        return Optional.of(number.getAsDouble());
    }

    private Optional<Parameter> checked(Limits limits, Supplier<Parameter> build) {
        return SpecReader.checked(space, limits.name(), build);
    }

    private Optional<Parameter> wrong(Limits limits, Node node, String rule) {
        space.mistakes().add(node, space.at(limits.name()), rule);
        return Optional.empty();
    }
}
