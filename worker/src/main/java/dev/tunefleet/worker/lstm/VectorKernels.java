package dev.tunefleet.worker.lstm;

import jdk.incubator.vector.FloatVector;

import static dev.tunefleet.worker.lstm.Layout.LANES;
import static dev.tunefleet.worker.lstm.Simd.SPECIES;
import static dev.tunefleet.worker.lstm.Simd.WIDTH;

/** The kernels with vectors: register tiles for the products, short loops for the rest. */
final class VectorKernels implements Kernels {
    /** Elements that pass through all elementwise loops before the next, so that they stay in the nearest cache. */
    private static final int STRIP = 16 * LANES;

    private final float[] m;
    private final int zeros;
    private final int tile;
    private final int outerTile;

    /** Of an arena in which a row of zeros lies at that offset, in tiles of eight or four rows. */
    VectorKernels(float[] arena, int zeros, Loops loops) {
        m = arena;
        this.zeros = zeros;
        tile = loops.tile;
        outerTile = loops.outerTile;
    }

    @Override
    public int tile() {
        return tile;
    }

    @Override
    public int panel() {
        return 2 * WIDTH;
    }

    @Override
    public void multiply(Product shape, int a, int b, int c) {
        for (int first = 0; first < shape.depth(); first += DEPTH) {
            int depth = Math.min(DEPTH, shape.depth() - first);
            boolean fresh = first == 0 && !shape.accumulate();
            int stride = fresh ? 0 : LANES;
            for (int lane = 0; lane < LANES; lane += 2 * WIDTH) {
                for (int row = 0; row < shape.rows(); row += tile) {
                    int panel = a + row * shape.depth() + first * tile;
                    int to = c + row * LANES + lane;
                    int rows = Math.min(tile, shape.rows() - row);
                    int from = fresh ? zeros : to;
                    if (tile == 4) {
                        ProductTiles.ofFour(m, panel, b + first * LANES + lane, from, stride, to, depth, rows);
                    } else {
                        ProductTiles.ofEight(m, panel, b + first * LANES + lane, from, stride, to, depth, rows);
                    }
                }
            }
        }
    }

    @Override
    public void outer(Outer shape, int dz, int x, int c) {
        int depth = shape.steps() * LANES;
        for (int column = 0; column < shape.width(); column += 2 * WIDTH) {
            boolean pair = column + 2 * WIDTH <= shape.width();
            int height = pair ? outerTile : 8;
            for (int row = 0; row < shape.rows(); row += height) {
                int rows = Math.min(height, shape.rows() - row);
                int to = c + column * shape.rows() + row * (pair ? 2 * WIDTH : WIDTH);
                if (pair) {
                    OuterTiles.pair(m, shape, dz + row * LANES, x + column * depth, to, rows);
                } else {
                    OuterTiles.single(m, shape, dz + row * LANES, x + column * depth, to, rows);
                }
            }
        }
    }

    @Override
    public void transpose(int operand, int rows, int to, int index, int steps) {
        int depth = steps * LANES;
        int width = Layout.aligned(rows);
        for (int column = 0; column < rows; column += 2 * WIDTH) {
            int panelWidth = Math.min(2 * WIDTH, width - column);
            int panel = to + column * depth + index * LANES * panelWidth;
            int count = Math.min(panelWidth, rows - column);
            for (int row = 0; row < count; row++) {
                int from = operand + (column + row) * LANES;
                for (int lane = 0; lane < LANES; lane++) {
                    m[panel + lane * panelWidth + row] = m[from + lane];
                }
            }
        }
    }

    @Override
    public void forward(int gates, int cells, int hidden, int count) {
        for (int i = 0; i < count; i += STRIP) {
            int strip = Math.min(STRIP, count - i);
            int at = gates + i;
            Activations.denominators(m, at, at, strip, 2);
            Activations.denominators(m, at + count, at + count, strip, 1);
            Activations.denominators(m, at + 2 * count, at + 2 * count, strip, 1);
            Activations.denominators(m, at + 3 * count, at + 3 * count, strip, 1);
            Activations.gates(m, at, count, strip);
            Activations.cells(m, at, cells + i, count, strip);
            Activations.denominators(m, cells + count + i, hidden + i, strip, 2);
            Activations.hidden(m, at + 2 * count, hidden + i, strip);
        }
    }

    @Override
    public void backward(int gates, int cells, int hidden, int carry, int count) {
        for (int i = 0; i < count; i += STRIP) {
            int strip = Math.min(STRIP, count - i);
            int at = gates + i;
            Activations.outputGradients(m, at + 2 * count, hidden + i, carry + i, count, strip);
            Activations.cellGradients(m, at, cells + i, carry + count + i, count, strip);
        }
    }

    @Override
    public void mask(Mask mask, int from, int to, int rows, boolean add) {
        if (add) {
            Masks.add(m, mask, from, to, rows);
        } else {
            Masks.copy(m, mask, from, to, rows);
        }
    }

    @Override
    public void scale(int rows, int count, int factors) {
        for (int i = 0; i < count * LANES; i += WIDTH) {
            FloatVector.fromArray(SPECIES, m, rows + i)
                    .mul(FloatVector.fromArray(SPECIES, m, factors + i % LANES))
                    .intoArray(m, rows + i);
        }
    }

    @Override
    public void update(Adam step, int first, int count, float l2) {
        int end = first + count - count % WIDTH;
        for (int i = first; i < end; i += WIDTH) {
            FloatVector parameter = FloatVector.fromArray(SPECIES, m, step.parameters + i);
            FloatVector gradient = FloatVector.broadcast(SPECIES, l2)
                    .fma(
                            parameter,
                            FloatVector.fromArray(SPECIES, m, step.gradients + i)
                                    .mul(step.clip));
            FloatVector mean = FloatVector.fromArray(SPECIES, m, step.firstMoments + i)
                    .fma(FloatVector.broadcast(SPECIES, Adam.BETA1), gradient.mul(Adam.REST1));
            mean.intoArray(m, step.firstMoments + i);
            FloatVector square = FloatVector.fromArray(SPECIES, m, step.secondMoments + i)
                    .fma(
                            FloatVector.broadcast(SPECIES, Adam.BETA2),
                            gradient.mul(Adam.REST2).mul(gradient));
            square.intoArray(m, step.secondMoments + i);
            FloatVector below = square.sqrt()
                    .fma(FloatVector.broadcast(SPECIES, step.root), FloatVector.broadcast(SPECIES, Adam.EPSILON));
            parameter.sub(mean.mul(step.rate).div(below)).intoArray(m, step.parameters + i);
        }
        ScalarKernels.update(m, step, end, first + count, l2);
    }

    @Override
    public double squares(int from, int count) {
        return ScalarKernels.sumOfSquares(m, from, count);
    }
}
