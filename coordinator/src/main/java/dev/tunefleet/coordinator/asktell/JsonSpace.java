package dev.tunefleet.coordinator.asktell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Scale;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;

/**
 * A search space as the protocol writes it, and configurations in its words.
 *
 * @param choices by parameter and label: what the client gave, so that it gets it back with its type
 */
record JsonSpace(SearchSpace space, Map<String, Map<String, JsonNode>> choices) {

    /**
     * Reads the {@code space} of an {@code init}.
     *
     * @throws IllegalArgumentException naming what is wrong with it
     */
    static JsonSpace of(JsonNode space) {
        if (!space.isArray() || space.isEmpty()) {
            throw new IllegalArgumentException("The space (" + space + ") must be a list of one or more parameters.");
        }
        var parameters = new ArrayList<Parameter>();
        var choices = new HashMap<String, Map<String, JsonNode>>();
        for (JsonNode each : space) {
            String name = each.path("name").asText();
            String type = each.path("type").asText();
            parameters.add(
                    switch (type) {
                        case "double" -> real(name, each);
                        case "int" -> whole(name, each);
                        case "categorical" -> choice(name, each.path("choices"), choices);
                        default ->
                            throw new IllegalArgumentException("The type (" + type + ") of parameter " + name
                                    + " must be double, int or categorical.");
                    });
        }
        return new JsonSpace(new SearchSpace(parameters), Map.copyOf(choices));
    }

    private static Parameter real(String name, JsonNode each) {
        return new Real(name, bound(name, each, "low"), bound(name, each, "high"), scale(each));
    }

    private static Parameter whole(String name, JsonNode each) {
        double low = bound(name, each, "low");
        double high = bound(name, each, "high");
        if (low != Math.rint(low) || high != Math.rint(high)) {
            throw new IllegalArgumentException(
                    "The range (" + low + " to " + high + ") of the int parameter " + name + " must be whole.");
        }
        return new Whole(name, (long) low, (long) high, 1, scale(each));
    }

    private static double bound(String name, JsonNode each, String key) {
        JsonNode bound = each.path(key);
        if (!bound.isNumber()) {
            throw new IllegalArgumentException(
                    "The " + key + " (" + bound + ") of parameter " + name + " must be a number.");
        }
        return bound.doubleValue();
    }

    private static Scale scale(JsonNode each) {
        return each.path("log").asBoolean(false) ? Scale.LOG : Scale.LINEAR;
    }

    private static Parameter choice(String name, JsonNode options, Map<String, Map<String, JsonNode>> choices) {
        if (!options.isArray()) {
            throw new IllegalArgumentException(
                    "The choices (" + options + ") of parameter " + name + " must be a list.");
        }
        boolean ascending = ascending(options);
        var values = new ArrayList<Value>();
        var given = new HashMap<String, JsonNode>();
        for (JsonNode option : options) {
            Value value = ascending ? Value.of(option.doubleValue()) : Value.of(option.toString());
            values.add(value);
            given.put(value.toString(), option);
        }
        choices.put(name, given);
        return new Choice(name, values, ascending);
    }

    /** Numbers in ascending order are taken for a scale, anything else for names. */
    private static boolean ascending(JsonNode options) {
        for (int i = 0; i < options.size(); i++) {
            if (!options.get(i).isNumber()
                    || i > 0
                            && options.get(i).doubleValue()
                                    <= options.get(i - 1).doubleValue()) {
                return false;
            }
        }
        return options.size() > 2;
    }

    /** The configuration in the protocol's words, in the order of the space. */
    ObjectNode write(Configuration configuration) {
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        for (Parameter parameter : space.parameters()) {
            String name = parameter.name();
            switch (parameter) {
                case Real _, Switched _ -> params.put(name, configuration.number(name));
                case Whole _ -> params.put(name, (long) configuration.number(name));
                case Choice _ ->
                    params.set(
                            name,
                            choices.get(name).get(configuration.value(name).toString()));
            }
        }
        return params;
    }

    /**
     * Reads the {@code params} of a client.
     *
     * @throws IllegalArgumentException when they are no configuration of the space
     */
    Configuration read(JsonNode params) {
        var values = new TreeMap<String, Value>();
        for (String name : names(params)) {
            values.put(name, value(space.parameter(name), params.get(name)));
        }
        return space.check(new Configuration(values));
    }

    private static List<String> names(JsonNode params) {
        if (!params.isObject()) {
            throw new IllegalArgumentException("The params (" + params + ") must be a JSON object.");
        }
        var names = new ArrayList<String>();
        params.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Value value(Parameter parameter, JsonNode value) {
        if (parameter instanceof Choice choice) {
            return choice.ordered() && value.isNumber() ? Value.of(value.doubleValue()) : Value.of(value.toString());
        }
        if (!value.isNumber()) {
            throw new IllegalArgumentException(
                    "The value (" + value + ") of parameter " + parameter.name() + " must be a number.");
        }
        return Value.of(value.doubleValue());
    }
}
