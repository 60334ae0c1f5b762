package dev.tunefleet.worker.lstm;

import java.util.Arrays;

/**
 * Weight gradients of one matrix while they are summed, in panels of columns [panel][row][column]: the order in which
 * {@link Kernels#outer} goes through them, so that the tiles of a large matrix arrive as one stream.
 */
final class WeightSums {
    private final float[] m;
    private final int at;
    private final int rows;
    private final int width;
    private final int panel;

    /** Of that many rows and that many columns in whole vectors, panels as wide as the kernels want them. */
    WeightSums(float[] arena, int at, Outer shape, int panel) {
        m = arena;
        this.at = at;
        rows = shape.rows();
        width = shape.width();
        this.panel = panel;
    }

    void clear() {
        Arrays.fill(m, at, at + rows * width, 0);
    }

    /** Adds columns first to first + count - 1 of a row to what lies at an offset. */
    void addRow(int row, int first, int count, int to) {
        int column = first;
        while (column < first + count) {
            int start = column / panel * panel;
            int columns = Math.min(panel, width - start);
            int end = Math.min(first + count, start + columns);
            int from = at + start * rows + row * columns + column - start;
            add(from, to + column - first, end - column);
            column = end;
        }
    }

    private void add(int from, int to, int count) {
        for (int i = 0; i < count; i++) {
            m[to + i] += m[from + i];
        }
    }
}
