package dev.tunefleet.worker.check;

import java.util.List;
import java.util.Optional;

import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.worker.data.InvalidDataException;

/**
 * What a check found.
 *
 * @param problem the first thing that is wrong; what else is known is absent then
 */
record Finding(String study, String file, Optional<Problem> problem, Optional<Rows> rows, Optional<Cost> cost) {

    /** @param place where in the file, when it is a line or a cell */
    record Problem(String message, Optional<InvalidDataException.Place> place) {}

    /**
     * What is in the file.
     *
     * @param windows training, stopping, ranking and test origins
     * @param baselines errors of the naive forecasters on the origins that rank trials
     */
    record Rows(
            int rows,
            String span,
            String step,
            int carriedForward,
            List<String> inputs,
            List<String> targets,
            Windows windows,
            Metric metric,
            List<BaselineError> baselines) {}

    record Windows(int training, int stopping, int ranking, int test) {}

    record BaselineError(String name, double error) {}

    /**
     * What it will cost.
     *
     * @param startBytes heap of a trial with the guide's start values
     * @param largestBytes heap of the largest trial of the space
     * @param epochSeconds of one training thread with the start values
     * @param studySeconds at most, on {@code slots} threads, if every trial cost as much as the start values
     */
    record Cost(
            long startBytes,
            long largestBytes,
            double samplesPerSecond,
            double epochSeconds,
            double trialSeconds,
            int slots,
            double studySeconds) {}
}
