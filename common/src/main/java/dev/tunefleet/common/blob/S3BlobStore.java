package dev.tunefleet.common.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import dev.tunefleet.common.trial.BlobRef;

/**
 * A {@link BlobStore} in a bucket of any S3 server.
 *
 * <p>A failed call is repeated a few times with growing pauses, then given up with an {@link IOException}: who calls
 * decides what that means. Credentials come from the environment, files or the platform, in the order of Amazon's
 * clients.
 */
final class S3BlobStore implements BlobStore {

    private static final int ATTEMPTS = 5;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration WHOLE_CALL = Duration.ofMinutes(5);
    /** What one PUT can carry: 5 GiB. */
    private static final long LARGEST_BYTES = 5L << 30;

    private static final int NOT_FOUND = 404;
    /** No credentials, none that suffice, a bucket or a proxy that takes no such thing, or nothing so large. */
    private static final Set<Integer> FORBIDDEN = Set.of(401, 403, 405, 413);

    private static final int INSUFFICIENT_STORAGE = 507;

    private final S3Client client;
    private final S3Location location;

    private S3BlobStore(S3Client client, S3Location location) {
        this.client = client;
        this.location = location;
    }

    /** A store at {@code location}; nothing is asked of the server yet. */
    static S3BlobStore open(S3Location location) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE))
                .forcePathStyle(location.bucketInPath())
                // Checksums in trailers are news to many servers; the digest is checked here in any case.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallTimeout(WHOLE_CALL)
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build())
                        .build());
        location.endpoint().ifPresent(builder::endpointOverride);
        // Servers of one's own rarely have regions, but a signature always names one.
        location.region()
                .or(() -> location.endpoint().map(own -> Region.US_EAST_1.id()))
                .map(Region::of)
                .ifPresent(builder::region);
        return new S3BlobStore(builder.build(), location);
    }

    @Override
    public BlobRef put(String key, byte[] content) throws IOException {
        upload(key, RequestBody.fromBytes(content));
        return new BlobRef(key, Sha256.of(content), content.length);
    }

    @Override
    public BlobRef put(String key, Path file) throws IOException {
        long bytes = Files.size(file);
        if (bytes > LARGEST_BYTES) {
            throw new IOException(
                    "The size (" + bytes + " bytes) of blob " + key + " must be at most " + LARGEST_BYTES + ".");
        }
        String digest = Sha256.of(file);
        upload(key, RequestBody.fromFile(file));
        return new BlobRef(key, digest, bytes);
    }

    @Override
    public byte[] get(BlobRef ref) throws IOException {
        byte[] content = download(ref.key());
        String found = Sha256.of(content);
        if (!found.equals(ref.sha256())) {
            throw new DigestMismatchException(ref, found);
        }
        return content;
    }

    @Override
    public BlobRef describe(String key) throws IOException {
        String full = full(key);
        return answer(
                "read",
                key,
                () -> client.getObject(
                        request -> request.bucket(location.bucket()).key(full),
                        (response, content) -> reference(key, content)));
    }

    /** Not held in memory: what is described may be larger. */
    private static BlobRef reference(String key, InputStream content) throws IOException {
        MessageDigest digest = Sha256.digest();
        long bytes = content.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return new BlobRef(key, HexFormat.of().formatHex(digest.digest()), bytes);
    }

    @Override
    public long size(String key) throws IOException {
        String full = full(key);
        return answer("read", key, () -> {
            try {
                return client.headObject(
                                request -> request.bucket(location.bucket()).key(full))
                        .contentLength();
            } catch (NoSuchKeyException absent) {
                // An answer without a body does not tell a missing blob from a missing bucket.
                client.headBucket(request -> request.bucket(location.bucket()));
                throw absent;
            }
        });
    }

    @Override
    public List<StoredBlob> survey(String prefix) throws IOException {
        return answer("list", prefix, () -> client
                .listObjectsV2Paginator(
                        request -> request.bucket(location.bucket()).prefix(location.prefix() + prefix))
                .contents()
                .stream()
                .map(found ->
                        new StoredBlob(found.key().substring(location.prefix().length()), found.lastModified()))
                .sorted(Comparator.comparing(StoredBlob::key))
                .toList());
    }

    @Override
    public void delete(String key) throws IOException {
        String full = full(key);
        answer(
                "delete",
                key,
                () -> client.deleteObject(
                        request -> request.bucket(location.bucket()).key(full)));
    }

    private void upload(String key, RequestBody body) throws IOException {
        String full = full(key);
        answer(
                "store",
                key,
                () -> client.putObject(
                        request -> request.bucket(location.bucket()).key(full), body));
    }

    private byte[] download(String key) throws IOException {
        String full = full(key);
        return answer("read", key, () -> client.getObjectAsBytes(
                        request -> request.bucket(location.bucket()).key(full))
                .asByteArrayUnsafe());
    }

    private String full(String key) throws IOException {
        return location.prefix() + BlobKey.checked(key);
    }

    private <T> T answer(String verb, String key, Supplier<T> call) throws IOException {
        try {
            return call.get();
        } catch (NoSuchKeyException absent) {
            throw absentAt(key, absent);
        } catch (S3Exception refusal) {
            if ("read".equals(verb) && refusal.statusCode() == NOT_FOUND && !noBucket(refusal)) {
                throw absentAt(key, refusal);
            }
            if (full(refusal)) {
                throw new StoreFullException(key, refusal);
            }
            throw FORBIDDEN.contains(refusal.statusCode())
                    ? new StoreForbidsException(verb, key, refusal)
                    : failure(verb, key, refusal);
        } catch (SdkException failed) {
            throw failure(verb, key, failed);
        }
    }

    private static boolean noBucket(S3Exception refusal) {
        return "NoSuchBucket".equals(code(refusal));
    }

    /** Servers agree on the status for a full disk; for a used-up quota each has a code of its own. */
    private static boolean full(S3Exception refusal) {
        return refusal.statusCode() == INSUFFICIENT_STORAGE || code(refusal).contains("QuotaExceeded");
    }

    private static String code(S3Exception refusal) {
        AwsErrorDetails details = refusal.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private NoSuchFileException absentAt(String key, SdkException cause) {
        var absent = new NoSuchFileException(key, null, "there is no such blob in bucket " + location.bucket());
        absent.initCause(cause);
        return absent;
    }

    private IOException failure(String verb, String key, SdkException cause) {
        return new IOException(
                "The blob store must " + verb + " blob " + key + " in bucket " + location.bucket() + ", but did not: "
                        + cause.getMessage(),
                cause);
    }
}
