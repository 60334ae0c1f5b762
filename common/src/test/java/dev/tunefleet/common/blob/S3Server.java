package dev.tunefleet.common.blob;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.awaitility.Awaitility.await;

/** An S3 server (S3Proxy, on a folder) as a process of its own, that checks signatures. */
public final class S3Server implements AutoCloseable {

    /** The bucket there is. */
    public static final String BUCKET = "tunefleet";

    public static final String ACCESS_KEY = "fleet";
    public static final String SECRET_KEY = "a-secret-of-the-tests";

    private final Process process;
    private final int port;

    private S3Server(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a server whose data lies in {@code folder}; returns once it answers. */
    public static S3Server start(Path folder) throws IOException {
        return start(folder, freePort());
    }

    public static S3Server start(Path folder, int port) throws IOException {
        // What others may read on disk the server would show to anybody.
        Files.createDirectories(
                folder.resolve("data").resolve(BUCKET),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path settings = folder.resolve("s3proxy.properties");
        Files.write(settings, lines(folder, port));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        System.getProperty("s3.server"),
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3proxy.log").toFile())
                .start();
        var server = new S3Server(process, port);
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(server::answers);
        return server;
    }

    /** The location of a store below {@code prefix}. */
    public URI location(String prefix) {
        return URI.create("s3://" + BUCKET + "/" + prefix + "?endpoint=http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private boolean answers() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz"))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        }
    }

    private static List<String> lines(Path folder, int port) {
        return Map.of(
                        "s3proxy.endpoint",
                        "http://127.0.0.1:" + port,
                        "s3proxy.authorization",
                        "aws-v2-or-v4",
                        "s3proxy.identity",
                        ACCESS_KEY,
                        "s3proxy.credential",
                        SECRET_KEY,
                        "jclouds.provider",
                        "filesystem-nio2",
                        "jclouds.filesystem.basedir",
                        folder.resolve("data").toString())
                .entrySet()
                .stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
