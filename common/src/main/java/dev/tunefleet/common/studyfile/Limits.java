package dev.tunefleet.common.studyfile;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Scale;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;
import dev.tunefleet.common.spec.Guide;

/**
 * What one of the guide's parameters may be set to at all, and how each way of writing it becomes a {@link Parameter}.
 *
 * @param lowest the least value that has a meaning
 * @param lowestAllowed whether {@code lowest} itself is legal
 */
record Limits(Parameter usual, double lowest, boolean lowestAllowed, double highest, boolean highestAllowed) {

    private static final Map<String, Scale> SCALES = Map.of("linear", Scale.LINEAR, "log", Scale.LOG);

    static Limits of(Parameter usual) {
        return switch (usual.name()) {
            case Guide.LEARNING_RATE -> new Limits(usual, 0, false, 1, true);
            case Guide.LAYERS -> new Limits(usual, 1, true, 8, true);
            case Guide.UNITS -> new Limits(usual, 1, true, 4096, true);
            case Guide.SEQUENCE_LENGTH -> new Limits(usual, 1, true, 10_000, true);
            case Guide.DROPOUT -> new Limits(usual, 0, true, 1, false);
            case Guide.BATCH_SIZE -> new Limits(usual, 1, true, 65_536, true);
            case Guide.L2 -> new Limits(usual, 0, false, 1, true);
            default -> throw new IllegalStateException("The parameter " + usual.name() + " must have limits.");
        };
    }

    String name() {
        return usual.name();
    }

    boolean whole() {
        return usual instanceof Whole || usual instanceof Choice;
    }

    /** Whether it may be off. */
    boolean optional() {
        return usual instanceof Switched;
    }

    /** Whether a list of numbers means these and no others, not a range. */
    boolean optionsByDefault() {
        return usual instanceof Choice;
    }

    boolean allows(double number) {
        return (lowestAllowed ? number >= lowest : number > lowest)
                && (highestAllowed ? number <= highest : number < highest)
                && (!whole() || number == Math.rint(number));
    }

    /** What a number must be, in words. */
    String rule() {
        return (whole() ? "a whole number " : "a number ")
                + (lowestAllowed ? "from " : "above ")
                + Range.text(lowest)
                + (!highestAllowed ? " and below " : lowestAllowed ? " to " : " and at most ")
                + Range.text(highest)
                + (optional() ? ", or off" : "");
    }

    /** The ways to write it, in words. */
    String forms() {
        return "must be " + rule() + ", a list or fields: " + String.join(", ", detailFields()) + ".";
    }

    List<String> detailFields() {
        return switch (usual) {
            case Real ignored -> List.of("range", "options", "scale");
            case Whole ignored -> List.of("range", "multiplesOf", "step", "options", "scale");
            case Choice ignored -> List.of("range", "multiplesOf", "step", "options", "scale");
            case Switched ignored -> List.of("range", "optional", "scale");
        };
    }

    /** The guide's range, where its parameter has one. */
    Optional<Range> usualRange() {
        return switch (usual) {
            case Real real -> Optional.of(new Range(real.low(), real.high()));
            case Whole whole -> Optional.of(new Range(whole.low(), whole.high()));
            case Switched switched ->
                Optional.of(new Range(switched.when().low(), switched.when().high()));
            case Choice ignored -> Optional.empty();
        };
    }

    Parameter fixed(double number) {
        return switch (usual) {
            case Real ignored -> new Real(name(), number, number, Scale.LINEAR);
            case Switched ignored -> new Real(name(), number, number, Scale.LINEAR);
            case Whole ignored -> new Whole(name(), (long) number, (long) number);
            case Choice ignored -> choice(List.of(number));
        };
    }

    /** Always 0, which is what off means to a trial. */
    Parameter off() {
        return new Real(name(), 0, 0, Scale.LINEAR);
    }

    /** Any number of {@code range}, never off. */
    Parameter always(Range range) {
        return whole()
                ? new Whole(name(), (long) range.low(), (long) range.high(), 1, usualScale())
                : new Real(name(), range.low(), range.high(), usualScale());
    }

    Parameter choice(List<Double> numbers) {
        return new Choice(name(), numbers.stream().map(Value::of).toList(), true);
    }

    /** What fields beside a range say. */
    Parameter detailed(Section detail, Range range) {
        Scale scale = detail.choice("scale", SCALES, usualScale());
        if (whole()) {
            return stepped(detail, range, scale);
        }
        var real = new Real(name(), range.low(), range.high(), scale);
        return optional() && detail.yesOrNo("optional", true) ? new Switched(real) : real;
    }

    private Parameter stepped(Section detail, Range range, Scale scale) {
        long low = (long) range.low();
        long high = (long) range.high();
        int multiple = detail.whole("multiplesOf", 1, (int) highest, 0);
        if (multiple == 0) {
            return new Whole(name(), low, high, detail.whole("step", 1, (int) highest, 1), scale);
        }
        if (detail.field("step").isPresent()) {
            detail.mistake("step", "must not stand beside multiplesOf.");
        }
        long first = Math.ceilDiv(low, multiple) * multiple;
        if (first > high) {
            throw new IllegalArgumentException(
                    "there is no multiple of " + multiple + " from " + low + " to " + high + ".");
        }
        return new Whole(name(), first, high, multiple, scale);
    }

    private Scale usualScale() {
        return switch (usual) {
            case Real real -> real.scale();
            case Whole whole -> whole.scale();
            case Switched switched -> switched.when().scale();
            case Choice ignored -> Scale.LINEAR;
        };
    }
}
