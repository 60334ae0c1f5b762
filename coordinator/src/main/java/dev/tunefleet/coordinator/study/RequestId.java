package dev.tunefleet.coordinator.study;

/** The name of one request, chosen by whoever makes it; a request that comes twice under one name is carried out once. */
public record RequestId(String text) {

    private static final int LONGEST = 100;

    public RequestId {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "The id (" + text + ") of a request must be 1 to " + LONGEST + " characters long.");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
