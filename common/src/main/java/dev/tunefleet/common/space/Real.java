package dev.tunefleet.common.space;

/** A parameter that takes any number in [low, high]; low may equal high, which fixes it. */
public record Real(String name, double low, double high, Scale scale) implements Parameter {

    public Real {
        Ranges.check(name, low, high, scale);
    }

    @Override
    public boolean contains(Value value) {
        return value instanceof Value.Quantity(double amount) && amount >= low && amount <= high;
    }

    @Override
    public String describe() {
        return "a number from " + low + " to " + high;
    }
}
