package dev.tunefleet.common.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

/** Writes and reads the records of one family of types, each under a name of its own that never changes. Thread-safe. */
public final class Codec<T> {

    private static final int VERSION = 1;
    private static final int USUAL_BYTES = 512;
    private static final String TYPE = "type";
    private static final String VERSION_FIELD = "version";
    private static final String BODY = "body";

    private final ObjectMapper json;
    private final ObjectReader reader;
    private final String family;
    private final Map<String, Class<? extends T>> types;
    private final Map<Class<?>, String> names = new LinkedHashMap<>();
    private final Map<String, Function<WrittenText, T>> usual;

    /** A codec of {@code family} (a word for messages) whose types are written under the keys of {@code types}. */
    public Codec(String family, Map<String, Class<? extends T>> types) {
        this(Json.MAPPER, family, types);
    }

    /** The same, written by {@code json}: a copy of {@link Json#MAPPER} that knows further types. */
    public Codec(ObjectMapper json, String family, Map<String, Class<? extends T>> types) {
        this(json, family, types, Map.of());
    }

    private Codec(
            ObjectMapper json,
            String family,
            Map<String, Class<? extends T>> types,
            Map<String, Function<WrittenText, T>> usual) {
        this.json = json;
        this.reader = Json.strict(json);
        this.family = family;
        this.types = Map.copyOf(types);
        types.forEach((name, type) -> names.put(type, name));
        this.usual = Map.copyOf(usual);
    }

    /**
     * The same codec, which reads records of the types {@code usual} by these functions where they stand as {@link #write} writes them.
     * Each must read the body to what is read in general, or throw.
     */
    public Codec<T> withUsual(Map<String, Function<WrittenText, T>> usual) {
        return new Codec<>(json, family, types, usual);
    }

    /** The names under which records are written. */
    public Set<String> names() {
        return types.keySet();
    }

    public byte[] write(T record) {
        String name = names.get(record.getClass());
        if (name == null) {
            throw new IllegalArgumentException("The type (" + record.getClass().getSimpleName() + ") of a " + family
                    + " must be one of " + names.values() + ".");
        }
        var bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField(TYPE, name);
            out.writeNumberField(VERSION_FIELD, VERSION);
            out.writeFieldName(BODY);
            json.writeValue(out, record);
            out.writeEndObject();
        } catch (IOException failure) {
            throw new IllegalStateException("A " + family + " must be writable as JSON: " + record, failure);
        }
        return bytes.toByteArray();
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
        Optional<T> usual = usual(bytes);
        if (usual.isPresent()) {
            return usual.get();
        }
        try (JsonParser in = json.createParser(bytes)) {
            Optional<T> straight = straight(in);
            return straight.isPresent() ? straight.get() : readInAnyOrder(bytes);
        } catch (IOException failure) {
            throw new UnreadableRecordException(
                    "A " + family + " must be a JSON envelope with all its fields: " + failure.getMessage());
        }
    }

    private Optional<T> usual(byte[] bytes) {
        if (usual.isEmpty()) {
            return Optional.empty();
        }
        try {
            var in = new WrittenText(bytes);
            in.open();
            Function<WrittenText, T> reader = usual.get(in.string(TYPE));
            if (reader == null || in.whole(VERSION_FIELD) != VERSION) {
                return Optional.empty();
            }
            T record = reader.apply(in.field(BODY));
            in.close();
            return in.ended() ? Optional.of(record) : Optional.empty();
        } catch (RuntimeException otherwise) {
            // Not as it is written: perhaps all the same right, and if not, then what is wrong is told by those who
            // read it next.
            return Optional.empty();
        }
    }

    /** Reads a record whose fields come as {@link #write} writes them, in one pass; empty where they do not. */
    private Optional<T> straight(JsonParser in) throws IOException {
        boolean typed = in.nextToken() == JsonToken.START_OBJECT
                && TYPE.equals(in.nextFieldName())
                && in.nextToken() == JsonToken.VALUE_STRING;
        Class<? extends T> type = typed ? types.get(in.getText()) : null;
        boolean versioned = type != null
                && VERSION_FIELD.equals(in.nextFieldName())
                && in.nextIntValue(0) == VERSION
                && BODY.equals(in.nextFieldName())
                && in.nextToken() == JsonToken.START_OBJECT;
        if (!versioned) {
            return Optional.empty();
        }
        T record = reader.readValue(in, type);
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            in.nextToken();
            in.skipChildren();
        }
        return Optional.of(record);
    }

    private T readInAnyOrder(byte[] bytes) throws IOException {
        JsonNode envelope = json.readTree(bytes);
        String name = envelope.path(TYPE).asText();
        Class<? extends T> type = types.get(name);
        if (type == null) {
            throw new UnreadableRecordException(
                    "The type (" + name + ") of a " + family + " must be one of " + types.keySet() + ".");
        }
        int version = envelope.path(VERSION_FIELD).asInt();
        if (version != VERSION) {
            throw new UnreadableRecordException("The version (" + version + ") of a " + family + " (" + name
                    + ") must be " + VERSION + ". Maybe it was written by a newer Tunefleet.");
        }
        T record = reader.treeToValue(envelope.path(BODY), type);
        if (record == null) {
            throw new UnreadableRecordException("The body of a " + family + " (" + name + ") must not be absent.");
        }
        return record;
    }
}
