package dev.tunefleet.worker.health;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

import dev.tunefleet.worker.intake.Intake;

/** Alive unless a reader of the queue or of the directives has died, which only a new process mends. */
@Liveness
@ApplicationScoped
class ReadersAlive implements HealthCheck {

    private final Intake intake;

    ReadersAlive(Intake intake) {
        this.intake = intake;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("readers alive").status(intake.alive()).build();
    }
}
