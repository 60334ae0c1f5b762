package dev.tunefleet.worker.lstm;

/**
 * The shape of a product C = A·B over a block: A packed in panels of {@link Kernels#tile} rows, B [depth][lane], C [rows][lane].
 * In a panel the values of one k lie side by side, so that a tile reads one stream.
 *
 * @param rows of A and C
 * @param depth rows of B, summed over in ascending order
 * @param accumulate adds to C instead of replacing it
 */
record Product(int rows, int depth, boolean accumulate) {}
