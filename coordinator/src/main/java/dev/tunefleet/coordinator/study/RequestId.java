package dev.tunefleet.coordinator.study;

/** The name of one request, chosen by whoever makes it; a request that comes twice under one name is carried out once. */
public record RequestId(String text) {

    private static final int LONGEST = 140;

    public RequestId {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "The id (" + text + ") of a request must be 1 to " + LONGEST + " characters long.");
        }
    }

    /**
     * The request that a client calls {@code key} and that asks for {@code what}, a word without a colon. The same key for
     * something else is another request.
     */
    public static RequestId of(String what, String key) {
        return new RequestId(what + ":" + key);
    }

    /** What the client calls it. */
    public String key() {
        return text.substring(text.indexOf(':') + 1);
    }

    @Override
    public String toString() {
        return text;
    }
}
