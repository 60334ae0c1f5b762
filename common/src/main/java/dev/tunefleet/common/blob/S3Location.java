package dev.tunefleet.common.blob;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where an S3 store lies: {@code s3://BUCKET/PREFIX?endpoint=URL&region=NAME&style=path|virtual}.
 *
 * <p>All but the bucket may be left out. The endpoint is that of Amazon unless one is given; the region then comes from the
 * environment ({@code AWS_REGION}). With an endpoint of one's own the bucket is the first part of the path, as small
 * servers want it, unless {@code style=virtual}. Credentials are never part of an address.
 *
 * @param prefix what stands before every key: empty, or ends with a slash
 */
record S3Location(String bucket, String prefix, Optional<URI> endpoint, Optional<String> region, boolean bucketInPath) {

    static final String SCHEME = "s3";

    private static final Set<String> OPTIONS = Set.of("endpoint", "region", "style");

    static S3Location of(URI location) {
        if (location.getUserInfo() != null
                || (location.getQuery() != null && location.getQuery().contains("secret"))) {
            throw new IllegalArgumentException("The blob store (s3://…) must not carry credentials in its address."
                    + " Put them into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or a file named by"
                    + " AWS_SHARED_CREDENTIALS_FILE.");
        }
        // A bucket may have a dot or an underscore, which makes a URI's host empty but not its authority.
        String bucket = location.getAuthority();
        if (bucket == null || bucket.isEmpty()) {
            throw new IllegalArgumentException(
                    "The blob store (" + location + ") must name a bucket: s3://bucket/prefix.");
        }
        Map<String, String> options = options(location);
        Optional<URI> endpoint = Optional.ofNullable(options.get("endpoint")).map(URI::create);
        return new S3Location(
                bucket,
                prefix(location.getPath()),
                endpoint,
                Optional.ofNullable(options.get("region")),
                bucketInPath(options, endpoint.isPresent()));
    }

    private static boolean bucketInPath(Map<String, String> options, boolean ownEndpoint) {
        return switch (options.getOrDefault("style", ownEndpoint ? "path" : "virtual")) {
            case "path" -> true;
            case "virtual" -> false;
            default ->
                throw new IllegalArgumentException(
                        "The style (" + options.get("style") + ") of the blob store must be path or virtual.");
        };
    }

    private static String prefix(String path) {
        String stripped = path == null ? "" : path.replaceAll("^/+|/+$", "");
        return stripped.isEmpty() ? "" : stripped + "/";
    }

    private static Map<String, String> options(URI location) {
        var options = new TreeMap<String, String>();
        if (location.getRawQuery() != null) {
            for (String option : location.getRawQuery().split("&")) {
                // A value left empty is one left out: a template fills in what is configured.
                if (option.matches("(endpoint|region|style)=")) {
                    continue;
                }
                String[] parts = option.split("=", 2);
                if (parts.length != 2 || !OPTIONS.contains(parts[0])) {
                    throw new IllegalArgumentException("The option (" + option + ") of the blob store s3://"
                            + location.getAuthority() + " must be endpoint=…, region=… or style=….");
                }
                options.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return options;
    }
}
