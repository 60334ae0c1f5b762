package dev.tunefleet.common.studyfile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The fields of one YAML mapping; each mistake is noted and answered with the default, so that reading goes on. */
final class Section {

    private final Mistakes mistakes;
    private final String path;
    private final Node node;
    private final Map<String, Node> fields = new LinkedHashMap<>();

    /** The fields of {@code node}, which may be {@code allowed} ones only; {@code path} is its full name, empty for the file. */
    Section(Mistakes mistakes, String path, Node node, List<String> allowed) {
        this.mistakes = mistakes;
        this.path = path;
        this.node = node;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(field -> add(field, allowed));
        } else {
            mistakes.add(node, path, "must be fields with values: " + String.join(", ", allowed) + ".");
        }
    }

    private void add(NodeTuple field, List<String> allowed) {
        Node key = field.getKeyNode();
        String name = key instanceof ScalarNode scalar ? scalar.getValue() : "?";
        if (!allowed.contains(name)) {
            String guess = Nearest.to(name, allowed)
                    .map(nearest -> " Maybe " + nearest + " was meant.")
                    .orElse("");
            mistakes.addWithoutValue(
                    key, at(name), "is not a known field; allowed are " + String.join(", ", allowed) + "." + guess);
        } else if (fields.containsKey(name)) {
            mistakes.addWithoutValue(
                    key,
                    at(name),
                    "must stand once; it stands on line "
                            + (fields.get(name).getStartMark().getLine() + 1) + " already.");
        } else {
            fields.put(name, field.getValueNode());
        }
    }

    Node node() {
        return node;
    }

    Optional<Node> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** The section under {@code name}; an empty one where there is none. */
    Section section(String name, List<String> allowed) {
        Node inner = fields.getOrDefault(name, empty());
        return new Section(mistakes, at(name), inner, allowed);
    }

    private Node empty() {
        return new MappingNode(
                Tag.MAP, true, List.of(), node.getStartMark(), node.getEndMark(), DumperOptions.FlowStyle.BLOCK);
    }

    String required(String name, String meaning) {
        Optional<String> text = text(name);
        if (text.isEmpty() && !fields.containsKey(name)) {
            mistakes.addWithoutValue(node, at(name), "must be given: " + meaning + ".");
        }
        return text.orElse("");
    }

    Optional<String> text(String name) {
        return field(name).flatMap(value -> {
            Optional<String> text = Scalars.text(value);
            if (text.isEmpty()) {
                mistake(name, "must be a text.");
            }
            return text;
        });
    }

    int whole(String name, int low, int high, int otherwise) {
        return whole(name, low, high).orElse(otherwise);
    }

    OptionalInt whole(String name, int low, int high) {
        Optional<Integer> number = field(name).flatMap(value -> {
            OptionalDouble read = Scalars.number(value);
            if (read.isPresent()
                    && read.getAsDouble() == Math.rint(read.getAsDouble())
                    && read.getAsDouble() >= low
                    && read.getAsDouble() <= high) {
                return Optional.of((int) read.getAsDouble());
            }
            mistake(name, "must be a whole number from " + low + " to " + high + ".");
            return Optional.empty();
        });
        return number.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    long seed(String name, long otherwise) {
        return field(name)
                .map(value -> {
                    try {
                        return Long.parseLong(Scalars.text(value).orElse(""));
                    } catch (NumberFormatException wrong) {
                        mistake(name, "must be a whole number.");
                        return otherwise;
                    }
                })
                .orElse(otherwise);
    }

    OptionalDouble number(String name, double low, String rule) {
        if (!fields.containsKey(name)) {
            return OptionalDouble.empty();
        }
        OptionalDouble read = Scalars.number(fields.get(name));
        if (read.isPresent() && read.getAsDouble() >= low) {
            return read;
        }
        mistake(name, rule);
        return OptionalDouble.empty();
    }

    boolean yesOrNo(String name, boolean otherwise) {
        return choice(name, Map.of("true", true, "false", false), otherwise);
    }

    Optional<Duration> duration(String name) {
        return field(name).flatMap(value -> {
            Optional<Duration> duration = Scalars.text(value).flatMap(Durations::parse);
            if (duration.isEmpty()) {
                mistake(name, "must be a time above 0 such as 90s, 10m, 1h30m or 2d.");
            }
            return duration;
        });
    }

    <T> T choice(String name, Map<String, T> choices, T otherwise) {
        return field(name)
                .map(value -> Scalars.text(value).map(choices::get).orElseGet(() -> {
                    String written = Scalars.text(value).orElse("");
                    String guess = Nearest.to(written, choices.keySet())
                            .map(nearest -> " Maybe " + nearest + " was meant.")
                            .orElse("");
                    mistake(
                            name,
                            "must be "
                                    + (choices.size() == 1 ? "" : "one of ")
                                    + String.join(
                                            ", ",
                                            choices.keySet().stream().sorted().toList()) + "." + guess);
                    return otherwise;
                }))
                .orElse(otherwise);
    }

    /** The texts of a list; a single text is a list of one. */
    List<String> texts(String name) {
        return field(name).map(value -> texts(name, value)).orElse(List.of());
    }

    private List<String> texts(String name, Node value) {
        List<Node> entries = value instanceof SequenceNode list ? list.getValue() : List.of(value);
        var texts = new ArrayList<String>();
        for (Node entry : entries) {
            Scalars.text(entry)
                    .ifPresentOrElse(texts::add, () -> mistakes.add(entry, at(name), "must be a list of texts."));
        }
        return texts;
    }

    /** Notes that what stands under {@code name}, or this section where nothing does, breaks {@code rule}. */
    void mistake(String name, String rule) {
        mistakes.add(fields.getOrDefault(name, node), at(name), rule);
    }

    Mistakes mistakes() {
        return mistakes;
    }

    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
