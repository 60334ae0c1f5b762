package dev.tunefleet.coordinator.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.TrainingResult;

/**
 * Trains the best trials again with other seeds before the winner is named: without it the winner is the luckiest of many, not the
 * best. Each call costs O(n) for n trials and happens at the end of a study only.
 */
final class Confirming {

    /** How many more seeds each of the best is trained with. */
    static final int SEEDS = 2;

    private Confirming() {}

    /** How many trials are confirmed: what the study asks for, but two thirds of the budget are left to the search. */
    static int candidates(StudySpec spec) {
        return Math.min(spec.search().confirm(), spec.budget().trials() / (3 * SEEDS));
    }

    /** Queues what is missing; whether anything was. */
    static boolean queue(Draft draft) {
        Ledger ledger = draft.ledger();
        int wanted = candidates(ledger.spec());
        if (wanted == 0) {
            return false;
        }
        Map<Integer, Integer> repeated = new HashMap<>();
        ledger.trials().forEach(trial -> original(trial).ifPresent(of -> repeated.merge(of, 1, Integer::sum)));
        List<TrialEntity> best = ledger.trials().stream()
                .filter(trial -> trial.state() instanceof TrialState.Completed && !trial.confirmation())
                .sorted(Comparator.comparingDouble(Confirming::value).thenComparingInt(TrialEntity::number))
                .limit(wanted)
                .toList();
        boolean queued = false;
        for (TrialEntity trial : best) {
            for (int i = repeated.getOrDefault(trial.number(), 0); i < SEEDS; i++) {
                if (ledger.study().tally.trials() < ledger.spec().budget().trials()) {
                    draft.queue(trial.configuration(), new Origin.Confirmation(trial.number()));
                    queued = true;
                }
            }
        }
        return queued;
    }

    /**
     * The trial whose model is the study's result: among those that have a model or can be trained to it, the one with the best
     * mean over its seeds where it was confirmed, else with the best value. Confirmed ones go before all others.
     */
    static Optional<TrialEntity> winner(Ledger ledger) {
        Map<Integer, List<TrialEntity>> seeds = new HashMap<>();
        for (TrialEntity trial : ledger.trials()) {
            if (usable(trial)) {
                int of = original(trial).orElse(trial.number());
                seeds.computeIfAbsent(of, first -> new ArrayList<>()).add(trial);
            }
        }
        boolean confirmed = seeds.values().stream().anyMatch(group -> group.size() > SEEDS);
        return seeds.values().stream()
                .filter(group -> !confirmed || group.size() > SEEDS)
                .min(Comparator.comparingDouble(Confirming::mean)
                        .thenComparingInt(group -> group.getFirst().number()))
                .flatMap(group -> group.stream().min(Comparator.comparingDouble(Confirming::value)));
    }

    private static boolean usable(TrialEntity trial) {
        return trial.result().isPresent()
                && (trial.state() instanceof TrialState.Completed || trial.state() instanceof TrialState.Paused);
    }

    private static Optional<Integer> original(TrialEntity trial) {
        return trial.origin() instanceof Origin.Confirmation(int of) ? Optional.of(of) : Optional.empty();
    }

    private static double mean(List<TrialEntity> group) {
        return group.stream().mapToDouble(Confirming::value).average().orElseThrow();
    }

    private static double value(TrialEntity trial) {
        return trial.result().map(TrainingResult::value).orElse(Double.POSITIVE_INFINITY);
    }
}
