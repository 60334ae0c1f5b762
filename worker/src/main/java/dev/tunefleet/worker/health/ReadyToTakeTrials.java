package dev.tunefleet.worker.health;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import dev.tunefleet.worker.intake.Intake;

/** Ready when topics and group settings are verified, the directives are read to their end and the queue is read. */
@Readiness
@ApplicationScoped
class ReadyToTakeTrials implements HealthCheck {

    private final Intake intake;

    ReadyToTakeTrials(Intake intake) {
        this.intake = intake;
    }

    @Override
    public HealthCheckResponse call() {
        String unready = intake.unready();
        var response = HealthCheckResponse.named("takes trials").status(unready.isEmpty());
        return unready.isEmpty()
                ? response.build()
                : response.withData("reason", unready).build();
    }
}
