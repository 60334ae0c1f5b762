package dev.tunefleet.coordinator.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A running trial stops when the best it has reached is worse than the median of what the others had reached by the same epoch
 * (after Golovin et al. 2017, "Google Vizier", section 3.2.2, with the best value in place of the running average).
 *
 * <p>Trials are compared at minEpochs, twice that, four times that and so on, so that what must be remembered of a trial does
 * not grow with its epochs.
 */
final class MedianStopping implements Schedule {

    private static final int HALF = 2;

    private final List<Rung> rungs = new ArrayList<>();
    private final int minTrials;

    MedianStopping(int minEpochs, int minTrials, int epochs) {
        this.minTrials = minTrials;
        for (int rung = Math.max(1, minEpochs); rung < epochs; rung *= HALF) {
            rungs.add(new Rung(rung, HALF));
        }
        rungs.add(new Rung(epochs, HALF));
    }

    @Override
    public List<Integer> rungs() {
        return rungs.stream().map(Rung::epochs).toList();
    }

    @Override
    public int firstTarget() {
        return rungs.getLast().epochs();
    }

    @Override
    public void enter(int trial, int epochs, double value) {
        for (Rung rung : rungs) {
            if (rung.epochs() == epochs) {
                rung.enter(trial, value);
            }
        }
    }

    @Override
    public boolean stops(int epochs, double value) {
        for (Rung rung : rungs) {
            if (rung.epochs() == epochs && rung.size() >= minTrials) {
                OptionalDouble median = rung.median();
                return median.isPresent() && value > median.getAsDouble();
            }
        }
        return false;
    }
}
