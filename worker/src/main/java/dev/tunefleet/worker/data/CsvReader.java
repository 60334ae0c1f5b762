package dev.tunefleet.worker.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

import dev.tunefleet.common.spec.DataSource;
import dev.tunefleet.worker.data.InvalidDataException.Place;

/** Reads a CSV file with a header in one pass, and refuses the first thing that is not as the study says. */
public final class CsvReader {

    /** More cells than this are refused: 400 MB as floats. */
    private static final long MOST_CELLS = 100_000_000;

    private static final int MOST_COLUMNS = 2_000;

    private static final int LONGEST_LINE = 1_000_000;

    private final String file;
    private final DataSource source;
    private final long mostCells;
    private final char delimiter;
    private final int timeColumn;
    private final Times times = new Times();
    private final List<Optional<NumberColumn>> columns = new ArrayList<>();
    private int[] lines = new int[1024];
    private int rows;

    private CsvReader(String file, String header, DataSource source, long mostCells) {
        this.file = file;
        this.source = source;
        this.mostCells = mostCells;
        this.delimiter = CsvLine.delimiter(header);
        List<String> names = cells(header, 1);
        checkHeader(names);
        this.timeColumn = source.time().map(names::indexOf).orElse(-1);
        var wanted = new HashSet<>(source.targets());
        wanted.addAll(source.inputs());
        for (int i = 0; i < names.size(); i++) {
            boolean asked = wanted.contains(names.get(i));
            boolean read = i != timeColumn && (asked || source.inputs().isEmpty());
            columns.add(read ? Optional.of(new NumberColumn(names.get(i), asked)) : Optional.empty());
        }
    }

    /**
     * The columns that {@code source} asks for, or all numeric ones where it names no inputs. O(cells).
     *
     * @param file the name of the file in messages
     * @throws InvalidDataException at the first thing that is wrong
     */
    public static Series read(String file, InputStream content, DataSource source) throws IOException {
        return read(file, content, source, MOST_CELLS);
    }

    /** @param mostCells the cells of all columns, and of those read once missing rows are filled, that are not refused */
    static Series read(String file, InputStream content, DataSource source, long mostCells) throws IOException {
        var text = new LimitedLines(file, new InputStreamReader(content, StandardCharsets.UTF_8), LONGEST_LINE);
        var lines = new BufferedReader(text, 1 << 16);
        String header = lines.readLine();
        if (header == null || header.isBlank()) {
            throw new InvalidDataException(
                    "The file (" + file + ") of a study must begin with a line of column names, and is empty there.");
        }
        var reader = new CsvReader(file, header.startsWith("\uFEFF") ? header.substring(1) : header, source, mostCells);
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                reader.add(line, number);
            }
        }
        return reader.finish();
    }

    private void checkHeader(List<String> names) {
        if (names.size() > MOST_COLUMNS || new HashSet<>(names).size() != names.size()) {
            throw new InvalidDataException(
                    Place.line(file, 1), "column names must be distinct and at most " + MOST_COLUMNS + ".");
        }
        var asked = new ArrayList<>(source.targets());
        asked.addAll(source.inputs());
        source.time().ifPresent(asked::add);
        for (String name : asked) {
            if (!names.contains(name)) {
                throw new InvalidDataException(
                        Place.line(file, 1),
                        "there must be a column \"" + name + "\", which the study names. There are " + Excerpt.of(names)
                                + ".");
            }
        }
    }

    private List<String> cells(String line, int number) {
        try {
            return CsvLine.cells(line, delimiter);
        } catch (IllegalArgumentException malformed) {
            throw new InvalidDataException(Place.line(file, number), malformed.getMessage());
        }
    }

    private void add(String line, int number) {
        List<String> cells = cells(line, number);
        if (cells.size() != columns.size()) {
            throw new InvalidDataException(
                    Place.line(file, number),
                    "a line must have " + columns.size() + " cells like the header, this one has " + cells.size()
                            + ".");
        }
        if ((rows + 1L) * columns.size() > mostCells) {
            throw new InvalidDataException(
                    Place.line(file, number), "a file must have at most " + mostCells + " cells up to here.");
        }
        if (timeColumn >= 0) {
            addTime(cells.get(timeColumn), number);
        }
        for (int i = 0; i < cells.size(); i++) {
            if (columns.get(i).isPresent()) {
                addNumber(columns.get(i).get(), cells.get(i), number);
            }
        }
        if (rows == lines.length) {
            lines = Arrays.copyOf(lines, 2 * rows);
        }
        lines[rows++] = number;
    }

    private void addTime(String cell, int number) {
        String column = source.time().orElseThrow();
        long second;
        try {
            second = Times.parse(cell);
        } catch (IllegalArgumentException malformed) {
            throw new InvalidDataException(
                    Place.cell(file, number, column, cell),
                    malformed.getMessage() + ", was \"" + Excerpt.of(cell) + "\".");
        }
        if (times.rows() > 0 && second <= times.last()) {
            throw new InvalidDataException(
                    Place.cell(file, number, column, cell),
                    "the time (" + cell + ") must be after that of the line before (" + Times.text(times.last())
                            + "). Maybe the file is not sorted, or has local times that change with summer time.");
        }
        times.add(second);
    }

    private void addNumber(NumberColumn column, String cell, int number) {
        try {
            column.add(cell, source.missing());
        } catch (IllegalArgumentException malformed) {
            throw new InvalidDataException(
                    Place.cell(file, number, column.name(), cell),
                    malformed.getMessage()
                            + (cell.isEmpty()
                                    ? " (The cell is empty.)"
                                    : " (The cell has \"" + Excerpt.of(cell) + "\".)"));
        }
    }

    private Series finish() {
        if (rows < 2) {
            throw new InvalidDataException(
                    "The file (" + file + ") of a study must have at least two rows below its header.");
        }
        List<NumberColumn> read = columns.stream()
                .flatMap(Optional::stream)
                .filter(NumberColumn::numeric)
                .toList();
        for (String target : source.targets()) {
            if (read.stream().noneMatch(column -> column.name().equals(target))) {
                throw new InvalidDataException(
                        "The column (" + target + ") of " + file + " must have numbers, has none.");
            }
        }
        var series = new Series(
                file,
                read.stream().map(NumberColumn::name).toList(),
                read.stream().map(NumberColumn::values).toArray(float[][]::new),
                rows,
                new Timeline.Unknown(),
                read.stream().mapToInt(NumberColumn::carried).sum());
        return timeColumn < 0
                ? series
                : new Grid(source.time().orElseThrow(), times, lines).fit(series, source.missing(), mostCells);
    }
}
