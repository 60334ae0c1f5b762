package dev.tunefleet.coordinator.gp;

/**
 * The log probability log Φ((sign · mean - shift) / scale) that a normal quantity with a predicted mean lies on one side.
 *
 * @param sign 1 where large means are likely, -1 where small ones are
 */
public record LogProbability(double sign, double shift, double scale) implements MeanTerm.Link {

    @Override
    public double value(double mean) {
        return LogExpectedImprovement.logCdf((sign * mean - shift) / scale);
    }

    @Override
    public double slope(double mean) {
        return sign / scale * LogExpectedImprovement.logCdfSlope((sign * mean - shift) / scale);
    }
}
