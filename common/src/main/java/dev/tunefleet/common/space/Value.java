package dev.tunefleet.common.space;

import java.util.Objects;

/** The value of one parameter in a {@link Configuration}. */
public sealed interface Value {

    /** A number: of a {@link Real} or a {@link Whole}, or an ordered {@link Choice} whose options are numbers. */
    record Quantity(double amount) implements Value {
        public Quantity {
            if (!Double.isFinite(amount)) {
                throw new IllegalArgumentException("The value (" + amount + ") of a parameter must be finite.");
            }
            // There is one zero, so that equal configurations are equal.
            amount = amount == 0 ? 0 : amount;
        }

        @Override
        public String toString() {
            return amount == Math.rint(amount) && Math.abs(amount) < 1e15
                    ? Long.toString((long) amount)
                    : Double.toString(amount);
        }
    }

    /** One option of a {@link Choice}, by its name. */
    record Label(String name) implements Value {
        public Label {
            Objects.requireNonNull(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A {@link Switched} parameter that is not in use. */
    record Off() implements Value {
        @Override
        public String toString() {
            return "off";
        }
    }

    static Value of(double amount) {
        return new Quantity(amount);
    }

    static Value of(String name) {
        return new Label(name);
    }

    static Value off() {
        return new Off();
    }
}
