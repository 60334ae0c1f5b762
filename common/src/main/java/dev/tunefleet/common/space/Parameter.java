package dev.tunefleet.common.space;

/** One dimension of a {@link SearchSpace}: a name, a set of legal values and how they are spread. */
public sealed interface Parameter permits Real, Whole, Choice, Switched {

    String name();

    /** Whether {@code value} is legal for this parameter. */
    boolean contains(Value value);

    /** The set of legal values in words, for error messages. */
    String describe();
}
