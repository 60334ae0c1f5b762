package dev.tunefleet.coordinator.study;

import java.util.UUID;

/** The execution that owns an attempt, and its worker. */
public record Owner(UUID execution, String worker) {}
