package dev.tunefleet.local.fleet;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Value;
import dev.tunefleet.local.client.TrialView;

import static org.assertj.core.api.Assertions.assertThat;

/** Trials that cannot come to a value: each ends by itself, says why, and the same worker trains the next. */
class FailedTrialsIT extends WithFleet {

    private static final int TRIALS = 6;

    @Test
    void aTrialThatDivergesIsNeverTheBest() throws Exception {
        start(SMALLEST);
        // The first epoch is one batch, whose loss is of untrained parameters; then each of them is moved by one.
        begin("""
                space: {layers: 1, units: 64, sequenceLength: 7, learningRate: [0.001, 1.0], batchSize: [32, 1024]}
                search:
                  seed: 3
                  enqueue: [{learningRate: 1.0, batchSize: 1024}, {learningRate: 0.01, batchSize: 32}]
                """, "epochs: 4", "patience: 5");

        TrialView diverged = infeasible("DIVERGED");

        assertThat(diverged.reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("ten times", "learning rate (1.0)"));
        assertThat(ledger().epochsOf(0)).containsExactly(1);
    }

    @Test
    void aTrialThatTakesLongerThanItMayIsEndedAndNeverTheBest() throws Exception {
        start(SMALLEST);
        begin("""
                space: {layers: 1, units: {options: [10, 1024]}, sequenceLength: 14}
                search: {algorithm: random, scheduler: none, seed: 3, enqueue: [{units: 1024}, {units: 10}]}
                """, "epochs: 30", "patience: 30, time: 3s");

        TrialView late = infeasible("TIMED_OUT");

        assertThat(late.seconds()).isPresent();
        assertThat(late.seconds().getAsDouble()).isGreaterThanOrEqualTo(3);
        assertThat(ledger().epochsOf(0)).hasSizeLessThan(30);
    }

    @Test
    void aTrialThatNoSlotHasRoomForIsRefusedBeforeItsFirstEpochAndNoneIsProposed() throws Exception {
        long slot = 64 << 20;
        start(SMALLEST, FragilePrograms.Unusual.worker(Map.of("TUNEFLEET_WORKER_SLOT_BYTES", Long.toString(slot))));
        begin("""
                space: {layers: 1, units: {options: [10, 12, 14, 4096]}, sequenceLength: {multiplesOf: 7, range: [7, 14]}}
                search: {algorithm: random, scheduler: none, seed: 3, enqueue: [{units: 4096}]}
                """, "epochs: 1", "patience: 5");

        TrialView refused = infeasible("OUT_OF_MEMORY");

        assertThat(refused.reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("by estimate", Long.toString(slot)));
        assertThat(ledger().epochsOf(0)).isEmpty();
        Value units = refused.configuration().value("units");
        assertThat(others())
                .allMatch(trial -> trial.state().equals("COMPLETED"))
                .noneMatch(trial -> trial.configuration().value("units").equals(units));
    }

    private void begin(String search, String epochs, String training) throws Exception {
        fleet().begin(
                        "name: %s%nbudget: {trials: %d, %s}%ntraining: {%s}%n"
                                        .formatted(STUDY, TRIALS, epochs, training)
                                + search,
                        500);
    }

    /** The first trial, once all have ended: infeasible for {@code reason} after one attempt, and not the best. */
    private TrialView infeasible(String reason) {
        balanced();
        TrialView first = trial(0);
        assertThat(first.state()).isEqualTo("INFEASIBLE");
        assertThat(first.reason()).hasValueSatisfying(text -> assertThat(text).contains(reason));
        assertThat(first.attempts()).isOne();
        assertThat(fleet().ask(client -> client.study(STUDY)).best())
                .hasValueSatisfying(best -> assertThat(best.trial()).isPositive());
        assertThat(trial(1).state()).isEqualTo("COMPLETED");
        assertThat(worker().alive()).as("is the process that it was").isTrue();
        return first;
    }

    private List<TrialView> others() {
        return trials().stream().filter(trial -> trial.number() > 0).toList();
    }
}
