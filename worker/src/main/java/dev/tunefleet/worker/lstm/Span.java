package dev.tunefleet.worker.lstm;

/**
 * Which steps of the sequences the arena holds at the moment. Spans end where sequences do, so that the first may be shorter; its
 * steps then lie in the last slots. Step = offset + slot. Reused from block to block.
 */
final class Span {
    private final int sequence;
    private final int slots;

    /** The step that belongs to slot 0, negative where there is none. */
    int offset;
    /** The first slot to be run. */
    int first;
    /** Whether sequences begin here, with a state of zeros. */
    boolean begins;

    Span(Unrolling unrolling) {
        sequence = unrolling.sequence();
        slots = unrolling.span();
    }

    /** Moves to the span of the first step that is to be run. */
    void begin(int firstStep) {
        offset = sequence - slots - (sequence - 1 - firstStep) / slots * slots;
        first = firstStep - offset;
        begins = true;
    }

    /** Moves on to the next span, where there is one. */
    boolean advance() {
        if (isLast()) {
            return false;
        }
        offset += slots;
        first = 0;
        begins = false;
        return true;
    }

    boolean isLast() {
        return later() == 0;
    }

    /** Steps after this span. */
    int later() {
        return sequence - slots - offset;
    }
}
