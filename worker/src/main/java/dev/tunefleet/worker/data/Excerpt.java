package dev.tunefleet.worker.data;

import java.util.List;
import java.util.stream.Collectors;

/** As much of a file's own words as a message can carry: what a file holds may be any text, however long. */
final class Excerpt {

    private static final int CHARACTERS = 100;
    private static final int NAMES = 20;

    private Excerpt() {}

    /** The begin of {@code text}, marked where more follows. */
    static String of(String text) {
        if (text.length() <= CHARACTERS) {
            return text;
        }
        boolean withinPair = Character.isHighSurrogate(text.charAt(CHARACTERS - 1));
        return text.substring(0, withinPair ? CHARACTERS - 1 : CHARACTERS) + "…";
    }

    /** The first of {@code names}, and how many more there are. */
    static String of(List<String> names) {
        String first = names.stream().limit(NAMES).map(Excerpt::of).collect(Collectors.joining(", "));
        return "[" + first + (names.size() <= NAMES ? "]" : " and " + (names.size() - NAMES) + " more]");
    }
}
