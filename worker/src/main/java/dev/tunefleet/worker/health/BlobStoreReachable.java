package dev.tunefleet.worker.health;

import java.io.IOException;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import dev.tunefleet.common.blob.BlobStore;

/** Ready when the blob store answers a question about nothing. */
@Readiness
@ApplicationScoped
class BlobStoreReachable implements HealthCheck {

    private final BlobStore blobs;

    BlobStoreReachable(BlobStore blobs) {
        this.blobs = blobs;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("blob store answers");
        try {
            blobs.list("health/");
            return response.up().build();
        } catch (IOException | RuntimeException failure) {
            return response.down()
                    .withData("reason", String.valueOf(failure.getMessage()))
                    .build();
        }
    }
}
