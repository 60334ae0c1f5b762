package dev.tunefleet.common.blob;

/** A blob store answers and fails at one blob alone, however often it is asked. */
public final class StoreFailsException extends StoreRefusesException {

    private static final long serialVersionUID = 1;

    /** @param verb what was asked: read or store */
    public StoreFailsException(String verb, String key, Throwable cause) {
        super(
                "The blob store must " + verb + " blob " + key + ", and fails each time though it answers otherwise: "
                        + cause.getMessage()
                        + ". Maybe what lies there is damaged: restore it, or delete it where nobody misses it.",
                cause);
    }
}
