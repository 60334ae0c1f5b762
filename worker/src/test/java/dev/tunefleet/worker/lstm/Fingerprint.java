package dev.tunefleet.worker.lstm;

import java.util.Arrays;

/**
 * Trains networks of awkward sizes for a few steps and hashes the bits of their parameters; also a program, so that another JVM
 * with other vectors can be asked for its own.
 */
final class Fingerprint {
    private static final int[] UNITS = {1, 3, 15, 17, 50, 63, 200};
    private static final int STEPS = 2;

    private Fingerprint() {}

    public static void main(String[] arguments) {
        System.out.println("fingerprints " + all());
    }

    static String all() {
        StringBuilder hashes = new StringBuilder();
        for (int units : UNITS) {
            Emission emission = units % 2 == 0 ? Emission.LAST_STEP : Emission.EVERY_STEP;
            Architecture architecture = new Architecture(7, units, 2, 5, emission, Loss.MEAN_SQUARED_ERROR);
            Problem problem = new Problem(architecture, 3, 33, true, units);
            for (int span = 2; span <= problem.steps; span++) {
                hashes.append(' ').append(units).append('/').append(span).append('=');
                hashes.append(of(problem, new Unrolling(problem.steps, span)));
            }
        }
        return hashes.toString();
    }

    private static String of(Problem problem, Unrolling unrolling) {
        float[] parameters = problem.parameters.clone();
        Hyperparameters hyperparameters = new Hyperparameters(0.25, 1e-3, 0.1, 9);
        try (LstmNetwork network = new LstmNetwork(problem.architecture, unrolling, hyperparameters)) {
            network.load(parameters);
            for (int step = 0; step < STEPS; step++) {
                network.train(problem.batch(), 0, step, 1e-2);
            }
            network.store(parameters);
        }
        int[] bits = new int[parameters.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(parameters[i]);
        }
        return Integer.toHexString(Arrays.hashCode(bits));
    }
}
