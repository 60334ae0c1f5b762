package dev.tunefleet.worker.data;

import java.util.Arrays;
import java.util.stream.IntStream;

import dev.tunefleet.common.spec.Split;

/**
 * The forecast origins of each part: the first row of a target, of which the window is what lies before it. The same for
 * every sequence length, because the longest one decides where they begin.
 *
 * <p>All rows of a target lie in its own part. The validation part is cut into blocks, of which half choose the epoch and half
 * rank the trials, and no target row belongs to both. They alternate in the order of Thue and Morse, so that neither half
 * gets the same quarter of every year. Windows may reach back into the part before.
 *
 * @param training origins to learn from, rising
 * @param stopping validation origins that choose the epoch
 * @param ranking validation origins that rank trials
 */
public record Origins(int[] training, int[] stopping, int[] ranking, int[] test) {

    private static final int MOST_BLOCKS = 8;
    private static final int HORIZONS_PER_BLOCK = 4;

    /**
     * The origins in a series of {@code parts}.
     *
     * @param longest the longest window of any trial, in rows
     * @param horizon rows per target
     * @throws InvalidDataException when a part has no room for a window and a target
     */
    public static Origins of(Split.Parts parts, int longest, int horizon, String file) {
        int[] training = range(longest, parts.trainEnd(), horizon);
        require(training.length > 0, "training", parts.trainEnd(), longest + horizon, file);
        int from = Math.max(parts.trainEnd(), longest);
        int rows = parts.validationEnd() - from;
        require(rows >= 2 * horizon, "validation", rows, 2 * horizon, file);
        int[] test = range(Math.max(parts.validationEnd(), longest), parts.testEnd(), horizon);
        require(test.length > 0, "test", parts.testEnd() - parts.validationEnd(), horizon, file);

        int[] stopping = blocks(from, rows, horizon, 0);
        return new Origins(training, stopping, blocks(from, rows, horizon, 1), test);
    }

    /** The origins of every other block, in the order of Thue and Morse: A B B A B A A B. */
    private static int[] blocks(int from, int rows, int horizon, int kind) {
        int most = Math.clamp(rows / ((long) HORIZONS_PER_BLOCK * horizon), 2, MOST_BLOCKS);
        int blocks = Integer.highestOneBit(most);
        IntStream origins = IntStream.empty();
        int block = 0;
        while (block < blocks) {
            int next = block + 1;
            while (next < blocks && kind(next) == kind(block)) {
                next++;
            }
            if (kind(block) == kind) {
                int begin = from + (int) ((long) rows * block / blocks);
                int end = from + (int) ((long) rows * next / blocks);
                origins = IntStream.concat(origins, Arrays.stream(range(begin, end, horizon)));
            }
            block = next;
        }
        return origins.toArray();
    }

    private static int kind(int block) {
        return Integer.bitCount(block) % 2;
    }

    private static int[] range(int from, int end, int horizon) {
        return IntStream.rangeClosed(from, end - horizon).toArray();
    }

    private static void require(boolean enough, String part, int rows, int least, String file) {
        if (!enough) {
            throw new InvalidDataException(
                    "The " + part + " part (" + rows + " rows) of " + file + " must have at least "
                            + least + " rows for the longest sequence and the horizon of the study."
                            + " Maybe lower the upper bound of sequenceLength or the horizon.");
        }
    }
}
