package io.jetwright.eventlogger;

import io.helidon.webserver.http.ServerRequest;

/**
 * Who has sent a request.
 *
 * @param name the same for all requests of one client
 * @param deadline when it is over, the client's connection is closed
 */
record Client(String name, Deadline deadline) {
    /** The client that was {@link #attach attached} to the request. */
    static Client of(ServerRequest request) {
        return request.context()
                .get(Client.class)
                .orElseThrow(() -> new IllegalStateException("a request without a client"));
    }

    void attach(ServerRequest request) {
        request.context().register(this);
    }
}
