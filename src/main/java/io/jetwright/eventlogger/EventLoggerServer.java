package io.jetwright.eventlogger;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.jetwright.eventlogger.EventLoggerSettings.Variable;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
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

    /** What is written goes out at once: all large answers are written in pieces already. */
    private static final int WRITE_BUFFER_SIZE = 0;

    /** Of each connection, in the kernel. What a slow client has not taken stays there, and counts as the container's. */
    private static final int SOCKET_BUFFER = 64 << 10;

    /** All other methods share one time series, so that clients cannot create more of them. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final String MANAGEMENT = "management";

    private final StreamEndpoint stream;
    private final Clients clients;
    private final Connections connections;
    private final Connections managementConnections;
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
            Clients clients,
            Connections connections,
            EventLoggerMetrics metrics) {
        this.stream = stream;
        this.clients = clients;
        this.connections = connections;
        this.managementConnections = new Connections(new Clients(List.of(), settings.connectionsPerAddress()), 0);
        this.metrics = metrics;
        this.server = start(settings, routes, management);
        connections.start();
        managementConnections.start();
    }

    private WebServer start(EventLoggerSettings settings, Routes routes, Routes management) {
        WebServer starting = WebServer.builder()
                .port(settings.httpPort())
                .shutdownHook(false)
                .shutdownGracePeriod(SHUTDOWN_GRACE_PERIOD)
                .useNio(false)
                .writeBufferSize(WRITE_BUFFER_SIZE)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(connections)
                .connectionOptions(socket -> socket.tcpNoDelay(true)
                        .socketSendBufferSize(SOCKET_BUFFER)
                        .socketReceiveBufferSize(SOCKET_BUFFER))
                .directHandlers(ErrorHandlers.direct())
                .routing(routing -> route(routing, routes, connections))
                .putSocket(MANAGEMENT, socket -> socket.port(settings.managementPort())
                        .useNio(false)
                        .writeBufferSize(WRITE_BUFFER_SIZE)
                        .protocolsDiscoverServices(false)
                        .addConnectionSelector(managementConnections)
                        .directHandlers(ErrorHandlers.direct())
                        .routing(routing -> route(routing, management, managementConnections)))
                .build();
        // Helidon only logs that a port is taken
        requireFree(Variable.HTTP_PORT, settings.httpPort());
        requireFree(Variable.MANAGEMENT_PORT, settings.managementPort());
        if (!starting.start().isRunning()) {
            throw taken(Variable.HTTP_PORT, settings.httpPort());
        }
        return starting;
    }

    private void route(HttpRouting.Builder routing, Routes routes, Connections of) {
        routing.any((request, response) -> handle(routes, of.current(), request, response))
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

    private void handle(
            Routes routes, Connections.Connection connection, ServerRequest request, ServerResponse response)
            throws IOException {
        long began = System.nanoTime();
        String method = request.prologue().method().text();
        String path = Routes.template(routes.relativePath(request.path().path()));
        int status = 500;
        boolean isKnown = true;
        connection.requested();
        new Client(
                        clients.client(connection.peer(), request.headers().values(HeaderNames.X_FORWARDED_FOR)),
                        connection.deadline())
                .attach(request);
        try {
            if (path.equals(StreamEndpoint.PATH) && method.equals("GET") && routes.has(path)) {
                status = 200;
                stream.serve(request, response, () -> answered(method, path, 200, began));
                return;
            }
            Answer answer = routes.endpoint(method, path).answer(request);
            status = answer.status();
            connection.deadline().set(Deadline.toTake(answer.length()));
            AnswerWriter.write(response, answer, method.equals("HEAD"));
        } catch (Problem problem) {
            status = problem.status();
            isKnown = status != 404;
            AnswerWriter.write(response, Answer.problem(problem), method.equals("HEAD"));
        } catch (Error e) {
            FatalError.tell(e);
            throw e;
        } finally {
            connection.answered();
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
        connections.close();
        managementConnections.close();
    }
}
