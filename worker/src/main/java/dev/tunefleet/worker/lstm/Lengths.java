package dev.tunefleet.worker.lstm;

/** The rule that lengths of padded sequences obey. */
final class Lengths {
    private Lengths() {}

    static void check(int[] lengths, int sequence, long room) {
        if (lengths.length > room) {
            throw new IllegalArgumentException("The number of lengths (" + lengths.length
                    + ") of padded sequences must not exceed the sequences that the values hold (" + room + ").");
        }
        for (int length : lengths) {
            if (length < 1 || length > sequence) {
                throw new IllegalArgumentException(
                        "The length (" + length + ") of a padded sequence must lie in 1 to " + sequence + ".");
            }
        }
    }
}
