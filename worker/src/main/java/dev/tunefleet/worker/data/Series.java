package dev.tunefleet.worker.data;

import java.util.List;

/**
 * The columns of a data file on a regular grid, as read: not scaled, not split.
 *
 * @param file its name, for messages
 * @param values [column][row]; shared, not copied, and not to be changed
 * @param carriedForward cells that had no value of their own
 */
public record Series(
        String file, List<String> columns, float[][] values, int rows, Timeline timeline, int carriedForward) {

    public Series {
        columns = List.copyOf(columns);
        for (float[] column : values) {
            if (column.length < rows) {
                throw new IllegalArgumentException(
                        "A column of " + file + " must have " + rows + " rows, has " + column.length + ".");
            }
        }
    }

    /**
     * The values of column {@code name}.
     *
     * @throws InvalidDataException when there is none
     */
    public float[] column(String name) {
        int index = columns.indexOf(name);
        if (index < 0) {
            throw new InvalidDataException("The column (" + name + ") of " + file
                    + " must be one of its numeric columns " + Excerpt.of(columns) + ".");
        }
        return values[index];
    }
}
