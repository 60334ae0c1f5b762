package dev.tunefleet.worker.lstm;

import java.util.Objects;

/** Inputs with the answers that belong to them. */
public record Dataset(Samples samples, Targets targets) {
    public Dataset {
        Objects.requireNonNull(samples, "samples");
        Objects.requireNonNull(targets, "targets");
    }
}
