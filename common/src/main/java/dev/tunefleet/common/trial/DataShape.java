package dev.tunefleet.common.trial;

/**
 * What a study's data asks of each of its trials, whatever their configuration.
 *
 * @param inputs features per time step, calendar included
 * @param outputs values per forecast
 * @param forecasts values that are forecast at once for a validation
 * @param bytes of heap that the data takes, shared by the trials of a study but charged to each
 */
public record DataShape(int inputs, int outputs, long forecasts, long bytes) {

    public DataShape {
        if (inputs < 1 || outputs < 1 || forecasts < 0 || bytes < 0) {
            throw new IllegalArgumentException("The inputs (" + inputs + ") and outputs (" + outputs
                    + ") of a study's data must be at least 1, its forecasts (" + forecasts + ") and bytes (" + bytes
                    + ") at least 0.");
        }
    }
}
