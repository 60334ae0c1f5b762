package dev.tunefleet.common.space;

/** A parameter that takes the whole numbers low, low + step, … up to high. */
public record Whole(String name, long low, long high, long step, Scale scale) implements Parameter {

    public Whole {
        Ranges.check(name, low, high, scale);
        if (step < 1) {
            throw new IllegalArgumentException("The step (" + step + ") of parameter " + name + " must be at least 1.");
        }
        high = low + (high - low) / step * step;
    }

    public Whole(String name, long low, long high) {
        this(name, low, high, 1, Scale.LINEAR);
    }

    /** How many values there are. */
    public long count() {
        return (high - low) / step + 1;
    }

    @Override
    public boolean contains(Value value) {
        return value instanceof Value.Quantity(double amount)
                && amount >= low
                && amount <= high
                && (amount - low) % step == 0;
    }

    @Override
    public String describe() {
        return "a whole number from " + low + " to " + high + (step == 1 ? "" : " in steps of " + step);
    }
}
