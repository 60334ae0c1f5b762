package dev.tunefleet.coordinator.health;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import dev.tunefleet.coordinator.stream.Vitals;

/** Ready when topics and group settings were verified, studies are decided and the journal has been read to its end. */
@Readiness
@Singleton
class Ready implements HealthCheck {

    private final Vitals vitals;

    Ready(Vitals vitals) {
        this.vitals = vitals;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("coordinator ready")
                .status(vitals.problems().isEmpty() && vitals.deciding() && vitals.journalRead())
                .withData("topics and group settings", String.join(" ", vitals.problems()))
                .withData("streams", vitals.streams())
                .withData("journal read", vitals.journalRead())
                .build();
    }
}
