package io.jetwright.eventlogger;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GET /events/stream: server-sent events for as long as the client listens. Not an {@link Endpoint}: the response has
 * no length, and the metrics count the request when the response begins.
 */
final class StreamEndpoint {
    static final String PATH = "/events/stream";

    private static final Logger LOG = LoggerFactory.getLogger(StreamEndpoint.class);
    private static final String CONTENT_TYPE = "text/event-stream";
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");

    private final EventFeed feed;
    private final Clients clients;

    /**
     * @param clients counts the listeners of each client
     */
    StreamEndpoint(EventFeed feed, Clients clients) {
        this.feed = feed;
        this.clients = clients;
    }

    /** The answer to a HEAD request. */
    static Answer head() {
        return Answer.text(CONTENT_TYPE, "");
    }

    /**
     * Sends events until the client goes or the feed is closed.
     *
     * @param onBegin called when the request is accepted, before anything is sent
     * @throws Problem if the request is refused
     * @throws IOException if the client is gone
     */
    void serve(ServerRequest request, ServerResponse response, Runnable onBegin) throws IOException {
        var parameters = new QueryParameters(request.query());
        EventQuery query = parameters.eventQuery();
        Client client = Client.of(request);
        Optional<LastEventId> lastSeen = request.headers()
                .first(LAST_EVENT_ID)
                .or(() -> parameters.first("lastEventId"))
                .filter(id -> !id.isEmpty())
                .map(LastEventId::parse);
        if (!clients.enter(client.name())) {
            throw Problem.unavailable("this address has too many listeners already");
        }
        try {
            feed.enter();
            onBegin.run();
            send(response, client, query, lastSeen);
        } finally {
            clients.leave(client.name());
        }
    }

    private void send(ServerResponse response, Client client, EventQuery query, Optional<LastEventId> lastSeen)
            throws IOException {
        AnswerWriter.addSecurityHeaders(response.headers());
        response.header(HeaderNames.CONTENT_TYPE, CONTENT_TYPE);
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header(HeaderNames.create("X-Accel-Buffering"), "no");
        try (OutputStream out = response.outputStream()) {
            feed.serve(out, client.deadline(), query, lastSeen);
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("a listener has gone: {}", e.toString());
            throw e;
        }
    }
}
