package dev.tunefleet.local.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports nobody listens on.
 *
 * <p>They lie below the range from which the system takes the ports of outgoing connections: a client that tries again
 * and again to reach a stopped broker can otherwise be given the broker's own port, and the broker cannot come back.
 */
public final class FreePorts {

    private static final int LOWEST = 20_000;
    private static final int BOUND = 32_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** A port that nobody listens on now and that this JVM was not given before. */
    public static int next() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BOUND);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "A port from " + LOWEST + " to " + BOUND + " must be free, but none was found.");
    }

    /** Whether a server could listen on {@code port} of the loopback address now. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
