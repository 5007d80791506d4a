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
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * As much of a NATS server as a client needs to be connected, to subscribe, and to get answers to requests. Subjects that
 * nothing was said about have no responders.
 */
public final class FakeNatsServer implements AutoCloseable {
    private static final Answer NO_RESPONDERS = (client, reply, body) -> client.noResponders(reply);

    private final ServerSocket listening;
    private final List<Integer> others;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Queue<String> greetings = new ConcurrentLinkedQueue<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Set<String> deniedSubscriptions = ConcurrentHashMap.newKeySet();

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

    /** What was published: subject, a space, body. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Answers requests on a subject. */
    public void answer(String subject, String body) {
        answer(subject, request -> body);
    }

    /** Answers requests on a subject with what the function makes of their bodies. */
    public void answer(String subject, UnaryOperator<String> function) {
        answers.put(subject, (client, reply, body) -> client.deliver(reply, function.apply(body)));
    }

    /** Never answers requests on a subject. */
    public void keepWaiting(String subject) {
        answers.put(subject, (client, reply, body) -> {});
    }

    /** Cuts off whoever publishes to a subject. */
    public void disconnectAt(String subject) {
        answers.put(subject, (client, reply, body) -> client.socket.close());
    }

    /** Lets nobody publish to a subject. */
    public void denyPublication(String subject) {
        answers.put(
                subject,
                (client, reply, body) ->
                        client.send("-ERR 'Permissions Violation for Publish to \"%s\"'".formatted(subject)));
    }

    /** Lets nobody subscribe to subjects that begin like this. */
    public void denySubscription(String prefix) {
        deniedSubscriptions.add(prefix);
    }

    /** Takes a subscription away from everybody, as the server does after its permissions were reloaded. */
    public void revokeSubscription(String subject) throws IOException {
        for (Client client : clients) {
            client.send("-ERR 'Permissions Violation for Subscription to \"%s\"'".formatted(subject));
        }
    }

    /** Publishes to everybody who has subscribed to the subject. */
    public void publish(String subject, String body) throws IOException {
        for (Client client : clients) {
            client.deliver(subject, body);
        }
    }

    /** Cuts off everybody who is connected. New connections are accepted. */
    public void disconnect() throws IOException {
        for (Client client : clients) {
            client.socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                var client = new Client(listening.accept());
                clients.add(client);
                if (listening.isClosed()) {
                    client.socket.close();
                }
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Client client) {
        try (Socket socket = client.socket) {
            client.send(
                    "INFO {\"server_id\": \"fake\", \"server_name\": \"fake-1\", \"version\": \"2.14.0\", \"headers\": true, \"max_payload\": 1048576, \"connect_urls\": [%s]}"
                            .formatted(String.join(
                                    ", ",
                                    others.stream()
                                            .map("\"127.0.0.1:%d\""::formatted)
                                            .toList())));
            // one byte is one character, so that lengths are those of the protocol
            var input = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                take(client, line, input);
            }
        } catch (IOException e) {
            // the client has gone
        } finally {
            clients.remove(client);
        }
    }

    private void take(Client client, String line, BufferedReader input) throws IOException {
        String[] words = line.split(" ", 2);
        switch (words[0]) {
            case "CONNECT" -> greetings.add(words[1]);
            case "PING" -> client.send("PONG");
            case "SUB" -> subscribe(client, words[1].split(" "));
            case "PUB" -> publish(client, words[1].split(" "), input);
            default -> {}
        }
    }

    private void subscribe(Client client, String[] words) throws IOException {
        if (deniedSubscriptions.stream().anyMatch(words[0]::startsWith)) {
            client.send("-ERR 'Permissions Violation for Subscription to \"%s\"'".formatted(words[0]));
        } else {
            client.subscriptions.put(words[words.length - 1], words[0]);
        }
    }

    private void publish(Client client, String[] words, BufferedReader input) throws IOException {
        var body = new StringBuilder();
        for (int length = Integer.parseInt(words[words.length - 1]); length > 0; length--) {
            body.append((char) input.read());
        }
        requests.add(words[0] + " " + body);
        answers.getOrDefault(words[0], NO_RESPONDERS)
                .answer(client, words.length == 3 ? words[1] : null, body.toString());
    }

    /** Cuts off everybody, and refuses new connections. */
    @Override
    public void close() throws IOException {
        listening.close();
        disconnect();
    }

    private interface Answer {
        void answer(Client client, @Nullable String reply, String body) throws IOException;
    }

    private static final class Client {
        private final Socket socket;

        /** Subjects by subscription ID. */
        private final Map<String, String> subscriptions = new ConcurrentHashMap<>();

        Client(Socket socket) {
            this.socket = socket;
        }

        synchronized void send(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }

        void deliver(@Nullable String subject, String body) throws IOException {
            for (String id : subscribed(subject)) {
                send("MSG %s %s %d\r\n%s".formatted(subject, id, body.length(), body));
            }
        }

        void noResponders(@Nullable String subject) throws IOException {
            String header = "NATS/1.0 503\r\n\r\n";
            for (String id : subscribed(subject)) {
                send("HMSG %s %s %d %d\r\n%s".formatted(subject, id, header.length(), header.length(), header));
            }
        }

        private List<String> subscribed(@Nullable String subject) {
            return subject == null
                    ? List.of()
                    : subscriptions.entrySet().stream()
                            .filter(each -> matches(each.getValue(), subject))
                            .map(Map.Entry::getKey)
                            .toList();
        }

        private static boolean matches(String pattern, String subject) {
            return subject.matches(pattern.replace(".", "\\.")
                    .replace("$", "\\$")
                    .replace("*", "[^.]+")
                    .replace(">", ".+"));
        }
    }
}
