package dev.tunefleet.common.space;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An ordered list of parameters with distinct names; a study searches it for the best {@link Configuration}. */
public record SearchSpace(List<Parameter> parameters) {

    public SearchSpace {
        parameters = List.copyOf(parameters);
        Set<String> names = new LinkedHashSet<>();
        for (Parameter parameter : parameters) {
            if (!names.add(parameter.name())) {
                throw new IllegalArgumentException(
                        "The parameter " + parameter.name() + " must stand in a search space once.");
            }
        }
    }

    /**
     * The parameter called {@code name}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Parameter parameter(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The search space must have a parameter " + name
                        + "; it has "
                        + parameters.stream().map(Parameter::name).toList() + "."));
    }

    /** Whether {@code configuration} has a legal value for each parameter and no other. */
    public boolean contains(Configuration configuration) {
        return configuration.values().size() == parameters.size()
                && parameters.stream().allMatch(parameter -> {
                    Value value = configuration.values().get(parameter.name());
                    return value != null && parameter.contains(value);
                });
    }

    /**
     * Returns {@code configuration} when it is legal.
     *
     * @throws IllegalArgumentException naming the parameter, its value and what is allowed
     */
    public Configuration check(Configuration configuration) {
        for (Parameter parameter : parameters) {
            Value value = configuration.value(parameter.name());
            if (!parameter.contains(value)) {
                throw new IllegalArgumentException(
                        "The parameter " + parameter.name() + " (" + value + ") must be " + parameter.describe() + ".");
            }
        }
        for (String name : configuration.values().keySet()) {
            parameter(name);
        }
        return configuration;
    }
}
