package dev.tunefleet.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.tunefleet.common.wire.Json;

/** Rows of texts under heads, printed aligned or as CSV. */
final class Table {

    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> heads) {
        this.heads = List.copyOf(heads);
    }

    void row(List<String> cells) {
        if (cells.size() != heads.size()) {
            throw new IllegalArgumentException(
                    "The cells (" + cells.size() + ") of a row must be as many as the heads (" + heads.size() + ").");
        }
        rows.add(List.copyOf(cells));
    }

    /** The first column to the left, numbers to the right and rounded to what a person reads. */
    List<String> lines() {
        List<List<String>> shown = all().stream()
                .map(row -> row.stream().map(Table::rounded).toList())
                .toList();
        int[] widths = new int[heads.size()];
        for (List<String> row : shown) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return shown.stream().map(row -> line(row, widths)).toList();
    }

    private static String rounded(String cell) {
        return cell.matches("-?\\d+\\.\\d{5,}|-?\\d\\.\\d+E-?\\d+") ? Numbers.error(Double.parseDouble(cell)) : cell;
    }

    /** As RFC 4180 says, with the heads first. */
    String csv() {
        return all().stream()
                .map(row -> row.stream().map(Table::quoted).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private List<List<String>> all() {
        var all = new ArrayList<List<String>>();
        all.add(heads);
        all.addAll(rows);
        return all;
    }

    private String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String gap = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 0 ? "" : "  ");
            line.append(rightAligned(i) ? gap + row.get(i) : row.get(i) + gap);
        }
        return line.toString().stripTrailing();
    }

    private boolean rightAligned(int column) {
        return column > 0
                && rows.stream()
                        .map(row -> row.get(column))
                        .allMatch(cell -> cell.isEmpty() || cell.matches("[-+]?[\\d.].*"));
    }

    private static String quoted(String cell) {
        return cell.matches("(?s).*[\",\r\n].*") ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
    }

    static String json(Object value) {
        try {
            return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A view must be writable as JSON: " + value, impossible);
        }
    }
}
