package dev.tunefleet.common.blob;

import java.io.IOException;

import dev.tunefleet.common.trial.BlobRef;

/** The content under a key is not what its reference says it was. */
public final class DigestMismatchException extends IOException {

    private static final long serialVersionUID = 1;

    DigestMismatchException(BlobRef expected, String found) {
        super("The digest (" + found + ") of blob " + expected.key() + " must be " + expected.sha256()
                + ". Maybe it was changed or cut short after it was stored.");
    }
}
