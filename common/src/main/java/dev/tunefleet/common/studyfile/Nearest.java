package dev.tunefleet.common.studyfile;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses which name was meant by a mistyped one. */
final class Nearest {

    private Nearest() {}

    /** The candidate that fewest edits lead to, when those are few for its length. Cost: product of the lengths, each. */
    static Optional<String> to(String written, Collection<String> candidates) {
        String best = "";
        int fewest = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int edits = edits(plain(written), plain(candidate));
            if (edits < fewest) {
                fewest = edits;
                best = candidate;
            }
        }
        return fewest <= Math.max(1, best.length() / 3) ? Optional.of(best) : Optional.empty();
    }

    /** learning_rate, learning-rate and LearningRate are the same word. */
    private static String plain(String name) {
        return name.replaceAll("[_\\-\\s]", "").toLowerCase(Locale.ROOT);
    }

    /** The edit distance of Levenshtein 1966, with one row of its table kept. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
