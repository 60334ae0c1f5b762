package dev.tunefleet.common.spec;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The series of a forecast study: one CSV file with a header, one row per time step, oldest first.
 *
 * @param uri where the file is: a path relative to the study file, or a blob key once the study is submitted
 * @param time the column with the time of each row, where there is one
 * @param targets the columns to predict, one at least
 * @param inputs the columns that the model sees; empty means every numeric column, targets included
 * @param horizon how many time steps ahead are predicted, all at once
 */
public record DataSource(
        String uri,
        Optional<String> time,
        List<String> targets,
        List<String> inputs,
        int horizon,
        Calendar calendar,
        MissingValues missing,
        Stride stride,
        Centring centring) {

    /** No file may be larger: a worker reads it as a whole. */
    public static final long LARGEST_BYTES = 512L << 20;

    public DataSource {
        targets = List.copyOf(targets);
        inputs = List.copyOf(inputs);
        // A study recorded before there was a choice has no value here, and was trained on values as they are.
        centring = Objects.requireNonNullElse(centring, Centring.NONE);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("The targets of a study's data must name at least one column.");
        }
        if (new HashSet<>(targets).size() != targets.size() || new HashSet<>(inputs).size() != inputs.size()) {
            throw new IllegalArgumentException("A column must stand in the targets or inputs of a study once.");
        }
        if (horizon < 1 || horizon > 10_000) {
            throw new IllegalArgumentException(
                    "The horizon (" + horizon + ") of a study's data must be from 1 to 10000 time steps.");
        }
    }

    public DataSource withUri(String changed) {
        return new DataSource(changed, time, targets, inputs, horizon, calendar, missing, stride, centring);
    }
}
