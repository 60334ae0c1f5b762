package dev.tunefleet.worker.data;

import java.util.ArrayList;
import java.util.List;

/** How one line of a CSV file is cut into cells (RFC 4180, without line breaks inside of quotes). */
final class CsvLine {

    private CsvLine() {}

    /** The delimiter that stands most often in {@code header}: comma, semicolon or tab. */
    static char delimiter(String header) {
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(header, candidate) > count(header, best)) {
                best = candidate;
            }
        }
        return best;
    }

    /**
     * The cells of {@code line}, trimmed, quotes removed.
     *
     * @throws IllegalArgumentException when a quote is not closed
     */
    static List<String> cells(String line, char delimiter) {
        var cells = new ArrayList<String>();
        int at = 0;
        while (true) {
            int begin = at;
            while (begin < line.length() && line.charAt(begin) == ' ') {
                begin++;
            }
            if (begin < line.length() && line.charAt(begin) == '"') {
                var cell = new StringBuilder();
                at = quoted(line, begin + 1, cell);
                cells.add(cell.toString().trim());
                at = line.indexOf(delimiter, at);
            } else {
                at = line.indexOf(delimiter, begin);
                cells.add(line.substring(begin, at < 0 ? line.length() : at).trim());
            }
            if (at < 0) {
                return cells;
            }
            at++;
        }
    }

    private static int quoted(String line, int from, StringBuilder cell) {
        int at = from;
        while (at < line.length()) {
            char next = line.charAt(at++);
            if (next != '"') {
                cell.append(next);
            } else if (at < line.length() && line.charAt(at) == '"') {
                cell.append('"');
                at++;
            } else {
                return at;
            }
        }
        throw new IllegalArgumentException("A quote must be closed on the line on which it is opened.");
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(next -> next == wanted).count();
    }
}
