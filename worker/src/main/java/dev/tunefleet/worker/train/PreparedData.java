package dev.tunefleet.worker.train;

import dev.tunefleet.common.trial.DataShape;
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

    /** [origin][step][target] what a model that sees {@code sequence} rows is to answer at each training origin. */
    float[] answers(int sequence) {
        if (data.centring().columns() == 0) {
            return answers;
        }
        float[] relative = answers.clone();
        data.shift(relative, sequence, data.origins().training(), -1);
        return relative;
    }

    /** What this asks of each trial of its study. */
    public DataShape shape() {
        long longest = Math.max(data.origins().stopping().length, data.origins().ranking().length);
        return new DataShape(data.features(), data.outputs(), longest * data.outputs(), bytes() + bytesPerTrial());
    }

    /** The heap that answers of its own take in each trial, in bytes. */
    private long bytesPerTrial() {
        return data.centring().columns() == 0 ? 0 : 4L * answers.length;
    }

    /** The heap that this holds, in bytes. */
    public long bytes() {
        return data.bytes() + 4L * answers.length;
    }
}
