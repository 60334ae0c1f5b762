package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** A question to a starting program that is asked until it succeeds. */
@FunctionalInterface
public interface Probe {

    int MILLISECONDS = 2_000;

    boolean succeeds();

    /** Whether something takes connections on {@code port}. */
    static boolean accepts(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLISECONDS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Whether the program on {@code port} says that it is ready. */
    static boolean isReady(int port) {
        return isReady("127.0.0.1", port);
    }

    /** The same of a program on {@code host}. */
    static boolean isReady(String host, int port) {
        try {
            URI address = URI.create("http://" + host + ":" + port + "/q/health/ready");
            var connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(MILLISECONDS);
            connection.setReadTimeout(MILLISECONDS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }
}
