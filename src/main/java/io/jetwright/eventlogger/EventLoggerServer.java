package io.jetwright.eventlogger;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers HTTP requests: which there are, what they may carry, and how failures are told. */
final class EventLoggerServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoggerServer.class);

    /** How long requests that are under way may take when the process is asked to end. */
    private static final Duration GRACE = Duration.ofSeconds(6);

    /** What all requests together may have in memory. */
    private static final int BODIES = 16 << 20;

    /** By how much a request may be larger than the message that it becomes. */
    private static final int SLACK = 64 << 10;

    private static final int LONGEST_KEY = 255;
    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final EventLoggerSettings settings;
    private final EventLog log;
    private final EventFeed feed;
    private final Publisher publisher;
    private final AppStatus appStatus;
    private final EventLoggerMetrics metrics;
    private final Page page = new Page();
    private final Semaphore bodies = new Semaphore(BODIES);
    private final Map<String, Map<String, Endpoint>> endpoints = Map.of(
            "/publish", Map.of("POST", this::publish),
            "/events", Map.of("GET", this::events),
            "/health", Map.of("GET", request -> Answer.json(appStatus().health())),
            "/ready", Map.of("GET", request -> appStatus().ready()),
            "/status", Map.of("GET", request -> Answer.json(appStatus().status())),
            "/metrics", Map.of("GET", request -> metrics()));
    private final WebServer server;

    /** Answers one kind of request. */
    @FunctionalInterface
    private interface Endpoint {
        Answer answer(ServerRequest request) throws IOException;
    }

    /**
     * Opens the port.
     *
     * @throws IllegalArgumentException if it is taken
     */
    EventLoggerServer(
            EventLoggerSettings settings,
            EventLog log,
            EventFeed feed,
            Publisher publisher,
            AppStatus appStatus,
            EventLoggerMetrics metrics) {
        this.settings = settings;
        this.log = log;
        this.feed = feed;
        this.publisher = publisher;
        this.appStatus = appStatus;
        this.metrics = metrics;
        this.server = start();
    }

    private WebServer start() {
        var direct = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            direct.addHandler(type, EventLoggerServer::unroutable);
        }
        WebServer starting = WebServer.builder()
                .port(settings.httpPort())
                .shutdownHook(false)
                .shutdownGracePeriod(GRACE)
                .writeBufferSize(SLACK)
                .connectionOptions(socket -> socket.tcpNoDelay(true))
                .directHandlers(direct.build())
                .routing(routing -> routing.any(this::handle).error(Throwable.class, this::failed))
                .build();
        // Helidon only logs that a port is taken
        try (var probe = new ServerSocket(settings.httpPort())) {
            LOG.debug("Port {} is free", probe.getLocalPort());
        } catch (IOException e) {
            throw taken();
        }
        if (!starting.start().isRunning()) {
            throw taken();
        }
        return starting;
    }

    private IllegalArgumentException taken() {
        return new IllegalArgumentException("HTTP_PORT: port " + settings.httpPort() + " is taken; choose another");
    }

    int port() {
        return server.port();
    }

    private AppStatus appStatus() {
        return appStatus;
    }

    /** What Helidon refuses before it comes to us. */
    private static DirectHandler.TransportResponse unroutable(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType type,
            Status status,
            io.helidon.http.ServerResponseHeaders headers,
            String message) {
        // failures of our own are answered by failed(): what fails before is no request of HTTP/1.1
        Problem problem = status.code() >= 500
                ? Problem.badRequest("the request is not of HTTP/1.1")
                : problem(status.code(), message);
        return DirectHandler.TransportResponse.builder()
                .status(Status.create(problem.status()))
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, "application/problem+json")
                .entity(problem.json())
                .build();
    }

    private static Problem problem(int status, @Nullable String message) {
        Status known = Status.create(status);
        boolean isOurs = status >= 500;
        return Problem.of(
                status,
                known.reasonPhrase().isEmpty() ? "Error" : known.reasonPhrase(),
                isOurs || message == null ? "the request cannot be answered" : message);
    }

    private void handle(ServerRequest request, ServerResponse response) throws IOException {
        long began = System.nanoTime();
        String method = request.prologue().method().text();
        String path = path(request);
        int status = 500;
        boolean isKnown = true;
        try {
            if (path.equals("/events/stream") && method.equals("GET")) {
                status = 200;
                stream(request, response, () -> answered(method, path, 200, began));
                return;
            }
            Answer answer = answer(method, path, request);
            status = answer.status();
            send(response, answer, method.equals("HEAD"));
        } catch (Problem problem) {
            status = problem.status();
            isKnown = status != 404;
            send(response, Answer.problem(problem), method.equals("HEAD"));
        } finally {
            if (!path.equals("/events/stream") || status != 200) {
                answered(method, isKnown ? path : "", status, began);
            }
        }
    }

    private void answered(String method, String path, int status, long began) {
        metrics.answered(METHODS.contains(method) ? method : "other", path, status, System.nanoTime() - began);
    }

    private String path(ServerRequest request) {
        String path = request.path().path();
        String base = settings.basePath();
        return !base.isEmpty() && (path.equals(base) || path.startsWith(base + "/"))
                ? path.substring(base.length())
                : path;
    }

    private Answer answer(String method, String path, ServerRequest request) throws IOException {
        if (path.isEmpty()) {
            return Answer.of(308, "text/plain", Map.of("Location", settings.basePath() + "/"), new byte[0]);
        }
        Map<String, Endpoint> methods = endpoints.get(path);
        Optional<String> tag = request.headers().first(HeaderNames.IF_NONE_MATCH);
        Answer file = methods == null ? page.answer(path, tag) : null;
        if (methods == null && file == null && !path.equals("/events/stream")) {
            throw Problem.notFound(path);
        }
        String wanted = method.equals("HEAD") ? "GET" : method;
        if (methods == null) {
            if (!wanted.equals("GET")) {
                throw Problem.notAllowed(method, "GET, HEAD");
            }
            return file != null ? file : Answer.text("text/event-stream", "");
        }
        Endpoint endpoint = methods.get(wanted);
        if (endpoint == null) {
            var allowed = new TreeSet<>(methods.keySet());
            if (allowed.contains("GET")) {
                allowed.add("HEAD");
            }
            throw Problem.notAllowed(method, String.join(", ", allowed));
        }
        return endpoint.answer(request);
    }

    private static void send(ServerResponse response, Answer answer, boolean isHead) throws IOException {
        response.status(answer.status());
        secure(response);
        response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        if (answer.status() == 304) {
            response.send();
            return;
        }
        response.header(HeaderNames.CONTENT_LENGTH, String.valueOf(answer.length()));
        if (isHead || answer.length() == 0) {
            response.send(new byte[0]);
            return;
        }
        try (OutputStream out = response.outputStream()) {
            answer.body().to(out);
        }
    }

    private static void secure(ServerResponse response) {
        response.header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
        response.header(HeaderNames.create("Referrer-Policy"), "no-referrer");
    }

    private void failed(ServerRequest request, ServerResponse response, Throwable failure) {
        Problem problem;
        if (failure instanceof Problem known) {
            problem = known;
        } else if (failure instanceof HttpException refused) {
            problem = problem(refused.status().code(), refused.getMessage());
        } else {
            LOG.error("{} failed", request.prologue().method().text(), failure);
            problem = problem(500, null);
        }
        try {
            send(response, Answer.problem(problem), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer publish(ServerRequest request) throws IOException {
        String site = request.headers().first(FETCH_SITE).orElse("");
        if (site.equals("cross-site") || site.equals("same-site")) {
            throw Problem.of(403, "Forbidden", "pages of other sites may not publish");
        }
        Optional<String> key = request.headers().first(IDEMPOTENCY_KEY).map(EventLoggerServer::key);
        long limit = publisher.limit() + SLACK;
        long length = request.headers().contentLength().orElse(limit);
        InputStream content = request.content().inputStream();
        if (length > limit) {
            passOver(content);
            throw Problem.tooLarge(publisher.limit());
        }
        int room = (int) Math.min(Math.max(length, 1), BODIES);
        reserve(room);
        try {
            byte[] body = read(content, (int) Math.min(limit + 1, BODIES));
            if (body.length > limit) {
                passOver(content);
                throw Problem.tooLarge(publisher.limit());
            }
            Publisher.Receipt receipt = publisher.publish(Publication.parse(body), key);
            Answer answer = Answer.json(Json.write(json -> {
                json.writeStartObject();
                json.writeStringField("status", "published");
                json.writeStringField("subject", receipt.subject());
                json.writeEndObject();
            }));
            return receipt.isRepeated() ? answer.with("Idempotent-Replayed", "true") : answer;
        } finally {
            bodies.release(room);
        }
    }

    private void reserve(int room) {
        try {
            if (!bodies.tryAcquire(room, Problem.RETRY_AFTER, TimeUnit.SECONDS)) {
                throw Problem.unavailable("too many large requests are under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("this replica is ending");
        }
    }

    private static byte[] read(InputStream content, int most) {
        try {
            return content.readNBytes(most);
        } catch (IOException | RuntimeException e) {
            LOG.debug("a body cannot be read: {}", e.toString());
            throw Problem.unreadable();
        }
    }

    /** Who sends too much reads the answer only when all is sent; beyond some size the connection is closed instead. */
    private static void passOver(InputStream content) {
        long passed = 0;
        for (int last = SLACK; last == SLACK && passed < BODIES; passed += last) {
            last = read(content, SLACK).length;
        }
    }

    private static String key(String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw Problem.badRequest("Idempotency-Key is empty, longer than " + LONGEST_KEY
                    + " characters or not of printable ASCII; expected such as a UUID");
        }
        return key;
    }

    private Answer events(ServerRequest request) {
        return Answer.events(log.history(query(request)).events());
    }

    private static EventQuery query(ServerRequest request) {
        return EventQuery.of(parameter(request, "limit"), parameter(request, "name"), parameter(request, "since"));
    }

    private static Optional<String> parameter(ServerRequest request, String name) {
        try {
            return request.query().first(name).asOptional();
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("the query is not encoded as it should be: " + name);
        }
    }

    private void stream(ServerRequest request, ServerResponse response, Runnable onBegin) throws IOException {
        EventQuery query = query(request);
        OptionalLong lastSeen = request.headers()
                .first(LAST_EVENT_ID)
                .or(() -> parameter(request, "lastEventId"))
                .filter(id -> !id.isEmpty())
                .map(EventLoggerServer::sequence)
                .orElse(OptionalLong.empty());
        feed.enter();
        onBegin.run();
        secure(response);
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header(HeaderNames.create("X-Accel-Buffering"), "no");
        try (OutputStream out = response.outputStream()) {
            feed.serve(out, query, lastSeen);
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("a listener has gone: {}", e.toString());
            throw e;
        }
    }

    private static OptionalLong sequence(String id) {
        if (!EventQuery.isNumber(id)) {
            throw Problem.badRequest("Last-Event-ID is none of the ids that this stream has given out");
        }
        return OptionalLong.of(Long.parseLong(id));
    }

    private Answer metrics() {
        return Answer.text("text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
    }

    /** Takes no new requests, and waits for those under way. */
    @Override
    public void close() {
        server.stop();
    }
}
