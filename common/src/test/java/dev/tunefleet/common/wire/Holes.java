package dev.tunefleet.common.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is missing in records: makes written ones that lack something, and looks for it in those that were read. */
public final class Holes {

    private Holes() {}

    /** Every text that is {@code written} without one of its values, at whatever depth, or with null there. */
    public static Stream<byte[]> in(byte[] written) {
        return places(tree(written), JsonPointer.empty())
                .flatMap(place -> Stream.of(without(written, place), withNull(written, place)));
    }

    /** Whether {@code value} is null, or something in it. */
    public static boolean has(Object value) {
        return switch (value) {
            case null -> true;
            case Collection<?> elements -> elements.stream().anyMatch(Holes::has);
            case Map<?, ?> map ->
                has(List.copyOf(map.keySet())) || map.values().stream().anyMatch(Holes::has);
            case Record made -> Stream.of(made.getClass().getRecordComponents()).anyMatch(part -> has(of(made, part)));
            default -> false;
        };
    }

    /** Whether {@code codec} refuses {@code written} as unreadable, or reads it to something that lacks nothing. */
    public static boolean sound(Codec<?> codec, byte[] written) {
        try {
            return !has(codec.read(written));
        } catch (UnreadableRecordException refused) {
            return true;
        }
    }

    private static Object of(Record made, RecordComponent part) {
        try {
            part.getAccessor().setAccessible(true);
            return part.getAccessor().invoke(made);
        } catch (IllegalAccessException | InvocationTargetException refused) {
            throw new IllegalStateException("The component " + part + " must be readable.", refused);
        }
    }

    private static Stream<JsonPointer> places(JsonNode node, JsonPointer at) {
        Stream<JsonPointer> below =
                switch (node) {
                    case ObjectNode object ->
                        object.propertyStream()
                                .flatMap(field -> places(field.getValue(), at.appendProperty(field.getKey())));
                    case ArrayNode array ->
                        Stream.iterate(0, index -> index < array.size(), index -> index + 1)
                                .flatMap(index -> places(array.get(index), at.appendIndex(index)));
                    default -> Stream.empty();
                };
        return at.matches() ? below : Stream.concat(Stream.of(at), below);
    }

    private static byte[] without(byte[] written, JsonPointer place) {
        JsonNode whole = tree(written);
        switch (whole.at(place.head())) {
            case ObjectNode object -> object.remove(place.last().getMatchingProperty());
            case ArrayNode array -> array.remove(place.last().getMatchingIndex());
            default -> throw new IllegalStateException("Nothing is at " + place + ".");
        }
        return bytes(whole);
    }

    private static byte[] withNull(byte[] written, JsonPointer place) {
        JsonNode whole = tree(written);
        switch (whole.at(place.head())) {
            case ObjectNode object -> object.putNull(place.last().getMatchingProperty());
            case ArrayNode array -> array.setNull(place.last().getMatchingIndex());
            default -> throw new IllegalStateException("Nothing is at " + place + ".");
        }
        return bytes(whole);
    }

    private static JsonNode tree(byte[] written) {
        try {
            return Json.MAPPER.readTree(written);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static byte[] bytes(JsonNode tree) {
        return tree.toString().getBytes(StandardCharsets.UTF_8);
    }
}
