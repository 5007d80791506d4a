package io.jetwright.eventlogger;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.jetwright.eventlogger.EventLoggerSettings.Variable;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: listens on two ports, passes requests on to their endpoints, and counts them. Strangers reach the one with the
 * page and the API; the management port is for probes and metrics.
 */
final class EventLoggerServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoggerServer.class);

    /** How long requests that are under way may take after the process was asked to end. */
    private static final Duration SHUTDOWN_GRACE_PERIOD = Duration.ofSeconds(6);

    private static final int WRITE_BUFFER_SIZE = 64 << 10;

    /** All other methods share one time series, so that clients cannot create more of them. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final String MANAGEMENT = "management";

    private final StreamEndpoint stream;
    private final EventLoggerMetrics metrics;
    private final WebServer server;

    /**
     * Opens the ports.
     *
     * @throws IllegalArgumentException if one is taken; the message names the variable
     */
    EventLoggerServer(
            EventLoggerSettings settings,
            Routes routes,
            Routes management,
            StreamEndpoint stream,
            EventLoggerMetrics metrics) {
        this.stream = stream;
        this.metrics = metrics;
        this.server = start(settings, routes, management);
    }

    private WebServer start(EventLoggerSettings settings, Routes routes, Routes management) {
        WebServer starting = WebServer.builder()
                .port(settings.httpPort())
                .shutdownHook(false)
                .shutdownGracePeriod(SHUTDOWN_GRACE_PERIOD)
                .writeBufferSize(WRITE_BUFFER_SIZE)
                .connectionOptions(socket -> socket.tcpNoDelay(true))
                .directHandlers(ErrorHandlers.direct())
                .routing(routing -> route(routing, routes))
                .putSocket(MANAGEMENT, socket -> socket.port(settings.managementPort())
                        .directHandlers(ErrorHandlers.direct())
                        .routing(routing -> route(routing, management)))
                .build();
        // Helidon only logs that a port is taken
        requireFree(Variable.HTTP_PORT, settings.httpPort());
        requireFree(Variable.MANAGEMENT_PORT, settings.managementPort());
        if (!starting.start().isRunning()) {
            throw taken(Variable.HTTP_PORT, settings.httpPort());
        }
        return starting;
    }

    private void route(HttpRouting.Builder routing, Routes routes) {
        routing.any((request, response) -> handle(routes, request, response))
                .error(Throwable.class, ErrorHandlers::handle);
    }

    private static void requireFree(Variable variable, int port) {
        try (var probe = new ServerSocket(port)) {
            LOG.debug("Port {} is free", probe.getLocalPort());
        } catch (IOException e) {
            throw taken(variable, port);
        }
    }

    private static IllegalArgumentException taken(Variable variable, int port) {
        return new IllegalArgumentException(variable + ": port " + port + " is taken; choose another");
    }

    int port() {
        return server.port();
    }

    int managementPort() {
        return server.port(MANAGEMENT);
    }

    private void handle(Routes routes, ServerRequest request, ServerResponse response) throws IOException {
        long began = System.nanoTime();
        String method = request.prologue().method().text();
        String path = routes.relativePath(request.path().path());
        int status = 500;
        boolean isKnown = true;
        try {
            if (path.equals(StreamEndpoint.PATH) && method.equals("GET") && routes.has(path)) {
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
