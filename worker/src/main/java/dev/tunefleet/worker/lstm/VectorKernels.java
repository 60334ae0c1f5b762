package dev.tunefleet.worker.lstm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

import static dev.tunefleet.worker.lstm.Layout.LANES;
import static dev.tunefleet.worker.lstm.Simd.INTEGERS;
import static dev.tunefleet.worker.lstm.Simd.SPECIES;
import static dev.tunefleet.worker.lstm.Simd.TILE;
import static dev.tunefleet.worker.lstm.Simd.WIDTH;

/** The kernels with vectors: register tiles for the products, short loops for the rest. */
final class VectorKernels implements Kernels {
    private static final int HALF = LANES / 2;
    private static final IntVector PLACES = IntVector.zero(INTEGERS).addIndex(1).mul(0x9E3779B1);

    private final float[] m;

    VectorKernels(float[] arena) {
        m = arena;
    }

    @Override
    public int tile() {
        return TILE;
    }

    @Override
    public void multiply(Product shape, int a, int b, int c) {
        for (int first = 0; first < shape.depth(); first += DEPTH) {
            int depth = Math.min(DEPTH, shape.depth() - first);
            boolean add = shape.accumulate() || first > 0;
            for (int lane = 0; lane < LANES; lane += 2 * WIDTH) {
                for (int row = 0; row < shape.rows(); row += TILE) {
                    int panel = a + row * shape.depth() + first * TILE;
                    int rows = Math.min(TILE, shape.rows() - row);
                    ProductTiles.tile(m, panel, b + first * LANES + lane, c + row * LANES + lane, depth, rows, add);
                }
            }
        }
    }

    @Override
    public void outer(Outer shape, int dz, int x, int c) {
        int depth = shape.steps() * LANES;
        for (int column = 0; column < shape.width(); column += 2 * WIDTH) {
            boolean pair = column + 2 * WIDTH <= shape.width();
            int height = pair ? TILE : 8;
            for (int row = 0; row < shape.rows(); row += height) {
                int rows = Math.min(height, shape.rows() - row);
                int to = c + row * shape.width() + column;
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
        Activations.gates(m, gates, count);
        Activations.cells(m, gates, cells, hidden, count);
    }

    @Override
    public void backward(int gates, int cells, int hidden, int carry, int count) {
        Activations.gradients(m, gates, cells, hidden, carry, count);
    }

    @Override
    public void mask(Mask mask, int from, int to, int rows, boolean add) {
        for (int row = 0; row < rows; row++) {
            for (int half = 0; half < HALF; half += WIDTH) {
                IntVector bits = bits(mask, row * HALF + half);
                int at = row * LANES + half;
                drop(mask, bits.and(0xFFFF), from + at, to + at, add);
                drop(mask, bits.lanewise(VectorOperators.LSHR, 16), from + at + HALF, to + at + HALF, add);
            }
        }
    }

    private static IntVector bits(Mask mask, int place) {
        IntVector x = PLACES.add(place * 0x9E3779B1 + mask.first);
        x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16))
                .mul(0x21F0AAAD);
        x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 15))
                .lanewise(VectorOperators.XOR, mask.second)
                .mul(0xD35A2D97);
        return x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 15));
    }

    private void drop(Mask mask, IntVector bits, int from, int to, boolean add) {
        FloatVector kept = FloatVector.fromArray(SPECIES, m, from)
                .mul(mask.scale)
                .blend(0, bits.compare(VectorOperators.LT, mask.threshold).cast(SPECIES));
        if (add) {
            kept.add(FloatVector.fromArray(SPECIES, m, to)).intoArray(m, to);
        } else {
            kept.intoArray(m, to);
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
