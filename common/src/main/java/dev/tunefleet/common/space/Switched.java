package dev.tunefleet.common.space;

/** A real parameter that may also be off, which is not the same as its lowest value (L2: off, or 1e-3 to 1e-2). */
public record Switched(Real when) implements Parameter {

    @Override
    public String name() {
        return when.name();
    }

    @Override
    public boolean contains(Value value) {
        return value instanceof Value.Off || when.contains(value);
    }

    @Override
    public String describe() {
        return "off, or " + when.describe();
    }
}
