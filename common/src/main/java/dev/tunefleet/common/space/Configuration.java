package dev.tunefleet.common.space;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One point of a {@link SearchSpace}: a value for each of its parameters. Iterates in order of the names. */
public record Configuration(Map<String, Value> values) {

    public Configuration {
        values = values instanceof PackedValues packed ? packed : new PackedValues(new TreeMap<>(values));
    }

    /** The configuration that has these values, of the parameters {@code names} in ascending order; keeps that list if it never changes. */
    public static Configuration ofSorted(List<String> names, List<Value> values) {
        return new Configuration(new PackedValues(names, values));
    }

    /**
     * The value of parameter {@code name}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Value value(String name) {
        Value value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("A configuration must have the parameter " + name + ", had " + values);
        }
        return value;
    }

    /**
     * The number of parameter {@code name}; 0 where it is off.
     *
     * @throws IllegalArgumentException when there is none, or it is a label
     */
    public double number(String name) {
        return switch (value(name)) {
            case Value.Quantity(double amount) -> amount;
            case Value.Off() -> 0;
            case Value.Label(String label) ->
                throw new IllegalArgumentException("Parameter " + name + " must be a number, was " + label + ".");
        };
    }

    /**
     * The whole number of parameter {@code name}.
     *
     * @throws IllegalArgumentException when there is none, or it is not whole
     */
    public int whole(String name) {
        double number = number(name);
        if (number != Math.rint(number)) {
            throw new IllegalArgumentException("Parameter " + name + " must be whole, was " + number + ".");
        }
        return Math.toIntExact((long) number);
    }

    public Configuration with(String name, Value value) {
        var changed = new TreeMap<>(values);
        changed.put(name, value);
        return new Configuration(changed);
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
