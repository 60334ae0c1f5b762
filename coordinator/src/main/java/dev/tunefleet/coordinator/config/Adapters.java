package dev.tunefleet.coordinator.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tunefleet.common.blob.BlobStore;
import dev.tunefleet.common.wire.Json;

/** The adapters that the settings choose. */
@ApplicationScoped
public class Adapters {

    @Produces
    @Singleton
    BlobStore blobs(CoordinatorConfig config) {
        return BlobStore.at(config.blobs());
    }

    /** REST speaks the JSON of the wire. */
    @Produces
    @Singleton
    ObjectMapper json() {
        return Json.MAPPER;
    }
}
