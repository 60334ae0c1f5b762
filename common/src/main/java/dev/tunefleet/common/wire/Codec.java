package dev.tunefleet.common.wire;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes and reads the records of one family of types, each under a name of its own that never changes. Thread-safe. */
public final class Codec<T> {

    private static final int VERSION = 1;

    private final ObjectMapper json;
    private final String family;
    private final Map<String, Class<? extends T>> types;
    private final Map<Class<?>, String> names = new LinkedHashMap<>();

    /** A codec of {@code family} (a word for messages) whose types are written under the keys of {@code types}. */
    public Codec(String family, Map<String, Class<? extends T>> types) {
        this(Json.MAPPER, family, types);
    }

    /** The same, written by {@code json}: a copy of {@link Json#MAPPER} that knows further types. */
    public Codec(ObjectMapper json, String family, Map<String, Class<? extends T>> types) {
        this.json = json;
        this.family = family;
        this.types = Map.copyOf(types);
        types.forEach((name, type) -> names.put(type, name));
    }

    public byte[] write(T record) {
        String name = names.get(record.getClass());
        if (name == null) {
            throw new IllegalArgumentException("The type (" + record.getClass().getSimpleName() + ") of a " + family
                    + " must be one of " + names.values() + ".");
        }
        ObjectNode envelope = json.createObjectNode();
        envelope.put("type", name);
        envelope.put("version", VERSION);
        envelope.set("body", json.valueToTree(record));
        try {
            return json.writeValueAsBytes(envelope);
        } catch (IOException failure) {
            throw new IllegalStateException("A " + family + " must be writable as JSON: " + record, failure);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws UnreadableRecordException when it is no such record
     */
    public T read(byte[] bytes) {
        if (bytes == null) {
            throw new UnreadableRecordException("A " + family + " must have a value.");
        }
        try {
            JsonNode envelope = json.readTree(bytes);
            String name = envelope.path("type").asText();
            Class<? extends T> type = types.get(name);
            if (type == null) {
                throw new UnreadableRecordException(
                        "The type (" + name + ") of a " + family + " must be one of " + types.keySet() + ".");
            }
            int version = envelope.path("version").asInt();
            if (version != VERSION) {
                throw new UnreadableRecordException("The version (" + version + ") of a " + family + " (" + name
                        + ") must be " + VERSION + ". Maybe it was written by a newer Tunefleet.");
            }
            T record = json.treeToValue(envelope.path("body"), type);
            if (record == null) {
                throw new UnreadableRecordException("The body of a " + family + " (" + name + ") must not be absent.");
            }
            return record;
        } catch (IOException failure) {
            throw new UnreadableRecordException("A " + family + " must be a JSON envelope: " + failure.getMessage());
        }
    }
}
