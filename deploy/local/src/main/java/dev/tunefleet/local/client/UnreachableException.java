package dev.tunefleet.local.client;

import java.io.IOException;
import java.net.URI;

/** No coordinator answers at the address. */
public final class UnreachableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreachableException(URI server, IOException cause) {
        super(
                "The server " + server + " must answer, but does not"
                        + (cause.getMessage() == null ? "." : ": " + cause.getMessage() + "."),
                cause);
    }
}
