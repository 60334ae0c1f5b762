package dev.tunefleet.common.spec;

/** Which trials get more epochs. */
public sealed interface Scheduler {

    /** Every trial is trained until it stops by itself or reaches budget.epochs. */
    record None() implements Scheduler {}

    /**
     * Asynchronous successive halving (Li et al. 2020, arXiv 1810.05934): a trial is trained to a rung and goes on only
     * when it is among the best 1/eta of that rung.
     *
     * @param eta the factor between rungs, 2 at least
     * @param minEpochs the lowest rung, in epochs
     */
    record Asha(int eta, int minEpochs) implements Scheduler {
        public static final Asha DEFAULT = new Asha(3, 3);

        public Asha {
            if (eta < 2) {
                throw new IllegalArgumentException("The search.eta (" + eta + ") of a study must be at least 2.");
            }
            if (minEpochs < 1) {
                throw new IllegalArgumentException(
                        "The search.minEpochs (" + minEpochs + ") of a study must be at least 1.");
            }
        }
    }

    /** A trial stops when its best value is worse than the median of the others' at the same epoch. */
    record MedianStopping(int minEpochs, int minTrials) implements Scheduler {
        public static final MedianStopping DEFAULT = new MedianStopping(3, 5);
    }
}
