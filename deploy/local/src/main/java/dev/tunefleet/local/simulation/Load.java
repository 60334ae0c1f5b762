package dev.tunefleet.local.simulation;

import java.time.Duration;

/**
 * The work of a simulated fleet.
 *
 * @param slots how many trials at once
 * @param trial how long a trial takes on average; each takes between half and one and a half of it
 */
public record Load(int slots, Duration trial) {

    public Load {
        if (slots < 1 || slots > 100_000) {
            throw new IllegalArgumentException("The slots (" + slots + ") of a simulation must be from 1 to 100000.");
        }
        if (trial.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "The length (" + trial + ") of a simulated trial must be at least PT1S.");
        }
    }
}
