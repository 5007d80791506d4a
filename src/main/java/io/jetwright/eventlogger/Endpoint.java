package io.jetwright.eventlogger;

import io.helidon.webserver.http.ServerRequest;

/** Answers the requests of one method on one path. */
@FunctionalInterface
interface Endpoint {
    /**
     * Answers a request.
     *
     * @throws Problem if the request is refused
     */
    Answer answer(ServerRequest request);
}
