package dev.tunefleet.common.studyfile;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads single values as they are written: YAML 1.1 would make {@code off} a boolean and {@code 1e-3} a text. */
final class Scalars {

    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private Scalars() {}

    /** The text of a scalar that is not empty. */
    static Optional<String> text(Node node) {
        return node instanceof ScalarNode scalar
                        && !scalar.getTag().equals(Tag.NULL)
                        && !scalar.getValue().isBlank()
                ? Optional.of(scalar.getValue().strip())
                : Optional.empty();
    }

    /** The finite number that a scalar spells. */
    static OptionalDouble number(Node node) {
        String text = text(node).orElse("");
        if (!NUMBER.matcher(text).matches()) {
            return OptionalDouble.empty();
        }
        double number = Double.parseDouble(text);
        return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }
}
