package io.jetwright.it;

import static io.jetwright.it.harness.EventLoggerProcess.json;
import static io.jetwright.it.harness.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.it.harness.EventLoggerProcess;
import io.jetwright.it.harness.NatsServer;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.Mirror;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking back in the stream itself, on a real nats-server. */
class EventLoggerHistoryIT {
    @RegisterExtension
    static final NatsServer nats = new NatsServer("");

    @RegisterExtension
    final EventLoggerProcess app = new EventLoggerProcess(nats);

    private static void createStream(StorageType storage, String... subjects) {
        nats.createStream("EVENTS", storage, subjects);
    }

    /** Sequence n has the subject events.a for odd ones and events.b.n for even ones, and the payload n. */
    private static void fill(int count) {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            sent.add(js().publishAsync(
                            i % 2 == 1 ? "events.a" : "events.b." + i,
                            String.valueOf(i).getBytes(UTF_8)));
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
    }

    private static JetStream js() {
        try {
            return nats.connection().jetStream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void send(String subject, byte[] payload, String... headers)
            throws IOException, JetStreamApiException {
        var all = new Headers();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        js().publish(NatsMessage.builder()
                .subject(subject)
                .headers(all)
                .data(payload)
                .build());
    }

    private JsonNode history(String query) throws IOException, InterruptedException {
        return history(app, query);
    }

    private static JsonNode history(EventLoggerProcess app, String query) throws IOException, InterruptedException {
        HttpResponse<String> answer = app.get("/history" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static List<Long> sequences(JsonNode page) {
        return StreamSupport.stream(page.get("events").spliterator(), false)
                .map(event -> event.get("sequence").longValue())
                .toList();
    }

    private static List<Long> from(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static @Nullable Long place(JsonNode page, String direction) {
        return page.get(direction).isNull() ? null : page.get(direction).longValue();
    }

    private void assertProblem(int status, String path, String detail) throws IOException, InterruptedException {
        HttpResponse<String> answer = app.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(answer).get("detail").textValue()).contains(detail);
    }

    private static long consumers() throws IOException, JetStreamApiException {
        return nats.jetStream().getConsumerNames("EVENTS").size();
    }

    @ParameterizedTest
    @EnumSource(StorageType.class)
    void allOfAStreamIsSeenPageByPageInBothDirections(StorageType storage) throws Exception {
        createStream(storage, "events.>");
        fill(3000);
        for (long gone : LongStream.rangeClosed(1000, 1400).toArray()) {
            nats.jetStream().deleteMessage("EVENTS", gone);
        }
        List<Long> there = new ArrayList<>(from(1, 999));
        there.addAll(from(1401, 3000));
        app.start();
        long consumersBefore = consumers();

        JsonNode newest = history("");
        assertThat(sequences(newest)).isEqualTo(from(2951, 3000));
        assertThat(place(newest, "newer")).isNull();
        assertThat(newest.get("complete").booleanValue()).isTrue();
        assertThat(newest.get("first").longValue()).isEqualTo(1);
        assertThat(newest.get("last").longValue()).isEqualTo(3000);
        assertThat(newest.get("epoch").textValue()).isNotEmpty();

        List<Long> seen = new ArrayList<>();
        @Nullable Long place = 3001L;
        while (place != null) {
            JsonNode page = history("?limit=200&direction=older&at=" + place);
            seen.addAll(0, sequences(page));
            assertThat(page.get("events")).hasSizeBetween(1, 200);
            place = place(page, "older");
        }
        assertThat(seen).isEqualTo(there);

        seen.clear();
        place = 1L;
        while (place != null) {
            JsonNode page = history("?limit=200&direction=newer&at=" + place);
            seen.addAll(sequences(page));
            place = place(page, "newer");
        }
        assertThat(seen).isEqualTo(there);

        seen.clear();
        place = 3001L;
        while (place != null) {
            JsonNode page = history("?limit=150&subject=events.b.*&direction=older&at=" + place);
            seen.addAll(0, sequences(page));
            place = place(page, "older");
        }
        assertThat(seen).isEqualTo(there.stream().filter(each -> each % 2 == 0).toList());
        assertThat(consumers()).isEqualTo(consumersBefore);
    }

    @Test
    void aPlaceIsASequenceOrATime() throws Exception {
        createStream(StorageType.File, "events.>");
        fill(20);
        String between = Objects.requireNonNull(
                        nats.jetStream().getMessage("EVENTS", 20).getTime())
                .toInstant()
                .plusMillis(1)
                .toString();
        eventually(
                () -> assertThat(Instant.now()).isAfter(Instant.parse(between).plusMillis(5)));
        fill(10);
        app.start();

        JsonNode newer = history("?at=" + between);
        assertThat(sequences(newer)).isEqualTo(from(21, 30));
        assertThat(place(newer, "older")).isEqualTo(21);
        assertThat(place(newer, "newer")).isNull();
        JsonNode older = history("?direction=older&limit=5&at=" + between);
        assertThat(sequences(older)).isEqualTo(from(16, 20));
        assertThat(place(older, "older")).isEqualTo(16);
        assertThat(place(older, "newer")).isEqualTo(21);
        assertThat(sequences(history("?direction=older&limit=5&subject=events.a&at=" + between)))
                .isEqualTo(List.of(11L, 13L, 15L, 17L, 19L));
        assertThat(sequences(history("?at=2020-01-01T00:00:00%2B02:00&limit=3")))
                .isEqualTo(from(1, 3));
        assertThat(sequences(history("?at=2120-01-01T00:00:00Z"))).isEmpty();
        assertThat(sequences(history("?at=2120-01-01T00:00:00Z&direction=older&limit=2")))
                .isEqualTo(from(29, 30));

        JsonNode around = history("?at=7&limit=3");
        assertThat(sequences(around)).isEqualTo(from(7, 9));
        assertThat(place(around, "older")).isEqualTo(7);
        assertThat(place(around, "newer")).isEqualTo(10);
        JsonNode before = history("?at=7&limit=3&direction=older");
        assertThat(sequences(before)).isEqualTo(from(4, 6));
        assertThat(place(before, "newer")).isEqualTo(7);
        assertThat(sequences(history("?at=99"))).isEmpty();
        assertThat(sequences(history("?at=99&direction=older&limit=2"))).isEqualTo(from(29, 30));
        assertThat(place(history("?at=1&direction=older"), "newer")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nats-server-2.10", "nats-server-2.11", "nats-server-2.12", "nats-server-2.14"})
    void olderServersAreLookedBackInLikewise(String release) throws Exception {
        try (var server = NatsServer.ofRelease(release, "");
                var older = new EventLoggerProcess(server)) {
            server.start();
            server.createStream("EVENTS", StorageType.File, "events.>");
            publish(server, 1, 20);
            Instant between = Objects.requireNonNull(
                            server.jetStream().getMessage("EVENTS", 20).getTime())
                    .toInstant()
                    .plusMillis(1);
            eventually(() -> assertThat(Instant.now()).isAfter(between.plusMillis(5)));
            publish(server, 21, 40);
            older.start();

            JsonNode around = history(older, "?at=11&limit=5");
            assertThat(sequences(around)).isEqualTo(from(11, 15));
            assertThat(place(around, "newer")).isEqualTo(16);
            assertThat(sequences(history(older, "?at=11&limit=5&direction=older")))
                    .isEqualTo(from(6, 10));
            assertThat(sequences(history(older, "?at=" + between))).isEqualTo(from(21, 40));
            assertThat(sequences(history(older, "?direction=older&limit=5&at=" + between)))
                    .isEqualTo(from(16, 20));
            assertThat(sequences(history(older, "?subject=events.b.*&limit=3"))).isEqualTo(List.of(36L, 38L, 40L));
            assertThat(sequences(history(older, "?header=Trace-Id"))).isEqualTo(List.of(10L, 20L, 30L, 40L));
            assertThat(sequences(history(older, "?header=Trace-Id:t20&subject=events.b.*&at=1")))
                    .isEqualTo(List.of(20L));
            assertThat(json(older.get("/events/7")).get("data").longValue()).isEqualTo(7);
            assertThat(lines(older.get("/history?format=jsonl&at=31"))).isEqualTo(from(31, 40));
        }
    }

    /** As {@link #fill} does it; every tenth has a header. */
    private static void publish(NatsServer server, int first, int last) throws IOException, JetStreamApiException {
        for (int i = first; i <= last; i++) {
            var headers = i % 10 == 0 ? new Headers().add("Trace-Id", "t" + i) : new Headers();
            String subject = i % 2 == 1 ? "events.a" : "events.b." + i;
            byte[] payload = String.valueOf(i).getBytes(UTF_8);
            server.connection().jetStream().publish(subject, headers, payload);
        }
    }

    @Test
    void eventsAreFoundByTheirHeaders() throws Exception {
        createStream(StorageType.Memory, "events.>");
        for (int i = 1; i <= 300; i++) {
            if (i % 100 == 0) {
                send("events.a", "1".getBytes(UTF_8), "Trace-Id", "t" + i, "Kind", "x");
            } else {
                send("events.a", "1".getBytes(UTF_8), "Kind", i % 2 == 0 ? "x" : "y");
            }
        }
        app.start();

        JsonNode page = history("?header=trace-id");
        assertThat(sequences(page)).isEqualTo(List.of(100L, 200L, 300L));
        assertThat(place(page, "older")).isNull();
        assertThat(page.get("complete").booleanValue()).isTrue();
        assertThat(page.get("events")
                        .get(0)
                        .get("headers")
                        .get("Trace-Id")
                        .get(0)
                        .textValue())
                .isEqualTo("t100");
        assertThat(sequences(history("?header=Trace-Id:t200&at=1"))).isEqualTo(List.of(200L));
        assertThat(sequences(history("?header=Trace-Id&header=Kind:y"))).isEmpty();
        assertThat(sequences(history("?header=Trace-Id&limit=1&at=101"))).isEqualTo(List.of(200L));
        JsonNode limited = history("?header=Kind:y&limit=2");
        assertThat(sequences(limited)).isEqualTo(List.of(297L, 299L));
        assertThat(place(limited, "older")).isEqualTo(297);
        assertThat(sequences(history("?header=Kind:y&limit=2&direction=older&at=297")))
                .isEqualTo(List.of(293L, 295L));
        assertThat(sequences(history("?header=Trace-Id&subject=events.b"))).isEmpty();
    }

    @Test
    void aSearchByHeaderStopsAfterTenThousandMessagesAndSaysWhere() throws Exception {
        createStream(StorageType.Memory, "events.>");
        send("events.a", "1".getBytes(UTF_8), "Trace-Id", "t");
        fill(25_000);
        app.start();

        @Nullable Long place = null;
        int requests = 0;
        JsonNode page;
        do {
            page = history("?header=Trace-Id&direction=older" + (place == null ? "" : "&at=" + place));
            @Nullable Long next = place(page, "older");
            if (next != null) {
                assertThat(page.get("complete").booleanValue()).isFalse();
                assertThat((place == null ? 25_002 : place) - next).isBetween(4_000L, 10_000L);
            }
            place = next;
            requests++;
        } while (place != null);
        assertThat(requests).isBetween(3, 7);
        assertThat(sequences(page)).isEqualTo(List.of(1L));

        JsonNode newer = history("?header=No&at=1");
        assertThat(place(newer, "newer")).isBetween(9_900L, 10_001L);
        assertThat(newer.get("complete").booleanValue()).isFalse();
    }

    @Test
    void onlyWhatIsShownCanBeLookedAt() throws Exception {
        createStream(StorageType.Memory, "auth.>", "orders.>");
        app.set("SUBJECTS", "auth.user.>,orders.*").start();
        send("auth.user.login", "1".getBytes(UTF_8));
        send("auth.session.start", "2".getBytes(UTF_8));
        send("orders.new", "3".getBytes(UTF_8));

        assertThat(sequences(history(""))).isEqualTo(List.of(1L, 3L));
        assertThat(sequences(history("?subject=%3E"))).isEqualTo(List.of(1L, 3L));
        assertThat(sequences(history("?subject=auth.%3E"))).isEqualTo(List.of(1L));
        assertThat(sequences(history("?subject=*.new"))).isEqualTo(List.of(3L));
        assertThat(sequences(history("?subject=auth.session.*"))).isEmpty();
        assertThat(sequences(history("?name=orders.*"))).isEqualTo(List.of(3L));
        assertThat(app.get("/events/1").statusCode()).isEqualTo(200);
        assertProblem(404, "/events/2", "the stream does not have the event 2");
        assertProblem(404, "/events/2/payload", "its first is 1, its last 3");
    }

    @Test
    void namesAreAsInTheLog() throws Exception {
        createStream(StorageType.Memory, "events.>", "audit");
        fill(4);
        send("audit", "1".getBytes(UTF_8));
        app.start();

        assertThat(sequences(history("?name=a"))).isEqualTo(List.of(1L, 3L));
        assertThat(sequences(history("?name=b.*"))).isEqualTo(List.of(2L, 4L));
        assertThat(sequences(history("?name=audit"))).isEqualTo(List.of(5L));
        assertThat(sequences(history("?name=none&subject=nothing.*"))).isEmpty();
        assertThat(history("?name=b.4").get("events").get(0).get("name").textValue())
                .isEqualTo("b.4");
    }

    @Test
    void oneEventHasItsSizeItsTimeAndItsPayload() throws Exception {
        createStream(StorageType.File, "events.>");
        byte[] binary = {(byte) 0xff, 0, 1, '"'};
        String large = "{\"list\":[" + "1.50,".repeat(40_000) + "0]}";
        send("events.a", binary, "Trace-Id", "t");
        send("events.large", large.getBytes(UTF_8));
        app.start();

        JsonNode event = json(app.get("/events/1"));
        assertThat(event.get("sequence").longValue()).isEqualTo(1);
        assertThat(event.get("size").longValue()).isEqualTo(4);
        assertThat(event.get("encoding").textValue()).isEqualTo("base64");
        assertThat(event.get("timestamp").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.]\\d{3}Z");
        HttpResponse<byte[]> payload;
        try (HttpClient client = HttpClient.newHttpClient()) {
            payload = client.send(app.request("/events/1/payload").build(), HttpResponse.BodyHandlers.ofByteArray());
        }
        assertThat(payload.body()).isEqualTo(binary);
        assertThat(payload.headers().map())
                .containsEntry("content-type", List.of("application/octet-stream"))
                .containsEntry("content-disposition", List.of("attachment; filename=\"EVENTS-1.bin\""))
                .containsEntry("x-content-type-options", List.of("nosniff"));

        JsonNode cut = history("").get("events").get(1);
        assertThat(cut.get("truncated").booleanValue()).isTrue();
        assertThat(cut.get("encoding").textValue()).isEqualTo("text");
        assertThat(cut.get("size").longValue()).isEqualTo(large.length());
        assertThat(cut.get("data").textValue()).isEqualTo(large.substring(0, 8 << 10));
        assertThat(app.get("/events/2").body()).contains("\"data\":" + large).doesNotContain("truncated");

        assertProblem(404, "/events/3", "its first is 1, its last 2");
        assertProblem(404, "/events/x", "there is nothing at /events/x");
        assertProblem(400, "/events/12345678901234567890", "more digits");
        assertThat(app.manage("/metrics").body()).contains("path=\"/events/{sequence}/payload\"");
    }

    @Test
    void aMessageThatDoesNotFitIntoTheMemoryComesWithoutItsPayload() throws Exception {
        try (var large = new NatsServer("max_payload: 8MB");
                var small = new EventLoggerProcess(large)) {
            large.start();
            eventually(() -> large.jetStream()
                    .addStream(StreamConfiguration.builder()
                            .name("EVENTS")
                            .subjects("events.>")
                            .build()));
            byte[] payload = new byte[7 << 20];
            Arrays.fill(payload, (byte) '1');
            large.connection().jetStream().publish("events.a", new byte[] {'1'});
            large.connection().jetStream().publish("events.a", payload);
            large.connection().jetStream().publish("events.a", new byte[] {'2'});
            small.set("JAVA_TOOL_OPTIONS", "-Xmx96m").start();

            JsonNode page = json(small.get("/history"));
            assertThat(sequences(page)).isEqualTo(from(1, 3));
            assertThat(page.get("events").get(1).get("encoding").textValue()).isEqualTo("omitted");
            assertThat(page.get("events").get(1).get("size").longValue()).isEqualTo(7 << 20);
            assertThat(small.get("/events/2/payload").statusCode()).isEqualTo(413);
        }
    }

    @Test
    void anAnswerEndsWhereItWouldBeTooLarge() throws Exception {
        createStream(StorageType.File, "events.>");
        for (int i = 0; i < 60; i++) {
            send("events.a", "x".repeat(60_000).getBytes(UTF_8));
        }
        app.start();

        List<Long> seen = new ArrayList<>();
        @Nullable Long place = 61L;
        while (place != null) {
            JsonNode page = history("?limit=200&direction=older&at=" + place);
            assertThat(page.get("events")).hasSizeBetween(9, 17);
            seen.addAll(0, sequences(page));
            place = place(page, "older");
            assertThat(page.get("complete").booleanValue()).isEqualTo(place == null);
        }
        assertThat(seen).isEqualTo(from(1, 60));
        JsonNode newer = history("?limit=200&at=1");
        assertThat(place(newer, "newer")).isEqualTo(newer.get("events").size() + 1);
        assertThat(newer.get("complete").booleanValue()).isFalse();
    }

    @Test
    void whatIsFoundIsDownloadedAsJsonLines() throws Exception {
        createStream(StorageType.File, "events.>");
        fill(12_000);
        send("events.large", "x".repeat(300_000).getBytes(UTF_8), "Trace-Id", "t");
        app.start();

        HttpResponse<String> all = served("/history?format=jsonl");
        assertThat(all.headers().map())
                .containsEntry("content-type", List.of("application/x-ndjson"))
                .containsEntry("content-disposition", List.of("attachment; filename=\"EVENTS.jsonl\""))
                .containsEntry("event-logger-older", List.of("2002"))
                .containsEntry("event-logger-newer", List.of("null"))
                .containsEntry("event-logger-complete", List.of("true"));
        assertThat(lines(all)).isEqualTo(from(2002, 12_001));

        HttpResponse<String> some = served("/history?format=jsonl&at=1&subject=events.b.*&limit=3000");
        assertThat(lines(some))
                .isEqualTo(
                        LongStream.rangeClosed(1, 3000).map(i -> 2 * i).boxed().toList());
        assertThat(some.headers().firstValue("Event-Logger-Newer")).contains("6002");
        HttpResponse<String> one = served("/history?format=jsonl&header=Trace-Id");
        assertThat(lines(one)).isEqualTo(List.of(12_001L));
        // in a file nothing is cut
        assertThat(one.body()).contains("x".repeat(300_000));
        assertThat(app.get("/history?format=jsonl&subject=none").body()).isEmpty();
        assertThat(app.send(app.request("/history?format=jsonl").HEAD()).body()).isEmpty();
        assertThat(lines(served("/history?format=jsonl&limit=2"))).isEqualTo(from(12_000, 12_001));
    }

    /** Asks again while the stream cannot be read in time, as on a machine that is busy. */
    private HttpResponse<String> served(String path) {
        var answer = new AtomicReference<HttpResponse<String>>();
        eventually(() -> {
            answer.set(app.get(path));
            assertThat(answer.get().statusCode()).isNotEqualTo(503);
        });
        return answer.get();
    }

    private static List<Long> lines(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body()
                .lines()
                .map(line -> {
                    try {
                        return EventLoggerProcess.JSON
                                .readTree(line)
                                .get("sequence")
                                .longValue();
                    } catch (IOException e) {
                        throw new AssertionError(line, e);
                    }
                })
                .toList();
    }

    /** A client that gets only a part of what it asked for has to see that. */
    @Test
    void aDownloadThatFailsDoesNotLookComplete() throws Exception {
        createStream(StorageType.File, "events.>");
        for (int i = 0; i < 100; i++) {
            send("events.a", "x".repeat(500_000).getBytes(UTF_8));
        }
        app.start();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            socket.getOutputStream()
                    .write("GET /history?format=jsonl HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 200");
            nats.jetStream().deleteStream("EVENTS");
            String rest = new String(in.readAllBytes(), UTF_8);
            assertThat(rest.length()).isLessThan(49_000_000);
            assertThat(rest).doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void aStreamThatIsMadeAnewIsToldToBeAnother() throws Exception {
        createStream(StorageType.Memory, "events.>");
        fill(10);
        app.start();
        String epoch = "?epoch=" + history("").get("epoch").textValue();
        assertThat(history(epoch).get("reset").booleanValue()).isFalse();
        nats.jetStream().deleteStream("EVENTS");
        createStream(StorageType.Memory, "events.>");
        fill(3);

        eventually(() -> assertThat(sequences(history("?at=8&direction=older"))).isEqualTo(from(1, 3)));
        JsonNode anew = history(epoch);
        assertThat(anew.get("reset").booleanValue()).isTrue();
        nats.jetStream().purgeStream("EVENTS");
        JsonNode empty = history("?epoch=" + anew.get("epoch").textValue());
        assertThat(empty.get("reset").booleanValue()).isFalse();
        assertThat(sequences(empty)).isEmpty();
        assertThat(place(empty, "older")).isNull();
        assertThat(place(empty, "newer")).isNull();
        assertThat(sequences(history("?at=1"))).isEmpty();
    }

    @Test
    void aMirrorIsLookedAtAsTheStreamItself() throws Exception {
        eventually(() -> nats.jetStream()
                .addStream(StreamConfiguration.builder()
                        .name("ORIGIN")
                        .subjects("events.>")
                        .build()));
        nats.jetStream()
                .addStream(StreamConfiguration.builder()
                        .name("EVENTS")
                        .mirror(Mirror.builder().sourceName("ORIGIN").build())
                        .build());
        fill(120);
        app.start();

        eventually(() -> assertThat(sequences(history("?limit=10"))).isEqualTo(from(111, 120)));
        assertThat(sequences(history("?subject=events.b.*&limit=2"))).isEqualTo(List.of(118L, 120L));
    }

    @Test
    void whatIsWrongInAQueryIsSaid() throws Exception {
        createStream(StorageType.Memory, "events.>");
        app.start();

        assertProblem(400, "/history?at=yesterday", "at is neither a time nor a sequence");
        assertProblem(400, "/history?direction=up", "direction is neither older nor newer");
        assertProblem(400, "/history?limit=0", "limit is no number from 1 to 200");
        assertProblem(400, "/history?limit=201", "limit is no number from 1 to 200");
        assertProblem(400, "/history?format=jsonl&limit=10001", "limit is no number from 1 to 10000");
        assertProblem(400, "/history?format=xml", "format is neither json nor jsonl");
        assertProblem(400, "/history?subject=a..b", "subject has an empty token");
        assertProblem(400, "/history?header=:x", "header is no header's name");
        assertProblem(400, "/history?header=a" + "&header=a".repeat(10), "more than 10 times");
        assertThat(sequences(history("?subject=other.*"))).isEmpty();
        assertThat(app.send(app.request("/history").DELETE()).statusCode()).isEqualTo(405);
    }
}
