package dev.tunefleet.worker.lstm;

/**
 * The shape of a sum of outer products over the steps and lanes of a chunk: C(n, j) += Σ over steps and lanes of dz(n)·x(j).
 *
 * @param rows of dz and C
 * @param width of a row of C, whole vectors
 * @param steps of the chunk
 * @param stride floats from dz of one step to the next
 */
record Outer(int rows, int width, int steps, int stride) {}
