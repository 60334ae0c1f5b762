package dev.tunefleet.common.blob;

/** A blob store answers and does not let this process do what it asks. */
public final class StoreForbidsException extends StoreRefusesException {

    private static final long serialVersionUID = 1;

    /** @param verb what was asked: read, store, list or delete */
    public StoreForbidsException(String verb, String key, Throwable cause) {
        super(
                "The blob store must let this process " + verb + " blob " + key + ", and refuses: " + cause.getMessage()
                        + ". Maybe its credentials or its user lack that right, or the disk is mounted read-only.",
                cause);
    }
}
