package dev.tunefleet.worker.lstm;

import java.util.Arrays;

import static dev.tunefleet.worker.lstm.Layout.LANES;

/** The kernels without vectors: the reference for the others, and the path of machines that have none. */
final class ScalarKernels implements Kernels {
    private static final int PANEL = 16;
    private static final int TILE = 8;

    private final float[] m;

    ScalarKernels(float[] arena) {
        m = arena;
    }

    @Override
    public int tile() {
        return TILE;
    }

    @Override
    public int panel() {
        return PANEL;
    }

    @Override
    public void multiply(Product shape, int a, int b, int c) {
        for (int row = 0; row < shape.rows(); row++) {
            int panel = a + row / TILE * TILE * shape.depth() + row % TILE;
            int to = c + row * LANES;
            if (!shape.accumulate()) {
                Arrays.fill(m, to, to + LANES, 0);
            }
            for (int k = 0; k < shape.depth(); k++) {
                float value = m[panel + k * TILE];
                for (int lane = 0; lane < LANES; lane++) {
                    m[to + lane] = Math.fma(value, m[b + k * LANES + lane], m[to + lane]);
                }
            }
        }
    }

    @Override
    public void outer(Outer shape, int dz, int x, int c) {
        int depth = shape.steps() * LANES;
        for (int row = 0; row < shape.rows(); row++) {
            for (int column = 0; column < shape.width(); column += PANEL) {
                int panel = x + column * depth;
                int to = c + column * shape.rows() + row * PANEL;
                for (int k = 0; k < depth; k++) {
                    float value = m[dz + k / LANES * shape.stride() + row * LANES + k % LANES];
                    for (int j = 0; j < PANEL; j++) {
                        m[to + j] = Math.fma(value, m[panel + k * PANEL + j], m[to + j]);
                    }
                }
            }
        }
    }

    @Override
    public void transpose(int operand, int rows, int to, int index, int steps) {
        for (int row = 0; row < rows; row++) {
            int panel = to + row / PANEL * PANEL * steps * LANES + index * LANES * PANEL + row % PANEL;
            for (int lane = 0; lane < LANES; lane++) {
                m[panel + lane * PANEL] = m[operand + row * LANES + lane];
            }
        }
    }

    @Override
    public void forward(int gates, int cells, int hidden, int count) {
        for (int i = 0; i < count; i++) {
            int at = gates + i;
            // One division serves the four gates: each is the product of the other denominators over that of all.
            float candidate = Sigmoid.denominator(2 * m[at]);
            float forget = Sigmoid.denominator(m[at + count]);
            float output = Sigmoid.denominator(m[at + 2 * count]);
            float input = Sigmoid.denominator(m[at + 3 * count]);
            float left = candidate * forget;
            float right = output * input;
            float inverse = 1 / (left * right);
            float overLeft = inverse * right;
            float overRight = inverse * left;
            m[at] = 2 * (overLeft * forget) - 1;
            m[at + count] = overLeft * candidate;
            m[at + 2 * count] = overRight * input;
            m[at + 3 * count] = overRight * output;
        }
        for (int i = 0; i < count; i++) {
            int at = gates + i;
            float cell = Math.fma(m[at + count], m[cells + i], m[at + 3 * count] * m[at]);
            m[cells + count + i] = cell;
            m[hidden + i] = m[at + 2 * count] * (2 / Sigmoid.denominator(2 * cell) - 1);
        }
    }

    @Override
    public void backward(int gates, int cells, int hidden, int carry, int count) {
        for (int i = 0; i < count; i++) {
            int at = gates + i;
            float candidate = m[at];
            float forget = m[at + count];
            float output = m[at + 2 * count];
            float input = m[at + 3 * count];
            float h = m[hidden + i];
            float dh = m[carry + i];
            float squashed = h / output;
            float dc = Math.fma(dh, Math.fma(-h, squashed, output), m[carry + count + i]);
            float dcInput = dc * input;
            m[at] = Math.fma(-candidate * candidate, dcInput, dcInput);
            m[at + count] = dc * m[cells + i] * Math.fma(-forget, forget, forget);
            m[at + 2 * count] = dh * Math.fma(-h, output, h);
            m[at + 3 * count] = dcInput * candidate * (1 - input);
            m[carry + count + i] = dc * forget;
        }
    }

    @Override
    public void mask(Mask mask, int from, int to, int rows, boolean add) {
        for (int row = 0; row < rows; row++) {
            for (int half = 0; half < LANES / 2; half++) {
                int bits = mask.bits(row * (LANES / 2) + half);
                int at = row * LANES + half;
                drop(mask, bits & 0xFFFF, from + at, to + at, add);
                drop(mask, bits >>> 16, from + at + LANES / 2, to + at + LANES / 2, add);
            }
        }
    }

    private void drop(Mask mask, int bits, int from, int to, boolean add) {
        float value = bits < mask.threshold ? 0 : m[from] * mask.scale;
        m[to] = add ? m[to] + value : value;
    }

    @Override
    public void scale(int rows, int count, int factors) {
        for (int i = 0; i < count * LANES; i++) {
            m[rows + i] *= m[factors + i % LANES];
        }
    }

    @Override
    public void update(Adam step, int first, int count, float l2) {
        update(m, step, first, first + count, l2);
    }

    static void update(float[] m, Adam step, int first, int end, float l2) {
        for (int i = first; i < end; i++) {
            float parameter = m[step.parameters + i];
            float gradient = Math.fma(l2, parameter, m[step.gradients + i] * step.clip);
            int at = step.firstMoments + i;
            float mean = Math.fma(Adam.BETA1, m[at], Adam.REST1 * gradient);
            m[at] = mean;
            at = step.secondMoments + i;
            float square = Math.fma(Adam.BETA2, m[at], Adam.REST2 * gradient * gradient);
            m[at] = square;
            float change = step.rate * mean / Math.fma((float) Math.sqrt(square), step.root, Adam.EPSILON);
            m[step.parameters + i] = parameter - change;
        }
    }

    @Override
    public double squares(int from, int count) {
        return sumOfSquares(m, from, count);
    }

    static double sumOfSquares(float[] m, int from, int count) {
        // Four sums, so that no addition waits for the one before.
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int end = from + count;
        int i = from;
        for (; i < end - 3; i += 4) {
            sum0 += (double) m[i] * m[i];
            sum1 += (double) m[i + 1] * m[i + 1];
            sum2 += (double) m[i + 2] * m[i + 2];
            sum3 += (double) m[i + 3] * m[i + 3];
        }
        for (; i < end; i++) {
            sum0 += (double) m[i] * m[i];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }
}
