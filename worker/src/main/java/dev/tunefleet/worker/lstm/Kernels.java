package dev.tunefleet.worker.lstm;

/**
 * The loops in which a training step spends its time, on offsets into one arena. Every implementation gives the same bits: sums
 * run in one order, and each product is fused with its addition.
 */
interface Kernels {
    /** Rows of a packed panel, at most 8; what lies in the last panel beyond the rows of a matrix is never used. */
    int tile();

    /** Columns of a panel of transposed operands and of weight sums; the last panel of a matrix may have fewer. */
    int panel();

    /** Rows of B that a product works through before it starts again with the next; they stay in the nearest cache. */
    int DEPTH = 256;

    /** A product with packed weights: a, b, c are the offsets of A's panels, B and C. */
    void multiply(Product shape, int a, int b, int c);

    /** Adds the weight gradients of a chunk: dz as it lies, x transposed by {@link #transpose}, c the {@link WeightSums}. */
    void outer(Outer shape, int dz, int x, int c);

    /** Writes an operand block [rows][lane] transposed, as step {@code index} of {@code steps}, for {@link #outer}. */
    void transpose(int operand, int rows, int to, int index, int steps);

    /** Turns gate sums into gates, and computes cells and hidden state; count = units · lanes, cells of the step before lie at cells. */
    void forward(int gates, int cells, int hidden, int count);

    /** Turns gates into gradients of their sums; the carry holds those of hidden state, then those of cells, which it updates. */
    void backward(int gates, int cells, int hidden, int carry, int count);

    /** Writes rows times their dropout mask, or adds them. */
    void mask(Mask mask, int from, int to, int rows, boolean add);

    /** Multiplies each row [lane] by one row of factors. */
    void scale(int rows, int count, int factors);

    /** One step of Adam over a range of the parameters, with that factor of the L2 term. */
    void update(Adam step, int first, int count, float l2);

    /** The sum of squares of a range of the arena. */
    double squares(int from, int count);
}
