package io.jetwright.eventlogger;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: listens on the port, passes requests on to their endpoints, and counts them. */
final class EventLoggerServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoggerServer.class);

    /** How long requests that are under way may take after the process was asked to end. */
    private static final Duration SHUTDOWN_GRACE_PERIOD = Duration.ofSeconds(6);

    private static final int WRITE_BUFFER_SIZE = 64 << 10;

    /** All other methods share one time series, so that clients cannot create more of them. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final int requestedPort;
    private final Routes routes;
    private final StreamEndpoint stream;
    private final EventLoggerMetrics metrics;
    private final WebServer server;

    /**
     * Opens the port.
     *
     * @param port 0 for a free one
     * @throws IllegalArgumentException if it is taken; the message names the variable
     */
    EventLoggerServer(int port, Routes routes, StreamEndpoint stream, EventLoggerMetrics metrics) {
        this.requestedPort = port;
        this.routes = routes;
        this.stream = stream;
        this.metrics = metrics;
        this.server = start();
    }

    private WebServer start() {
        WebServer starting = WebServer.builder()
                .port(requestedPort)
                .shutdownHook(false)
                .shutdownGracePeriod(SHUTDOWN_GRACE_PERIOD)
                .writeBufferSize(WRITE_BUFFER_SIZE)
                .connectionOptions(socket -> socket.tcpNoDelay(true))
                .directHandlers(ErrorHandlers.direct())
                .routing(routing -> routing.any(this::handle).error(Throwable.class, ErrorHandlers::handle))
                .build();
        // Helidon only logs that a port is taken
        try (var probe = new ServerSocket(requestedPort)) {
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
        return new IllegalArgumentException("HTTP_PORT: port " + requestedPort + " is taken; choose another");
    }

    int port() {
        return server.port();
    }

    private void handle(ServerRequest request, ServerResponse response) throws IOException {
        long began = System.nanoTime();
        String method = request.prologue().method().text();
        String path = routes.relativePath(request.path().path());
        int status = 500;
        boolean isKnown = true;
        try {
            if (path.equals(StreamEndpoint.PATH) && method.equals("GET")) {
                status = 200;
                stream.serve(request, response, () -> answered(method, path, 200, began));
                return;
            }
            Answer answer = routes.endpoint(method, path).answer(request);
            status = answer.status();
            AnswerWriter.write(response, answer, method.equals("HEAD"));
        } catch (Problem problem) {
            status = problem.status();
            isKnown = status != 404;
            AnswerWriter.write(response, Answer.problem(problem), method.equals("HEAD"));
        } finally {
            if (!path.equals(StreamEndpoint.PATH) || status != 200) {
                answered(method, isKnown ? path : "", status, began);
            }
        }
    }

    private void answered(String method, String path, int status, long began) {
        metrics.answered(METHODS.contains(method) ? method : "other", path, status, System.nanoTime() - began);
    }

    /** Takes no new requests, and waits for those under way. */
    @Override
    public void close() {
        server.stop();
    }
}
