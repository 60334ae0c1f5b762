package dev.tunefleet.common.blob;

import java.io.IOException;

/** A blob store answers and says no; to ask again does not help, as it would with one that is away. */
public abstract sealed class StoreRefusesException extends IOException
        permits StoreFullException, StoreForbidsException, StoreFailsException {

    private static final long serialVersionUID = 1;

    StoreRefusesException(String message, Throwable cause) {
        super(message, cause);
    }
}
