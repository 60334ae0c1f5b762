package dev.tunefleet.coordinator.gp;

/** A multiple of the predicted mean. */
public record Linear(double slope) implements MeanTerm.Link {

    @Override
    public double value(double mean) {
        return slope * mean;
    }

    @Override
    public double slope(double mean) {
        return slope;
    }
}
