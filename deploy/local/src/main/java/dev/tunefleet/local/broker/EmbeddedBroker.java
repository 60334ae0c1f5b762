package dev.tunefleet.local.broker;

import java.nio.file.Path;

/**
 * A Kafka broker inside this JVM, alone and its own controller, whose data outlives it in a folder.
 *
 * <p>Started again on the same folder it has every topic, record and group setting it had before. It listens on the
 * loopback address only. Close it from any thread, once.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final int NODE = 1;

    private final Node node;
    private final int port;

    private EmbeddedBroker(Node node, int port) {
        this.node = node;
        this.port = port;
    }

    /** Starts a broker on two free ports; returns once it takes connections. */
    public static EmbeddedBroker start(Path folder) {
        return start(folder, FreePorts.next());
    }

    /**
     * Starts a broker that clients reach on {@code port}; returns once it takes connections.
     *
     * @throws IllegalStateException when it does not start, with the cause
     */
    public static EmbeddedBroker start(Path folder, int port) {
        var member = new Member(NODE, port, FreePorts.next());
        return new EmbeddedBroker(Node.start(folder, member, Voters.of(member)), port);
    }

    /** What a client gives as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Stops the broker and waits until its files are written. */
    @Override
    public void close() {
        node.close();
    }
}
