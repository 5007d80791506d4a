package io.jetwright.it;

import static io.jetwright.it.harness.EventLoggerProcess.json;
import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jetwright.it.harness.EventLoggerProcess;
import io.jetwright.it.harness.EventStreamClient;
import io.jetwright.it.harness.MalformedRequests;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.Promtool;
import io.jetwright.it.harness.Scratch;
import io.jetwright.it.harness.SeedCommands;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The event logger as a process, on a real nats-server. */
@Order(1) // takes long
class EventLoggerIT {
    /** Ended by SIGTERM, as a JVM reports it: 128 + 15. */
    private static final int TERMINATED = 143;

    private static final Pattern STATUS = Pattern.compile("^HTTP/1.1 ([0-9]{3}) ");

    @RegisterExtension
    static final NatsServer nats = new NatsServer("");

    @RegisterExtension
    final EventLoggerProcess app = new EventLoggerProcess(nats);

    @BeforeEach
    void createStream() throws Exception {
        create(stream().build());
    }

    private static StreamConfiguration.Builder stream() {
        return StreamConfiguration.builder().name("EVENTS").subjects("events.>").storageType(StorageType.File);
    }

    private static void create(StreamConfiguration configuration) {
        eventually(() -> nats.jetStream().addStream(configuration));
    }

