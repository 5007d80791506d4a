package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.it.harness.ChildProcess;
import io.jetwright.it.harness.EventLoggerProcess;
import io.jetwright.it.harness.EventStreamClient;
import io.jetwright.it.harness.NatsServer;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The event logger under more load than it has memory for, and with clients that mean no good. */
@Order(1) // takes long
class EventLoggerLimitsIT {
    private static final int LARGE = 1_000_000;
    private static final Duration LONG = Duration.ofMinutes(3);

    /** Two fifths of the memory limit that an EventLogger's container has by default. */
    private static final String HEAP = "-Xmx128m";

    /** Of that container, in MiB. */
    private static final int MEMORY_LIMIT = 320;

    private final NatsServer nats = new NatsServer("");

    @RegisterExtension
    final EventLoggerProcess app = new EventLoggerProcess(nats);

    private final List<Socket> sockets = new ArrayList<>();

    @BeforeEach
    void createStream() throws Exception {
        nats.start();
        nats.createStream("EVENTS", StorageType.File, "events.>");
        app.set("JAVA_TOOL_OPTIONS", HEAP);
    }

    @AfterEach
    void end() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        nats.close();
    }

    private void publishLarge(int count) throws Exception {
        byte[] payload = ("\"" + "x".repeat(LARGE) + "\"").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            nats.connection().jetStream().publish("events.large", payload);
        }
    }

    private static List<Long> sequences(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    /** The value of one of the app's metrics. */
    private double metric(String name) throws Exception {
        Matcher value = Pattern.compile("(?m)^event_logger_" + name + " (.*)$")
                .matcher(app.manage("/metrics").body());
        assertThat(value.find()).as(name).isTrue();
        return Double.parseDouble(value.group(1));
    }

    /** Sends something from this address of the loopback network, and reads nothing. */
    private Socket send(String address, String text) throws IOException {
        var socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(4_096);
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), app.port()));
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** The head of the answer, with what came with it; empty if the server has closed the connection. */
    private static String head(Socket socket) throws IOException {
        var buffer = new byte[1_000];
        try {
            int length = socket.getInputStream().read(buffer);
            return length < 0 ? "" : new String(buffer, 0, length, StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException e) {
            throw e; // it is still open
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void largeEventsReachAllListenersAndAreKeptInTheStream() throws Exception {
        publishLarge(60);
        app.start();
        List<EventStreamClient> listeners = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                listeners.add(EventStreamClient.ofIds(app, i < 5 ? "" : "?since=1"));
            }
            eventually(LONG, () -> assertThat(listeners)
                    .noneMatch(each -> each.ids().isEmpty()));
            publishLarge(40);
            for (EventStreamClient listener : listeners) {
                eventually(LONG, () -> assertThat(listener.ids()).contains(100L));
                assertThat(listener.ids()).isEqualTo(sequences(listener.ids().getFirst(), 100));
            }
            assertThat(listeners.subList(5, 10)).allMatch(each -> each.ids().getFirst() == 1);
        } finally {
            for (EventStreamClient listener : listeners) {
                listener.close();
            }
        }
        assertThat(metric("log_bytes")).isLessThan(16 << 20);
    }

    @Test
    void listenersThatReadNothingLeaveRoomForOthersWhoCatchUp() throws Exception {
        publishLarge(30);
        app.start();
        for (int i = 1; i <= 20; i++) {
            send("127.0.0." + (2 + i % 4), "GET /events/stream?since=" + i + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        eventually(() -> assertThat(metric("catching_up")).isPositive());
        List<Integer> consumers = new ArrayList<>();
        try (var listener = EventStreamClient.ofIds(app, "?since=1")) {
            eventually(LONG, () -> {
                consumers.add(nats.jetStream().getConsumerNames("EVENTS").size());
                assertThat(metric("catch_up_bytes")).isLessThanOrEqualTo(metric("catch_up_limit_bytes"));
                assertThat(listener.ids()).isEqualTo(sequences(1, 30));
            });
        }
        // the durable one, the reader's, two of those who catch up, and those of which the deletion is under way
        assertThat(consumers).allMatch(each -> each < 6);
        assertThat(app.publish("{\"name\":\"x\"}").statusCode()).isEqualTo(200);
    }

    @Test
    void whoeverAsksForTheHistoryAndReadsNothingHoldsNothing() throws Exception {
        publishLarge(12);
        app.start();
        for (int i = 0; i < 40; i++) {
            send("127.0.0.2", "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
            if (i % 4 == 0) {
                publishLarge(4);
            }
        }

        assertThat(app.get("/events?limit=1").body()).contains("events.large");
    }

    @Test
    void aMessageThatIsLargerThanThereIsMemoryForIsToldWithoutItsPayload() throws Exception {
        nats.stop();
        nats.configure("max_payload: 32MB");
        nats.start();
        app.start();
        nats.connection().jetStream().publish("events.huge", new byte[30 << 20]);
        nats.connection().jetStream().publish("events.small", new byte[] {'1'});

        eventually(() -> assertThat(app.events("")).hasSize(2));
        JsonNode huge = app.events("").getFirst();
        assertThat(huge.get("name").textValue()).isEqualTo("huge");
        assertThat(huge.get("encoding").textValue()).isEqualTo("omitted");
        assertThat(huge.get("headers").get("Nats-Msg-Size").get(0).textValue()).isEqualTo(String.valueOf(30 << 20));
        HttpResponse<String> refused = app.publish("{\"name\":\"x\",\"data\":\"" + "x".repeat(10 << 20) + "\"}");
        assertThat(refused.statusCode()).isEqualTo(413);
    }

    @Test
    void bodiesThatComeSlowlyHoldNoRoomAndEndInTime() throws Exception {
        app.start();
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            slow.add(send(
                    "127.0.0.2",
                    "POST /publish HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 1000000\r\n\r\n{"));
        }
        eventually(() -> assertThat(metric("bodies_bytes")).isPositive());

        String large = "{\"name\":\"x\",\"data\":\"" + "x".repeat(900_000) + "\"}";
        assertThat(app.publish(large).statusCode()).isEqualTo(200);
        assertThat(metric("bodies_bytes")).isLessThan(2 << 20);
        for (Socket socket : slow) {
            socket.setSoTimeout(30_000);
            assertThat(head(socket)).doesNotContain("200");
        }
        assertThat(metric("connections_expired_total")).isGreaterThanOrEqualTo(40);
    }

    @Test
    void idleConnectionsOfOneAddressLockNobodyOutAndEndInTime() throws Exception {
        app.set("CONNECTIONS_PER_ADDRESS", "20").start();
        for (int i = 0; i < 20; i++) {
            send("127.0.0.2", "");
        }
        eventually(() -> assertThat(metric("connections")).isGreaterThanOrEqualTo(20));

        String refused = head(send("127.0.0.2", "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        assertThat(refused).startsWith("HTTP/1.1 503 ").contains("Retry-After: 2");
        assertThat(metric("connections_refused_total")).isEqualTo(1);
        assertThat(app.get("/health").statusCode()).isEqualTo(200);
        Socket idle = sockets.getFirst();
        idle.setSoTimeout(30_000);
        assertThat(head(idle)).isEmpty();
    }

    @Test
    void listenersBehindATrustedProxyAreTheirOwnAddresses() throws Exception {
        app.set("CONNECTIONS_PER_ADDRESS", "2")
                .set("TRUSTED_PROXIES", "127.0.0.2")
                .start();
        for (String address : List.of("203.0.113.1", "203.0.113.1", "203.0.113.2")) {
            assertThat(head(listen("127.0.0.2", address))).startsWith("HTTP/1.1 200 ");
        }

        assertThat(head(listen("127.0.0.2", "203.0.113.1"))).startsWith("HTTP/1.1 503 ");
        assertThat(head(listen("127.0.0.3", "203.0.113.5"))).startsWith("HTTP/1.1 200 ");
        assertThat(head(listen("127.0.0.3", "203.0.113.6"))).startsWith("HTTP/1.1 200 ");
        assertThat(head(listen("127.0.0.3", "203.0.113.7"))).startsWith("HTTP/1.1 503 ");
    }

    private Socket listen(String from, String forwardedFor) throws IOException {
        return send(
                from,
                "GET /events/stream HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " + forwardedFor + "\r\n\r\n");
    }

    /** As dev/bench-event-logger does it for longer. */
    @Test
    void aThousandListenersGetEachEventOnceInTheMemoryThatThereIs() throws Exception {
        app.start();
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "dev/bench.d/EventLoggerEndurance.java",
                String.valueOf(app.port()),
                String.valueOf(app.running().pid()),
                "20",
                "1000",
                "500",
                "200",
                "200",
                "200",
                String.valueOf(LARGE));
        try (ChildProcess load = ChildProcess.start(command, Map.of())) {
            assertThat(load.exitCode(LONG)).as(load.output().toString()).isZero();
            String result = load.output().soFar().stream()
                    .filter(line -> line.startsWith("{"))
                    .findFirst()
                    .orElseThrow();
            JsonNode figures = EventLoggerProcess.JSON.readTree(result);
            assertThat(figures.get("listeners").intValue()).isEqualTo(1_000);
            assertThat(figures.get("published").intValue()).isGreaterThan(4);
            assertThat(figures.get("lost").intValue()).as(result).isZero();
            assertThat(figures.get("doubled_or_out_of_order").intValue())
                    .as(result)
                    .isZero();
            assertThat(figures.get("peak_rss_mib").intValue()).as(result).isLessThan(MEMORY_LIMIT);
        }
    }
}
