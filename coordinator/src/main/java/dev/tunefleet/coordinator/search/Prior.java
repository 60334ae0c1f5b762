package dev.tunefleet.coordinator.search;

import java.util.Map;

import dev.tunefleet.common.space.Value;

/**
 * What is believed about good configurations before any result, parameter by parameter and independent of each other. It
 * fades as results come in.
 *
 * @param beliefs by the parameter's name; a parameter without one is believed to be anything
 */
public record Prior(Map<String, Belief> beliefs) {

    /** A bell about {@code centre} whose standard deviation is {@code width}, a share of the parameter's range on its scale. */
    public record Belief(Value centre, double width) {
        public Belief {
            if (!(width > 0)) {
                throw new IllegalArgumentException("The width (" + width + ") of a belief must be above 0.");
            }
        }
    }

    public Prior {
        beliefs = Map.copyOf(beliefs);
    }

    /** Nothing is believed. */
    public static Prior none() {
        return new Prior(Map.of());
    }
}