    private static void publishToNats(String subject, String payload) throws IOException, JetStreamApiException {
        nats.connection().jetStream().publish(subject, payload.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> names(List<JsonNode> events) {
        return events.stream().map(event -> event.get("name").textValue()).toList();
    }

    private void awaitEvents(int count) {
        eventually(() -> assertThat(app.events("")).hasSize(count));
    }

    private static ConsumerInfo consumer() throws IOException, JetStreamApiException {
        return nats.jetStream().getConsumerInfo("EVENTS", "event-logger");
    }

    private static void awaitNoLag() {
        eventually(() -> {
            ConsumerInfo consumer = consumer();
            assertThat(consumer.getNumPending() + consumer.getNumAckPending()).isZero();
        });
    }

    /** The commands of docs/reference, as a person pastes them into a shell. */
    @Test
    void theSeedsCommandsAnswerAsItSays() throws Exception {
        app.start();

        var seed = new SeedCommands(app.port());
        assertThat(seed.health()).isEqualTo("{\"nats_connected\":true,\"status\":\"ok\"}");
        assertThat(seed.publish()).isEqualTo("{\"status\":\"published\",\"subject\":\"events.deploy\"}");
        awaitEvents(1);
        JsonNode first = EventLoggerProcess.JSON.readTree(seed.events());
        assertThat(first.toString())
                .startsWith("[{\"name\":\"deploy\",\"data\":\"nginx actualizado a v2\",\"subject\":\"events.deploy\","
                        + "\"timestamp\":\"");
        assertThat(first.get(0).fieldNames()).toIterable().containsExactly("name", "data", "subject", "timestamp");
        assertThat(Instant.parse(first.get(0).get("timestamp").textValue()))
                .isAfter(Instant.parse("2026-01-01T00:00:00Z"));

        assertThat(seed.publishMore())
                .isEqualTo("{\"status\":\"published\",\"subject\":\"events.alert\"}"
                        + "{\"status\":\"published\",\"subject\":\"events.user.login\"}"
                        + "{\"status\":\"published\",\"subject\":\"events.deploy\"}");
        publishToNats("events.manual", "{\"name\":\"manual\",\"data\":\"desde nats-box\"}");
        awaitEvents(5);
        JsonNode all = EventLoggerProcess.JSON.readTree(seed.eventsIndented());
        assertThat(all.findValuesAsText("data"))
                .containsExactly(
                        "nginx actualizado a v2",
                        "CPU al 90%",
                        "admin desde 192.168.1.1",
                        "uptime-kuma v1.23",
                        "desde nats-box");
        assertThat(consumer().getConsumerConfiguration().getAckPolicy()).isEqualTo(AckPolicy.Explicit);
        awaitNoLag();
    }

    @Test
    void theHistoryIsThatOfTheStreamAndSurvivesARestart() throws Exception {
        app.set("HISTORY_SIZE", "5").start();
        for (int i = 1; i <= 8; i++) {
            assertThat(app.publish("{\"name\":\"n." + i + "\",\"data\":" + i + "}")
                            .statusCode())
                    .isEqualTo(200);
        }
        eventually(() -> assertThat(names(app.events(""))).containsExactly("n.4", "n.5", "n.6", "n.7", "n.8"));
        String before = app.get("/events").body();
        awaitNoLag();

        assertThat(app.running().terminate()).isEqualTo(TERMINATED);
        publishToNats("events.meanwhile", "9");
        app.start();

        assertThat(names(app.events(""))).containsExactly("n.5", "n.6", "n.7", "n.8", "meanwhile");
        assertThat(before).contains(app.get("/events?limit=4&name=n.*").body().replaceAll("^\\[|\\]$", ""));
        awaitNoLag();
        assertThat(consumer().getDelivered().getConsumerSequence()).isEqualTo(9);

        try (var replica = new EventLoggerProcess(nats)) {
            replica.set("HISTORY_SIZE", "5").start();
            assertThat(replica.get("/events").body())
                    .isEqualTo(app.get("/events").body());
        }
    }

    @Test
    void theHistoryIsFoundAmongOtherSubjectsAndGaps() throws Exception {
        nats.clear();
        create(stream().subjects("events.>", "noise").build());
        for (int i = 1; i <= 10; i++) {
            publishToNats("events.n" + i, "1");
            for (int j = 0; j < 100; j++) {
                publishToNats("noise", "1");
            }
        }
        app.set("HISTORY_SIZE", "4").set("SUBJECTS", "events.>").start();

        assertThat(names(app.events(""))).containsExactly("n7", "n8", "n9", "n10");
    }

    @Test
    void whatThePurgeTakesIsGoneAndAStreamMadeAnewIsShown() throws Exception {
        app.start();
        publishToNats("events.a", "1");
        publishToNats("events.b", "2");
        awaitEvents(2);
        nats.jetStream().purgeStream("EVENTS");
        awaitEvents(0);

        try (var listener = new EventStreamClient(app, "")) {
            nats.jetStream().deleteStream("EVENTS");
            app.awaitReason("the stream EVENTS does not exist: create it");
            create(stream().build());
            app.awaitReadiness();
            publishToNats("events.c", "3");
            eventually(() -> assertThat(names(app.events(""))).containsExactly("c"));
            eventually(() -> assertThat(listener.ids()).containsExactly(1L));
        }
    }

    @Test
    void theHistoryCanBeFiltered() throws Exception {
        app.start();
        for (String name : List.of("deploy", "user.login", "user.logout", "user.login.web", "alert")) {
            app.publish("{\"name\":\"" + name + "\",\"data\":1}");
        }
        awaitEvents(5);

        assertThat(names(app.events("?name=user.*"))).containsExactly("user.login", "user.logout");
        assertThat(names(app.events("?name=user.%3E"))).containsExactly("user.login", "user.logout", "user.login.web");
        assertThat(names(app.events("?limit=2"))).containsExactly("user.login.web", "alert");
        assertThat(names(app.events("?limit=1&name=user.*"))).containsExactly("user.logout");
        assertThat(names(app.events("?since=4"))).containsExactly("user.login.web", "alert");
        String third = app.events("").get(2).get("timestamp").textValue();
        assertThat(names(app.events("?since=" + third))).containsExactly("user.logout", "user.login.web", "alert");
        assertThat(app.events("?since=2999-01-01T00:00:00Z")).isEmpty();
        assertThat(app.get("/events").headers().firstValue("Last-Event-ID").orElseThrow())
                .startsWith("5-");
        for (String query : List.of("?limit=x", "?name=a..b", "?since=soon", "?limit=", "?name=%3E.a")) {
            assertProblem(app.get("/events" + query), 400, query.substring(1, query.indexOf('=')));
            assertProblem(app.get("/events/stream" + query), 400, query.substring(1, query.indexOf('=')));
        }
    }

    @Test
    void messagesOfOthersAreShownWhateverTheyAreAndAcknowledged() throws Exception {
        app.start();
        publishToNats("events.json", "{\"temperature\": 21.50}");
        publishToNats("events.text", "<script>alert('x')</script>");
        nats.connection()
                .jetStream()
                .publish("events.binary", new Headers().add("Trace", "t-1", "t-2"), new byte[] {(byte) 0xff, 1});
        nats.connection().jetStream().publish("events.empty", new byte[0]);
        awaitEvents(4);

        List<JsonNode> events = app.events("");
        assertThat(app.get("/events").body()).contains("\"data\":{\"temperature\":21.50}");
        assertThat(events.get(1).get("data").textValue()).isEqualTo("<script>alert('x')</script>");
        assertThat(events.get(1).get("encoding").textValue()).isEqualTo("text");
        assertThat(events.get(2).get("data").textValue()).isEqualTo("/wE=");
        assertThat(events.get(2).get("encoding").textValue()).isEqualTo("base64");
        assertThat(events.get(2).get("headers")).hasToString("{\"Trace\":[\"t-1\",\"t-2\"]}");
        assertThat(events.get(3).get("data").textValue()).isEmpty();
        awaitNoLag();
        assertThat(consumer().getRedelivered()).isZero();
    }

    @Test
    void aRepeatedRequestWithTheSameKeyHasNoEffect() throws Exception {
        app.start();
        HttpResponse<String> first = app.publish("{\"name\":\"pay\",\"data\":1}", "Idempotency-Key", "k-1");
        HttpResponse<String> again = app.publish("{\"data\": 1, \"name\": \"pay\"}", "Idempotency-Key", "k-1");
        HttpResponse<String> other = app.publish("{\"name\":\"pay\",\"data\":2}", "Idempotency-Key", "k-1");

        assertThat(again.body()).isEqualTo(first.body()).contains("events.pay");
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertProblem(other, 422, "take a new key");
        assertProblem(app.publish("{\"name\":\"pay\"}", "Idempotency-Key", "a b"), 400, "Idempotency-Key");
        assertThat(nats.jetStream().getStreamInfo("EVENTS").getStreamState().getMsgCount())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "POST, /publish, `{\"name\":\"a b\"}`, 400, name has a space",
                "POST, /publish, `{\"name\":\"../x\"}`, 400, name has an empty token",
                "POST, /publish, `{\"name\":\"a.>\"}`, 400, name has a wildcard",
                "POST, /publish, `{\"name\":`, 400, the body is no JSON",
                "POST, /publish, ``, 400, the body is empty",
                "GET, /publish, ``, 405, POST",
                "DELETE, /events, ``, 405, `GET, HEAD`",
                "POST, /, ``, 405, `GET, HEAD`",
                "POST, /events/stream, ``, 405, `GET, HEAD`",
                "BREW, /health, ``, 405, `GET, HEAD`",
                "GET, /elsewhere, ``, 404, /elsewhere",
                "GET, /events/, ``, 404, /events/",
                "GET, /../../etc/passwd, ``, 404, there is nothing",
                "GET, /app.js/../app.css/x, ``, 404, there is nothing"
            })
    void whatIsWrongIsToldAsAProblem(String method, String path, String body, int status, String detail)
            throws Exception {
        app.start();
        HttpResponse<String> answer = app.send(app.request(path)
                .header("Content-Type", "application/json")
                .method(method, java.net.http.HttpRequest.BodyPublishers.ofString(body)));

        assertProblem(answer, status, detail);
        assertThat(answer.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
        assertThat(nats.jetStream().getStreamInfo("EVENTS").getStreamState().getMsgCount())
                .isZero();
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).get("status").intValue()).isEqualTo(status);
        assertThat(json(answer).get("detail").textValue()).contains(detail);
    }

