package dev.tunefleet.worker.train;

import java.io.IOException;

/** The blob store did not answer, however often it was asked; the trial goes on elsewhere or later. */
final class BlobsAwayException extends IOException {

    private static final long serialVersionUID = 1;

    BlobsAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
