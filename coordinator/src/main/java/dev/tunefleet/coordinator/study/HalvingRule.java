package dev.tunefleet.coordinator.study;

import dev.tunefleet.coordinator.schedule.Foresight;

/**
 * Epochs are not a neutral measure of effort: large batches make fewer steps in one, so that early rungs may favour the wrong
 * trials. Where the lowest rung hardly foretells the highest, successive halving ends for the study and does not come back.
 */
final class HalvingRule {

    private HalvingRule() {}

    /** Ends halving where the newest result of {@code trial} shows that it misleads; a trial that waits after that goes on. */
    static void apply(Draft draft, int trial) {
        Ledger ledger = draft.ledger();
        if (ledger.study().state != StudyState.RUNNING || draft.trial(trial).confirmation()) {
            return;
        }
        boolean atTheTop = draft.trial(trial).state() instanceof TrialState.Completed;
        if (atTheTop) {
            ledger.schedule()
                    .foresight()
                    .filter(Foresight::misleads)
                    .ifPresent(seen ->
                            draft.record(new Fact.HalvingEnded(new HalvingEnd(seen.trials(), seen.correlation()))));
        }
        boolean waits = draft.trial(trial).state() instanceof TrialState.Paused;
        if (waits && ledger.study().halvingEnd.isPresent()) {
            draft.record(new Fact.TrialPromoted(trial, ledger.schedule().firstTarget()));
        }
    }
}
