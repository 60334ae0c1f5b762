package dev.tunefleet.common.space;

import java.util.HashSet;
import java.util.List;

/**
 * A parameter that takes one of a list of options. Ordered options are evenly spread over the unit interval in the order
 * given (batch sizes 32, 64, 128); unordered ones are equally far from each other.
 */
public record Choice(String name, List<Value> options, boolean ordered) implements Parameter {

    public Choice {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of a parameter must not be blank.");
        }
        options = List.copyOf(options);
        if (options.isEmpty() || new HashSet<>(options).size() != options.size()) {
            throw new IllegalArgumentException(
                    "The options (" + options + ") of parameter " + name + " must be one or more, each once.");
        }
        if (options.contains(Value.off())) {
            throw new IllegalArgumentException("An option of parameter " + name + " must be a number or a name.");
        }
    }

    @Override
    public boolean contains(Value value) {
        return options.contains(value);
    }

    @Override
    public String describe() {
        return "one of " + options;
    }
}
