package dev.tunefleet.coordinator.study;

import java.util.Optional;

import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.coordinator.advice.Overfitting;

/**
 * The guide's order against overfitting: dropout first, L2 when good trials overfit all the same. Once opened it stays open; trials
 * without L2 stay what they are.
 */
public final class L2Rule {

    /** A trial is good when its objective is within this share of the best. */
    private static final double GOOD = 0.1;

    private L2Rule() {}

    /** Whether a study that asks for {@code spec} must leave L2 off until overfitting is seen, which {@code seen} tells. */
    public static boolean closed(StudySpec spec, Optional<L2Opening> seen) {
        return spec.search().guided() && seen.isEmpty() && spec.space().parameter(Guide.L2) instanceof Switched;
    }

    /** Opens L2 where the newest result of {@code trial} asks for it. */
    static void apply(Draft draft, int trial) {
        Ledger ledger = draft.ledger();
        boolean closed = closed(ledger.spec(), ledger.study().overfit);
        if (!closed || !(draft.trial(trial).configuration().value(Guide.L2) instanceof Value.Off)) {
            return;
        }
        Optional<TrainingResult> result = draft.trial(trial).result();
        boolean good = result.isPresent()
                && ledger.study()
                        .best
                        .map(best -> result.get().value() <= best.value() + GOOD * Math.abs(best.value()))
                        .orElse(false);
        if (good) {
            Overfitting.evidence(result.get())
                    .ifPresent(evidence -> draft.record(new Fact.L2Opened(new L2Opening(trial, evidence))));
        }
    }
}
