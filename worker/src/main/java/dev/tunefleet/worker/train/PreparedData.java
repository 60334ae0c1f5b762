package dev.tunefleet.worker.train;

import dev.tunefleet.worker.data.ForecastData;

/**
 * A study's data with the answers of its training origins, shared by all its trials in this worker.
 *
 * @param answers [origin][step][target] what follows each training origin
 */
public record PreparedData(ForecastData data, float[] answers) {

    public static PreparedData of(ForecastData data) {
        return new PreparedData(data, data.answers(data.origins().training()));
    }

    /** The heap that this holds, in bytes. */
    public long bytes() {
        return data.bytes() + 4L * answers.length;
    }
}
