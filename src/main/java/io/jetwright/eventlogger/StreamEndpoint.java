package io.jetwright.eventlogger;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
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

    StreamEndpoint(EventFeed feed) {
        this.feed = feed;
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
        OptionalLong lastSeen = request.headers()
                .first(LAST_EVENT_ID)
                .or(() -> parameters.first("lastEventId"))
                .filter(id -> !id.isEmpty())
                .map(StreamEndpoint::sequence)
                .orElse(OptionalLong.empty());
        feed.enter();
        onBegin.run();
        AnswerWriter.addSecurityHeaders(response.headers());
        response.header(HeaderNames.CONTENT_TYPE, CONTENT_TYPE);
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header(HeaderNames.create("X-Accel-Buffering"), "no");
        try (OutputStream out = response.outputStream()) {
            feed.serve(out, query, lastSeen);
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("a listener has gone: {}", e.toString());
            throw e;
        }
    }

    /**
     * Parses a Last-Event-ID.
     *
     * @throws Problem if it is not a sequence
     */
    static OptionalLong sequence(String id) {
        if (!EventQuery.isNumber(id)) {
            throw Problem.badRequest("Last-Event-ID is none of the ids that this stream has given out");
        }
        return OptionalLong.of(Long.parseLong(id));
    }
}
