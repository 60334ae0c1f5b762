package dev.tunefleet.coordinator.search;

/**
 * A scrambled Sobol sequence: points of [0,1)^d that fill the cube more evenly than random ones, each function of its
 * index and the seed alone.
 *
 * <p>Direction numbers of Joe and Kuo 2008 (new-joe-kuo-6.21201) for the first 40 dimensions; later ones are random. Nested
 * uniform scrambling (Owen 1995) of the coordinates and of the order.
 */
public final class SobolSequence {

    /** For dimensions 2 to 40: the primitive polynomial with all of its coefficients, then the initial numbers. */
    private static final String TABLE =
            "3 1;7 1 3;11 1 3 1;13 1 1 1;19 1 1 3 3;25 1 3 5 13;37 1 1 5 5 17;41 1 1 5 5 5;47 1 1 7 11 19;"
                    + "55 1 1 5 1 1;59 1 1 1 3 11;61 1 3 5 5 31;67 1 3 3 9 7 49;91 1 1 1 15 21 21;97 1 3 1 13 27 49;"
                    + "103 1 1 1 15 7 5;109 1 3 1 15 13 25;115 1 1 5 5 19 61;131 1 3 7 11 23 15 103;"
                    + "137 1 3 7 13 13 15 69;143 1 1 3 13 7 35 63;145 1 3 5 9 1 25 53;157 1 3 1 13 9 35 107;"
                    + "167 1 3 1 5 27 61 31;171 1 1 5 11 19 41 61;185 1 3 5 3 3 13 69;191 1 1 7 13 1 19 1;"
                    + "193 1 3 7 5 13 19 59;203 1 1 3 9 25 29 41;211 1 3 5 13 23 1 55;213 1 3 7 3 13 59 17;"
                    + "229 1 3 1 3 5 53 69;239 1 1 5 5 23 33 13;241 1 1 7 7 1 61 123;247 1 1 7 9 13 61 49;"
                    + "253 1 3 3 5 3 55 33;285 1 3 1 15 31 13 49 245;299 1 3 5 15 31 59 63 97;"
                    + "301 1 3 1 11 11 11 77 249";

    private static final int[][] DIRECTIONS = directions();

    private final int dimension;
    private final long seed;

    public SobolSequence(int dimension, long seed) {
        this.dimension = dimension;
        this.seed = seed;
    }

    /** Point number {@code index} of the sequence: d numbers of [0,1). */
    public double[] point(int index) {
        double[] point = new double[dimension];
        int shuffled = scramble(index, Mixer.mix(seed));
        for (int j = 0; j < dimension; j++) {
            long key = Mixer.mix(seed + 0x9E3779B97F4A7C15L * (j + 1));
            int bits = j < DIRECTIONS.length
                    ? scramble(coordinate(DIRECTIONS[j], shuffled), key)
                    : (int) Mixer.mix(key + index);
            point[j] = Integer.toUnsignedLong(bits) * 0x1p-32;
        }
        return point;
    }

    private static int coordinate(int[] direction, int index) {
        int x = 0;
        for (int bit = 0; index != 0; bit++, index >>>= 1) {
            x ^= direction[bit] & -(index & 1);
        }
        return x;
    }

    /** Flips each bit of {@code x} or not: a coin for each path of higher bits that leads to it. */
    static int scramble(int x, long key) {
        int flips = 0;
        for (int bit = 0; bit < 32; bit++) {
            long path = Long.MIN_VALUE >>> bit | Integer.toUnsignedLong(x) >>> (31 - bit) >>> 1;
            flips |= (int) (Mixer.mix(key + path * 0x9E3779B97F4A7C15L) & 1) << (31 - bit);
        }
        return x ^ flips;
    }

    private static int[][] directions() {
        String[] rows = TABLE.split(";");
        int[][] directions = new int[rows.length + 1][32];
        for (int bit = 0; bit < 32; bit++) {
            directions[0][bit] = 1 << (31 - bit);
        }
        for (int j = 0; j < rows.length; j++) {
            String[] numbers = rows[j].split(" ");
            fill(directions[j + 1], Integer.parseInt(numbers[0]), numbers);
        }
        return directions;
    }

    private static void fill(int[] v, int polynomial, String[] numbers) {
        int degree = numbers.length - 1;
        for (int i = 0; i < degree; i++) {
            v[i] = Integer.parseInt(numbers[i + 1]) << (31 - i);
        }
        for (int i = degree; i < 32; i++) {
            v[i] = v[i - degree] ^ (v[i - degree] >>> degree);
            for (int k = 1; k < degree; k++) {
                if ((polynomial >> (degree - k) & 1) != 0) {
                    v[i] ^= v[i - k];
                }
            }
        }
    }
}
