package dev.tunefleet.worker.lstm;

/**
 * One step of Adam (Kingma and Ba 2015, algorithm 1, ε outside the root): constants of the step and where its four vectors lie in
 * the arena. Reused from step to step.
 */
final class Adam {
    static final float BETA1 = 0.9f;
    static final float REST1 = 0.1f;
    static final float BETA2 = 0.999f;
    static final float REST2 = 0.001f;
    static final float EPSILON = 1e-8f;

    final int parameters;
    final int gradients;
    final int firstMoments;
    final int secondMoments;
    /** Steps taken. */
    long steps;
    /** Learning rate over 1 - β1^t. */
    float rate;
    /** 1 / √(1 - β2^t). */
    float root;
    /** What gradients are multiplied by before anything else. */
    float clip;

    Adam(Layout layout) {
        parameters = layout.parameters;
        gradients = layout.gradients;
        firstMoments = layout.firstMoments;
        secondMoments = layout.secondMoments;
    }

    void next(double learningRate, double factor) {
        steps++;
        rate = (float) (learningRate / (1 - Math.pow(0.9, steps)));
        root = (float) (1 / Math.sqrt(1 - Math.pow(0.999, steps)));
        clip = (float) factor;
    }
}
