package dev.tunefleet.cluster;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** The environment that a container is given, as a kubelet would work it out where it can be known. */
final class Settings {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Z0-9_]+)\\)");

    private Settings() {}

    /** Names and the values that stand in the manifest itself; a value from elsewhere is empty. */
    static Map<String, String> of(JsonNode container) {
        var values = new TreeMap<String, String>();
        Rendered.each(container.path("env"))
                .forEach(variable -> values.put(
                        variable.path("name").asText(), variable.path("value").asText("")));
        return values;
    }

    /** Names and values, those from the configuration among them, with references to earlier ones filled in. */
    static Map<String, String> of(Rendered rendered, String deployment) {
        var values = new TreeMap<String, String>();
        JsonNode container = Rendered.containerOf(rendered.get("Deployment", deployment));
        Rendered.each(container.path("env")).forEach(variable -> {
            JsonNode reference = variable.at("/valueFrom/configMapKeyRef");
            String value = reference.isMissingNode()
                    ? variable.path("value").asText("")
                    : rendered.get("ConfigMap", reference.path("name").asText())
                            .path("data")
                            .path(reference.path("key").asText())
                            .asText();
            Matcher names = REFERENCE.matcher(value);
            values.put(
                    variable.path("name").asText(),
                    names.replaceAll(
                            match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group()))));
        });
        return values;
    }
}
