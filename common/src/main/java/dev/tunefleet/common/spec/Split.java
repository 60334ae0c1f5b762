package dev.tunefleet.common.spec;

/**
 * The sizes of the training, validation and test parts, in this order of time.
 *
 * <p>Either fractions that sum to at most 1, or whole numbers of rows; rows after the test part are not used.
 */
public record Split(double train, double validation, double test) {

    public Split {
        boolean fractions = train < 1 && validation < 1 && test < 1;
        boolean rows = isRows(train) && isRows(validation) && isRows(test);
        if (!(train > 0 && validation > 0 && test > 0) || !fractions && !rows) {
            throw new IllegalArgumentException("The split (" + train + ", " + validation + ", " + test
                    + ") of a study must be three fractions above 0 or three numbers of rows.");
        }
        if (fractions && train + validation + test > 1 + 1e-9) {
            throw new IllegalArgumentException("The split (" + train + ", " + validation + ", " + test
                    + ") of a study must sum to at most 1, was " + (train + validation + test) + ".");
        }
    }

    /** The rows [from, to) of each part in a file of {@code rows} rows. */
    public Parts of(int rows) {
        if (train < 1) {
            int first = (int) Math.round(rows * train);
            int second = (int) Math.round(rows * (train + validation));
            int third = (int) Math.min(rows, Math.round(rows * (train + validation + test)));
            return new Parts(first, second, third);
        }
        int needed = (int) (train + validation + test);
        if (needed > rows) {
            throw new IllegalArgumentException(
                    "The split (" + needed + " rows) of a study must fit its data, which has " + rows + " rows.");
        }
        return new Parts((int) train, (int) (train + validation), needed);
    }

    private static boolean isRows(double size) {
        return size >= 1 && size == Math.rint(size) && size < Integer.MAX_VALUE;
    }

    /** Training rows [0, trainEnd), validation rows [trainEnd, validationEnd), test rows [validationEnd, testEnd). */
    public record Parts(int trainEnd, int validationEnd, int testEnd) {}
}
