package dev.tunefleet.coordinator.search;

import java.util.List;

import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Scale;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;

/** Search spaces and functions on them that the tests share. */
final class Spaces {

    private Spaces() {}

    /** Two reals in [-1, 1]. */
    static SearchSpace square() {
        return new SearchSpace(List.of(new Real("x", -1, 1, Scale.LINEAR), new Real("y", -1, 1, Scale.LINEAR)));
    }

    /** One of everything. */
    static SearchSpace mixed() {
        return new SearchSpace(List.of(
                new Real("rate", 1e-4, 1e-2, Scale.LOG),
                new Whole("units", 50, 200),
                new Whole("layers", 1, 3),
                new Choice("batch", List.of(Value.of(32), Value.of(64), Value.of(128)), true),
                new Choice("cell", List.of(Value.of("lstm"), Value.of("gru"), Value.of("rnn")), false),
                new Real("fixed", 2, 2, Scale.LINEAR),
                new Switched(new Real("l2", 1e-3, 1e-2, Scale.LOG))));
    }

    /** A smooth function of {@link #square} with its minimum of 0 at (0.3, -0.4). */
    static double bowl(Configuration at) {
        return Math.pow(at.number("x") - 0.3, 2) + 2 * Math.pow(at.number("y") + 0.4, 2);
    }

    /** A function of {@link #mixed} that every parameter matters to. */
    static double loss(Configuration at) {
        return Math.pow(Math.log10(at.number("rate")) + 3, 2)
                + Math.abs(at.whole("units") - 120) / 100.0
                + at.whole("layers") * 0.1
                + at.number("batch") / 1000
                + (at.value("cell").equals(Value.of("gru")) ? 0 : 0.3)
                + (at.value("l2") instanceof Value.Off ? 0.2 : 10 * at.number("l2"));
    }
}
