package dev.tunefleet.coordinator.api;

import java.util.List;

import jakarta.inject.Singleton;

import io.quarkus.test.Mock;

import dev.tunefleet.coordinator.stream.Vitals;

/** A coordinator that has read its journal; without a broker there is none to read. */
@Mock
@Singleton
public class ReadyVitals extends Vitals {

    @Override
    public boolean journalRead() {
        return true;
    }

    @Override
    public List<String> problems() {
        return List.of();
    }
}
