package dev.tunefleet.common.blob;

import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;

/** The rule for keys, the same for every adapter: no key can leave its store or mean another place. */
final class BlobKey {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");

    private BlobKey() {}

    /** Returns {@code key} when it is one. */
    static String checked(String key) throws NoSuchFileException {
        if (!KEY.matcher(key).matches() || key.contains("..") || key.startsWith("./") || key.contains("/./")) {
            throw new NoSuchFileException(
                    key, null, "a blob key must be names of letters, digits, '.', '-', '_' joined by '/'");
        }
        return key;
    }
}
