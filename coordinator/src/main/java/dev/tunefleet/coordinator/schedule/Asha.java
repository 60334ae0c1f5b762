package dev.tunefleet.coordinator.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Asynchronous successive halving (Li et al. 2020, arXiv 1810.05934, algorithm 2) with promotion: a trial waits at its rung, and
 * is promoted as soon as it stands among the best 1/eta of all that ever reached it. Higher rungs go first.
 *
 * <p>The rungs are epochs · eta^-k, rounded, down to the lowest that has at least {@code minEpochs}.
 */
final class Asha implements Schedule {

    private final List<Rung> rungs = new ArrayList<>();
    private final Map<Integer, Rung> waiting = new HashMap<>();

    Asha(int eta, int minEpochs, int epochs) {
        var found = new TreeSet<Integer>();
        double next = epochs;
        do {
            found.add((int) Math.round(next));
            next /= eta;
        } while (Math.round(next) >= minEpochs);
        found.forEach(rung -> rungs.add(new Rung(rung, eta)));
    }

    @Override
    public List<Integer> rungs() {
        return rungs.stream().map(Rung::epochs).toList();
    }

    @Override
    public int firstTarget() {
        return rungs.getFirst().epochs();
    }

    @Override
    public void enter(int trial, int epochs, double value) {
        rung(epochs).enter(trial, value);
    }

    @Override
    public void pause(int trial, int epochs) {
        Rung rung = rung(epochs);
        rung.pause(trial);
        waiting.put(trial, rung);
    }

    @Override
    public void leave(int trial) {
        Rung rung = waiting.remove(trial);
        if (rung != null) {
            rung.leave(trial);
        }
    }

    @Override
    public Optional<Promotion> promotion() {
        for (int i = rungs.size() - 2; i >= 0; i--) {
            int trainTo = rungs.get(i + 1).epochs();
            Optional<Promotion> found = rungs.get(i).firstReady().map(trial -> new Promotion(trial, trainTo));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public int promotable() {
        int sum = 0;
        for (int i = 0; i < rungs.size() - 1; i++) {
            sum += rungs.get(i).ready();
        }
        return sum;
    }

    @Override
    public boolean stops(int epochs, double value) {
        return false;
    }

    @Override
    public Optional<Foresight> foresight() {
        return rungs.getLast().size() > Foresight.ENOUGH
                ? Optional.empty()
                : Foresight.of(rungs.stream().map(Rung::values).toList());
    }

    private Rung rung(int epochs) {
        for (Rung rung : rungs) {
            if (rung.epochs() == epochs) {
                return rung;
            }
        }
        throw new IllegalArgumentException("The epochs (" + epochs + ") of a rung must be one of " + rungs() + ".");
    }
}