    @Test
    void whatIsTooLargeIsToldTheLimit() throws Exception {
        nats.clear();
        create(stream().maximumMessageSize(10_000).build());
        app.start();
        String fits = "{\"name\":\"x\",\"data\":\"" + "a".repeat(9_000) + "\"}";
        String tooLarge = "{\"name\":\"x\",\"data\":\"" + "a".repeat(10_000) + "\"}";
        String farTooLarge = "{\"name\":\"x\",\"data\":\"" + "a".repeat(5_000_000) + "\"}";

        assertThat(app.publish(fits).statusCode()).isEqualTo(200);
        assertProblem(app.publish(tooLarge), 413, "10000 bytes");
        assertProblem(app.publish(farTooLarge), 413, "10000 bytes");
        assertThat(json(app.publish(tooLarge)).get("limit").intValue()).isEqualTo(10_000);
        assertThat(app.publish(fits).statusCode()).isEqualTo(200);
    }

    @Test
    void manyLargeEventsAtOnceDoNotExhaustTheMemory() throws Exception {
        app.start();
        String large = "{\"name\":\"large\",\"data\":\"" + "a".repeat(1_000_000) + "\"}";
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 120; i++) {
                answers.add(CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return app.publish(large);
                            } catch (IOException | InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        threads));
            }
        }
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isIn(200, 503));
        long published = answers.stream()
                .filter(answer -> answer.join().statusCode() == 200)
                .count();
        long unconfirmed = answers.stream()
                .filter(answer -> answer.join().body().contains("JetStream has not confirmed"))
                .count();
        assertThat(published).isPositive();
        // one that was not confirmed in time may be there, too, and one that was refused may not
        assertThat(nats.jetStream().getStreamInfo("EVENTS").getStreamState().getMsgCount())
                .isBetween(published, published + unconfirmed);
        eventually(() -> assertThat(app.get("/events?limit=1").body()).contains("aaa"));
        assertThat(app.get("/events").statusCode()).isEqualTo(200);
        assertThat(app.running().output().soFar()).noneMatch(line -> line.contains("OutOfMemory"));
        awaitNoLag();
    }

    /** The client drops what is more than 64 MiB, and the heap has room for much less. */
    @Test
    void itRequestsNoMoreLargeEventsThanItHasRoomFor() throws Exception {
        Subscription requests = nats.connection().subscribe("$JS.API.CONSUMER.MSG.NEXT.EVENTS.event-logger");
        nats.connection().flush(Duration.ofSeconds(5));
        app.start();
        awaitNoLag();

        Message request = requests.nextMessage(Duration.ofSeconds(10));
        requests.unsubscribe();
        assertThat(request).isNotNull();
        JsonNode bytes = new ObjectMapper().readTree(request.getData()).get("max_bytes");
        assertThat(bytes.longValue()).isBetween(1L, Runtime.getRuntime().maxMemory() / 16);
    }

    @Test
    void listenersResumeWhereTheyWereEvenBeyondTheHistory() throws Exception {
        app.set("HISTORY_SIZE", "3").start();
        for (int i = 1; i <= 10; i++) {
            publishToNats("events." + (i % 2 == 0 ? "even" : "odd"), String.valueOf(i));
        }
        awaitEvents(3);
        app.running().terminate();
        app.start();
        List<String> ids;
        try (var all = new EventStreamClient(app, "?since=1")) {
            eventually(() -> assertThat(all.ids()).hasSize(10));
            ids = all.received().stream()
                    .map(EventStreamClient.Received::eventId)
                    .toList();
        }

        try (var fresh = new EventStreamClient(app, "");
                var live = new EventStreamClient(app, "?limit=0");
                var resumed = new EventStreamClient(app, "", "Last-Event-ID: " + ids.get(3));
                var byQuery = new EventStreamClient(app, "?lastEventId=" + ids.get(8));
                var even = new EventStreamClient(app, "?name=even", "Last-Event-ID: " + ids.getFirst());
                var since = new EventStreamClient(app, "?since=2");
                var sinceTime = new EventStreamClient(app, "?since=2020-01-01T00:00:00Z");
                var ofAnotherStream = new EventStreamClient(app, "", "Last-Event-ID: 5000-0");
                var ofNobodyKnowsWhich = new EventStreamClient(app, "", "Last-Event-ID: 5")) {
            eventually(() -> assertThat(fresh.ids()).containsExactly(8L, 9L, 10L));
            eventually(() -> assertThat(live.head()).contains("200"));
            eventually(() -> assertThat(byQuery.ids()).containsExactly(10L));
            eventually(() -> assertThat(ofAnotherStream.ids()).hasSize(10));
            eventually(() -> assertThat(ofNobodyKnowsWhich.ids()).hasSize(10));
            eventually(() -> assertThat(sinceTime.ids()).hasSize(10));
            publishToNats("events.even", "12");
            eventually(() -> assertThat(live.ids()).containsExactly(11L));
            eventually(() -> assertThat(resumed.ids()).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L));
            eventually(() -> assertThat(even.ids()).containsExactly(2L, 4L, 6L, 8L, 10L, 11L));
            eventually(() -> assertThat(since.ids())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(2, 11).boxed().toList()));
            eventually(() -> assertThat(sinceTime.ids())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 11).boxed().toList()));
            assertThat(fresh.received().getLast().data()).contains("\"data\":12");
        }
        assertProblem(
                app.send(app.request("/events/stream").header("Last-Event-ID", "x")), 400, "Last-Event-ID is none");
    }

    @Test
    void natsMayGoAndComeBack() throws Exception {
        app.start();
        app.publish("{\"name\":\"before\",\"data\":1}");
        awaitEvents(1);
        try (var listener = new EventStreamClient(app, "")) {
            eventually(() -> assertThat(listener.ids()).hasSize(1));
            nats.kill();
            eventually(() ->
                    assertThat(app.get("/health").body()).isEqualTo("{\"nats_connected\":false,\"status\":\"ok\"}"));
            HttpResponse<String> refused = app.publish("{\"name\":\"lost\",\"data\":1}");
            assertProblem(refused, 503, "NATS is away");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
            assertProblem(app.get("/ready"), 503, "NATS is away");
            assertThat(names(app.events(""))).containsExactly("before");

            nats.start();
            app.awaitReadiness();
            assertThat(app.publish("{\"name\":\"after\",\"data\":1}").statusCode())
                    .isEqualTo(200);
            eventually(() -> assertThat(listener.ids()).containsExactly(1L, 2L));
            assertThat(names(app.events(""))).containsExactly("before", "after");
            awaitNoLag();
        }
    }

    @Test
    void itStartsWithoutNatsAndWithoutAConsumer() throws Exception {
        nats.stop();
        app.set("CREATE_CONSUMER", "false");
        app.launch();
        app.awaitReason("cannot be reached: see whether nats-server runs there");
        assertThat(app.get("/health").body()).contains("\"nats_connected\":false");

        nats.start();
        app.awaitReadiness();
        awaitDefect("the consumer event-logger of the stream EVENTS does not exist: create it");
        assertThat(app.publish("{\"name\":\"x\"}").statusCode()).isEqualTo(200);
        nats.jetStream()
                .addOrUpdateConsumer(
                        "EVENTS",
                        ConsumerConfiguration.builder()
                                .durable("event-logger")
                                .ackPolicy(AckPolicy.Explicit)
                                .build());
        eventually(() -> assertThat(app.get("/ready").body()).isEqualTo("{\"status\":\"ready\"}"));
        awaitNoLag();
        assertThat(names(app.events(""))).containsExactly("x");

        nats.jetStream().deleteConsumer("EVENTS", "event-logger");
        awaitDefect("does not exist: create it");
    }

    /** It is ready all the same, for publishing and reading; and it says what does not work. */
    private void awaitDefect(String reason) {
        eventually(() -> {
            HttpResponse<String> ready = app.get("/ready");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body()).contains("\"status\":\"degraded\"", reason);
            assertThat(app.get("/status").body()).contains("\"ready\":true", reason);
            assertThat(app.manage("/metrics").body()).contains("event_logger_ready 1.0", "event_logger_degraded 1.0");
        });
    }

    @Test
    void aStreamThatKeepsNothingIsRefused() {
        nats.clear();
        create(stream().retentionPolicy(RetentionPolicy.WorkQueue).build());
        app.launch();
        app.awaitReason("has retention workqueue");
    }

    @Test
    void aNameThatTheStreamDoesNotTakeIsRefused() throws Exception {
        nats.clear();
        create(stream().subjects("events.*").build());
        app.start();
        assertThat(app.publish("{\"name\":\"deploy\"}").statusCode()).isEqualTo(200);
        assertProblem(app.publish("{\"name\":\"user.login\"}"), 400, "it takes events.*");
    }

    @Test
    void anotherStreamBehindThePrefixIsNotWrittenTo() throws Exception {
        create(StreamConfiguration.builder()
                .name("OTHER")
                .subjects("other.>")
                .storageType(StorageType.Memory)
                .build());
        app.set("SUBJECT_PREFIX", "other");
        app.launch();
        eventually(() -> assertProblem(app.publish("{\"name\":\"x\"}"), 503, "has nothing of other.>"));
        assertThat(nats.jetStream().getStreamInfo("OTHER").getStreamState().getMsgCount())
                .isZero();
    }

    @Test
    void malformedRequestsAreRefusedWithoutAServerError() throws Exception {
        app.start();
        var random = new Random(6);
        Map<String, Integer> answers = new java.util.TreeMap<>();
        for (int i = 0; i < 5_000; i++) {
            byte[] request = new MalformedRequests(random).next();
            String answer = exchange(request);
            Matcher status = STATUS.matcher(answer);
            String code = status.find() ? status.group(1) : answer.isEmpty() ? "closed" : "other";
            answers.merge(code, 1, Integer::sum);
            assertThat(code)
                    .as(() -> new String(request, StandardCharsets.ISO_8859_1) + "\n->\n" + answer)
                    .doesNotStartWith("5")
                    .isNotEqualTo("other");
        }
        assertThat(app.get("/ready").statusCode()).isEqualTo(200);
        assertThat(answers).containsKeys("400", "404", "405");
        assertThat(app.events(""))
                .allSatisfy(
                        event -> assertThat(event.get("subject").textValue()).startsWith("events."));
        assertThat(app.running().output().soFar()).noneMatch(line -> line.contains(" ERROR "));
    }

    /** What comes back until the server closes, or is silent after having answered. */
    private String exchange(byte[] request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            var answer = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(answer);
            } catch (IOException e) {
                // reset: the server has not read all that was sent
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void onSigtermItFinishesWhatIsUnderWayAndLetsListenersGo() throws Exception {
        app.start();
        try (var listener = new EventStreamClient(app, "")) {
            eventually(() -> assertThat(listener.head()).contains("200"));
            nats.freeze();
            CompletableFuture<HttpResponse<String>> published = CompletableFuture.supplyAsync(() -> {
                try {
                    return app.publish("{\"name\":\"last\",\"data\":1}");
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            eventually(() -> assertThat(app.manage("/metrics").body()).contains("event_logger_publishing 1.0"));
            app.running().askToEnd();
            assertThat(listener.hasEnded()).isTrue();
            nats.thaw();

            assertThat(published.get().body()).contains("published");
            assertThat(app.running().exitCode()).isEqualTo(TERMINATED);
            assertThat(app.running().output().soFar()).last().asString().endsWith("Ended");
        } finally {
            nats.thaw();
        }
        assertThat(nats.jetStream().getStreamInfo("EVENTS").getStreamState().getMsgCount())
                .isEqualTo(1);
    }

    @Test
    void itEndsInTimeEvenIfNatsIsAway() {
        app.start();
        nats.kill();
        assertThat(app.running().terminate()).isEqualTo(TERMINATED);
    }

    @Test
    void everyListenerGetsEveryEventOnceAndInOrder() throws Exception {
        app.start();
        int listeners = 50;
        int events = 3_000;
        List<EventStreamClient> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < listeners; i++) {
                clients.add(new EventStreamClient(app, "?limit=0"));
            }
            eventually(
                    () -> assertThat(clients).allMatch(client -> client.head().contains("200")));
            List<CompletableFuture<Integer>> answers = IntStream.range(0, events)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return app.publish("{\"name\":\"n\",\"data\":" + i + "}")
                                            .statusCode();
                                } catch (IOException | InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            threads))
                    .toList();
            assertThat(answers).allMatch(answer -> answer.join() == 200);
            List<Long> all = LongStream.rangeClosed(1, events).boxed().toList();
            for (EventStreamClient client : clients) {
                eventually(() -> assertThat(client.received()).hasSizeGreaterThanOrEqualTo(events));
                assertThat(client.ids()).isEqualTo(all);
            }
        } finally {
            for (EventStreamClient client : clients) {
                client.close();
            }
        }
        awaitNoLag();
    }

    @Test
    void aWrongValueOrATakenPortEndsTheStartWithOneLineThatNamesTheVariable() throws Exception {
        app.set("HISTORY_SIZE", "many");
        app.launch();
        assertThat(app.running().exitCode()).isEqualTo(1);
        assertThat(app.running().output().soFar())
                .containsExactly("jetwright: HISTORY_SIZE: 'many' is none of the numbers from 1 to 10000");

        try (var taken = new ServerSocket(0)) {
            app.set("HISTORY_SIZE", "10").set("HTTP_PORT", String.valueOf(taken.getLocalPort()));
            app.launch();
            assertThat(app.running().exitCode()).isEqualTo(1);
            assertThat(app.running().output().soFar())
                    .contains("jetwright: HTTP_PORT: port " + taken.getLocalPort() + " is taken; choose another");
        }
    }

    @Test
    void underABasePathItAnswersThereToo() throws Exception {
        app.set("BASE_PATH", "/logger").start();
        assertThat(app.get("/logger/health").statusCode()).isEqualTo(200);
        assertThat(app.get("/logger/").body()).contains(">Event logger</title>");
        assertThat(app.get("/logger").statusCode()).isEqualTo(308);
        assertThat(app.get("/logger").headers().firstValue("Location")).hasValue("/logger/");
        assertThat(app.get("/loggers").statusCode()).isEqualTo(404);
        assertThat(app.get("/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void thePageBringsEverythingWithItAndAllowsNothingElse() throws Exception {
        app.start();
        HttpResponse<String> page = app.get("/");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("http://", "https://", "<style", "style=", "onclick");
        Matcher links = Pattern.compile("(?:src|href)=\"([^\"#]+)\"").matcher(page.body());
        List<String> files =
                links.results().map(link -> link.group(1)).distinct().toList();
        assertThat(files).contains("app.js", "app.css", "icon.svg");
        for (String file : files) {
            assertThat(app.get("/" + file).statusCode()).as(file).isEqualTo(200);
        }
        String tag = page.headers().firstValue("ETag").orElseThrow();
        assertThat(app.send(app.request("/").header("If-None-Match", tag)).statusCode())
                .isEqualTo(304);
        JsonNode paths = json(app.get("/openapi.json")).get("paths");
        assertThat(paths.fieldNames())
                .toIterable()
                .contains("/publish", "/events", "/events/stream", "/health", "/ready", "/status");
        HttpResponse<String> head =
                app.send(app.request("/health").method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void eachMetricSaysWhatItIs() throws Exception {
        app.start();
        assertThat(Promtool.faults(app.manage("/metrics").body())).isEmpty();
    }

    @Test
    void credentialsComeFromFiles() throws Exception {
        Path directory = Scratch.directory("event-logger");
        Files.writeString(directory.resolve("user"), "me\n");
        Files.writeString(directory.resolve("password"), "wrong");
        nats.stop();
        nats.configure("authorization { user: me, password: \"s3cret word\" }");
        nats.start();
        app.set("NATS_USER_FILE", directory.resolve("user").toString())
                .set("NATS_PASSWORD_FILE", directory.resolve("password").toString());
        app.launch();
        app.awaitReason("refused the credentials");

        Files.writeString(directory.resolve("password"), "s3cret word\n");
        app.awaitReadiness();
        assertThat(app.running().output().soFar()).noneMatch(line -> line.contains("s3cret"));
    }
}
