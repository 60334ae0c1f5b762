package dev.tunefleet.coordinator.search;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A box of the unit cube: the whole of it or a trust region. Unordered choices and switches are free in any box. */
record Box(double[] low, double[] high) {

    static Box whole(int dimension) {
        double[] low = new double[dimension];
        double[] high = new double[dimension];
        Arrays.fill(high, 1);
        return new Box(low, high);
    }

    /** The snapped point of this box that lies where {@code u} lies in the cube. */
    double[] place(UnitCube cube, double[] u) {
        double[] point = new double[u.length];
        for (int i = 0; i < u.length; i++) {
            point[i] = cube.bounded(i) ? cube.snap(i, low[i] + u[i] * (high[i] - low[i])) : cube.snap(i, u[i]);
        }
        return point;
    }

    /** The snapped point of this box that is nearest to a snapped point. */
    double[] clamp(UnitCube cube, double[] point) {
        double[] result = point.clone();
        for (int i = 0; i < point.length; i++) {
            if (cube.closed(i)) {
                result[i] = UnitCube.OFF;
            } else if (!contains(cube, i, point[i])) {
                result[i] = cube.snap(i, Math.clamp(point[i], low[i], high[i]));
            }
        }
        return result;
    }

    /** The least coordinate {@code index} of a point of this box, whatever the centre's where the box does not bound it. */
    double low(UnitCube cube, int index) {
        return cube.bounded(index) ? low[index] : 0;
    }

    /** The largest coordinate {@code index} of a point of this box. */
    double high(UnitCube cube, int index) {
        return cube.bounded(index) ? high[index] : 1;
    }

    boolean contains(UnitCube cube, int index, double at) {
        return !cube.bounded(index) || at >= low[index] && at <= high[index];
    }

    /** The coordinates along which {@code point} may slide. */
    int[] continuous(UnitCube cube, double[] point) {
        return IntStream.range(0, point.length)
                .filter(i -> cube.values(i) == Long.MAX_VALUE && point[i] != UnitCube.OFF)
                .toArray();
    }
}
