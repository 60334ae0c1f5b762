package dev.tunefleet.common.blob;

/** A blob store answers and has no room; to ask again does not help. */
public final class StoreFullException extends StoreRefusesException {

    private static final long serialVersionUID = 1;

    public StoreFullException(String key, Throwable cause) {
        super(
                "The blob store must have room for blob " + key + ", and has none: " + cause.getMessage()
                        + ". Maybe the disk is full or a quota is used up.",
                cause);
    }
}
