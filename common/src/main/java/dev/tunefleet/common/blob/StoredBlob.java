package dev.tunefleet.common.blob;

import java.time.Instant;

/** That something lies under {@code key}, and since when by the clock of the store. */
public record StoredBlob(String key, Instant stored) {}
