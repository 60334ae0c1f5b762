package dev.tunefleet.worker.data;

import java.util.Arrays;
import java.util.Set;

import dev.tunefleet.common.spec.MissingValues;

/** One column while it is read. It is numeric when its first value is; a column that nobody asked for may be something else. */
final class NumberColumn {

    private static final Set<String> ABSENT = Set.of("", "NA", "NaN", "nan", "N/A", "null", "NULL", "?");

    private final String name;
    private final boolean wanted;
    private float[] values = new float[1024];
    private int rows;
    private boolean known;
    private boolean text;
    private int carried;

    NumberColumn(String name, boolean wanted) {
        this.name = name;
        this.wanted = wanted;
    }

    String name() {
        return name;
    }

    /** Whether the column has numbers and only numbers. */
    boolean numeric() {
        return known && !text;
    }

    int carried() {
        return carried;
    }

    /** [row] the values so far; the array may be longer than there are rows. */
    float[] values() {
        return values;
    }

    /**
     * Takes the next cell.
     *
     * @throws IllegalArgumentException with what the cell must be
     */
    void add(String cell, MissingValues missing) {
        if (text) {
            return;
        }
        if (ABSENT.contains(cell)) {
            append(replacement(missing));
            carried++;
            return;
        }
        try {
            float value = parse(cell);
            if (!known && rows > 0) {
                throw new IllegalArgumentException("the " + rows + " rows before this one must have a value, too."
                        + " Maybe the file should begin here, or the column should not be an input.");
            }
            append(value);
            known = true;
        } catch (NumberFormatException notANumber) {
            if (known || wanted) {
                throw new IllegalArgumentException("a number must stand here." + hint(cell), notANumber);
            }
            text = true;
        }
    }

    private float replacement(MissingValues missing) {
        if (!known && !wanted) {
            return 0;
        }
        return switch (missing) {
            case REFUSE ->
                throw new IllegalArgumentException(
                        "a value must not be missing. Maybe you want missing: carry-forward, which repeats the last known value.");
            case CARRY_FORWARD -> {
                if (!known) {
                    throw new IllegalArgumentException(
                            "the first value must not be missing, for there is none before it"
                                    + " to carry forward. Maybe the file should begin later.");
                }
                yield values[rows - 1];
            }
        };
    }

    private void append(float value) {
        if (rows == values.length) {
            values = Arrays.copyOf(values, 2 * rows);
        }
        values[rows++] = value;
    }

    private static float parse(String cell) {
        char last = cell.charAt(cell.length() - 1);
        char first = cell.charAt(0);
        boolean plain = (first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.')
                && (last >= '0' && last <= '9' || last == '.')
                && cell.indexOf('x') < 0
                && cell.indexOf('X') < 0;
        if (!plain) {
            throw new NumberFormatException(cell);
        }
        float value = Float.parseFloat(cell);
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException("a number must be smaller than " + Float.MAX_VALUE);
        }
        return value;
    }

    private static String hint(String cell) {
        return cell.matches("[-+0-9.]*,[0-9]+") ? " Maybe the file has decimal commas; use points." : "";
    }
}
