package dev.tunefleet.coordinator.study;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Which models of a study are still wanted, by its trials' numbers. O(n log n) for n trials. */
public final class Models {

    /** So many of the best stay for their user to choose from. */
    static final int BEST = 5;

    private Models() {}

    /**
     * The completed trials whose models are kept: the best, however the winner may yet be confirmed or the study extended
     * all that may become the winner, and the one that was measured on the test part.
     */
    public static Set<Integer> kept(StudyEntity study, Collection<TrialEntity> trials) {
        int best =
                Math.max(BEST, study.spec().map(spec -> spec.search().confirm()).orElse(0));
        Set<Integer> kept = trials.stream()
                .filter(trial -> completed(trial) && !trial.confirmation())
                .sorted(Comparator.comparingDouble(Models::value).thenComparingInt(TrialEntity::number))
                .limit(best)
                .map(TrialEntity::number)
                .collect(Collectors.toCollection(HashSet::new));
        for (TrialEntity trial : trials) {
            if (trial.origin() instanceof Origin.Confirmation(int original)) {
                kept.add(trial.number());
                kept.add(original);
            }
        }
        study.best().ifPresent(found -> kept.add(found.trial()));
        study.evaluation().ifPresent(evaluation -> kept.add(evaluation.trial()));
        return kept;
    }

    private static boolean completed(TrialEntity trial) {
        return trial.state() instanceof TrialState.Completed;
    }

    private static double value(TrialEntity trial) {
        return trial.result().orElseThrow().value();
    }
}
