package dev.tunefleet.worker.intake;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Who this worker is and what it has.
 *
 * @param slotBytes of heap for one trial with its data
 * @param grace how long running trials may take to hand over
 * @param cache a folder for what can be made again
 */
public record WorkerIdentity(String name, int slots, long slotBytes, Duration grace, Optional<Path> cache) {}
