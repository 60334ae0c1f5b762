package dev.tunefleet.local.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** One running node; its folder is formatted the first time it is used. */
final class Node implements AutoCloseable {

    private final KafkaRaftServer server;

    private Node(KafkaRaftServer server) {
        this.server = server;
    }

    static Node start(Path folder, Member member, Voters voters) {
        return start(folder, member, voters, UnaryOperator.identity());
    }

    /** @param adapted makes of the usual settings those that the node starts with */
    static Node start(Path folder, Member member, Voters voters, UnaryOperator<Map<String, String>> adapted) {
        try {
            Path data = Files.createDirectories(folder.toAbsolutePath());
            if (Files.notExists(data.resolve("meta.properties"))) {
                format(data, member.id());
            }
            Map<String, String> settings = adapted.apply(Settings.of(data, member, voters));
            var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
            server.startup();
            return new Node(server);
        } catch (Exception failure) {
            throw new IllegalStateException(
                    "The broker (node " + member.id() + ", port " + member.port() + ") in " + folder
                            + " must start, but did not.",
                    failure);
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path data, int node) throws Exception {
        var formatter = new Formatter()
                .setClusterId(clusterId(data))
                .setNodeId(node)
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .setControllerListenerName(Settings.CONTROLLER_LISTENER)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()));
        formatter.run();
    }

    /** The same for all nodes below one parent folder, which is what makes them one cluster. */
    private static String clusterId(Path data) throws IOException {
        byte[] seed = data.toRealPath().getParent().toString().getBytes(StandardCharsets.UTF_8);
        UUID id = UUID.nameUUIDFromBytes(seed);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(16)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array());
    }
}
