package dev.tunefleet.worker.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.TrialId;
import dev.tunefleet.common.wire.Json;

/** What can still be said of a record that cannot be read: that its trial failed, where the key names one. */
final class Unreadable {

    private Unreadable() {}

    static Optional<TrialEvent> failure(Delivery delivery, String worker, String reason) {
        return trial(delivery).map(trial -> {
            var execution = new Execution(new AttemptId(trial, attempt(delivery)), UUID.randomUUID(), worker);
            return new TrialEvent.TrialFailed(execution, FailureReason.INVALID_DATA, reason, 0);
        });
    }

    private static Optional<TrialId> trial(Delivery delivery) {
        try {
            return delivery.key().map(key -> TrialId.parse(new String(key, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException noTrial) {
            return Optional.empty();
        }
    }

    /** The attempt's number as far as the record is JSON; the first where it is not. */
    private static int attempt(Delivery delivery) {
        if (delivery.value().isEmpty()) {
            return 1;
        }
        try {
            int number = Json.MAPPER
                    .readTree(delivery.value().get())
                    .path("body")
                    .path("attempt")
                    .path("number")
                    .asInt(1);
            return Math.max(1, number);
        } catch (IOException noJson) {
            return 1;
        }
    }
}
