package dev.tunefleet.coordinator.health;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

import dev.tunefleet.coordinator.stream.Vitals;

/** Started once the journal has been read to its end for the first time. */
@Startup
@Singleton
class Started implements HealthCheck {

    private final Vitals vitals;

    Started(Vitals vitals) {
        this.vitals = vitals;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("journal read")
                .status(vitals.journalRead())
                .build();
    }
}
