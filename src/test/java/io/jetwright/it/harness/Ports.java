package io.jetwright.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of this machine. */
public final class Ports {
    /** Below those that outgoing connections use: a server that is started again must find its port still free. */
    private static final int FIRST = 20_000;

    private static final int END = 32_000;

    /** By other tests of this JVM, also while nobody listens. */
    private static final Set<Integer> TAKEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** A port that no other test gets. */
    public static int free() {
        return free(InetAddress.getLoopbackAddress().getHostAddress());
    }

    static int free(String address) {
        int port;
        do {
            port = ThreadLocalRandom.current().nextInt(FIRST, END);
        } while (!isFree(address, port) || !TAKEN.add(port));
        return port;
    }

    private static boolean isFree(String address, int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Throws if nobody listens. */
    static void connect(String address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1_000);
        } catch (IOException e) {
            throw new UncheckedIOException("nobody listens on port %d of %s".formatted(port, address), e);
        }
    }
}
