package io.jetwright.nats;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** As much of a NATS server as a client needs to be connected. Who publishes to {@link #REFUSED} gets an error. */
public final class FakeNatsServer implements AutoCloseable {
    /** The subject that nobody may publish to. */
    public static final String REFUSED = "refused";

    private final ServerSocket listening;
    private final List<Integer> others;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final Queue<String> greetings = new ConcurrentLinkedQueue<>();

    /**
     * Listens on a free port.
     *
     * @param others the ports of other servers of the cluster, which clients are told of
     */
    public FakeNatsServer(Integer... others) throws IOException {
        this.listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        this.others = List.of(others);
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Settings that lead here, with no credentials. */
    public ConnectionSettings settings() {
        return settings(port());
    }

    /** Settings that lead to a port of this machine. */
    public static ConnectionSettings settings(int port) {
        return new ConnectionSettings(List.of(URI.create("nats://127.0.0.1:" + port)), null);
    }

    /** What clients have said of themselves when they connected: JSON. */
    public List<String> greetings() {
        return List.copyOf(greetings);
    }

    /** Cuts off everybody who is connected. New connections are accepted. */
    public void disconnect() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                clients.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client) {
            send(
                    client,
                    "INFO {\"server_id\": \"fake\", \"version\": \"2.14.0\", \"max_payload\": 1048576, \"connect_urls\": [%s]}"
                            .formatted(String.join(
                                    ", ",
                                    others.stream()
                                            .map("\"127.0.0.1:%d\""::formatted)
                                            .toList())));
            var input = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                if (line.startsWith("CONNECT ")) {
                    greetings.add(line.substring("CONNECT ".length()));
                } else if (line.equals("PING")) {
                    send(client, "PONG");
                } else if (line.startsWith("PUB " + REFUSED + " ")) {
                    send(client, "-ERR 'Permissions Violation for Publish to \"" + REFUSED + "\"'");
                }
            }
        } catch (IOException e) {
            // the client has gone
        } finally {
            clients.remove(client);
        }
    }

    private static void send(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        listening.close();
        disconnect();
    }
}
