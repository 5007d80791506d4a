package io.jetwright.eventlogger;

import io.helidon.common.uri.UriQuery;
import java.util.List;
import java.util.Optional;

/** The parameters in the query of a request. */
record QueryParameters(UriQuery query) {
    /**
     * The first value of a parameter; empty if the query does not have it.
     *
     * @throws Problem if the value is not percent-encoded as it should be
     */
    Optional<String> first(String name) {
        try {
            return query.first(name).asOptional();
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("the query is not encoded as it should be: " + name);
        }
    }

    /**
     * All values of a parameter, in their order.
     *
     * @throws Problem if one is not percent-encoded as it should be
     */
    List<String> all(String name) {
        try {
            return query.all(name, List::of);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("the query is not encoded as it should be: " + name);
        }
    }

    /**
     * Which events the client wants.
     *
     * @throws Problem if a parameter is wrong
     */
    EventQuery eventQuery() {
        return EventQuery.of(first("limit"), first("name"), first("since"));
    }
}
