package dev.tunefleet.coordinator.api;

/** The bounds of a page. */
final class Pages {

    private static final int LARGEST = 1000;

    private Pages() {}

    static int offset(int offset) {
        if (offset < 0) {
            throw ProblemException.badRequest("The offset (" + offset + ") of a page must be 0 or above.");
        }
        return offset;
    }

    static int limit(int limit) {
        if (limit < 1 || limit > LARGEST) {
            throw ProblemException.badRequest("The limit (" + limit + ") of a page must be from 1 to " + LARGEST + ".");
        }
        return limit;
    }
}
