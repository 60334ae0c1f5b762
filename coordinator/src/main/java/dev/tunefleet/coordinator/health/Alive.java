package dev.tunefleet.coordinator.health;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

import dev.tunefleet.coordinator.stream.Vitals;

/** Alive unless the topology or a thread that it depends on has given up, which only a new process mends. */
@Liveness
@Singleton
class Alive implements HealthCheck {

    private final Vitals vitals;

    Alive(Vitals vitals) {
        this.vitals = vitals;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("streams alive")
                .status(!vitals.failed())
                .withData("state", vitals.streams())
                .build();
    }
}
