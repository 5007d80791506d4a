package io.jetwright.eventlogger;

import java.util.Optional;

/**
 * What a client says that it has seen last.
 *
 * @param event empty if the id is a mere sequence, as earlier versions gave them out: it does not say of which stream it is
 */
record LastEventId(Optional<EventId> event) {
    /**
     * Reads an id.
     *
     * @throws Problem if it is none
     */
    static LastEventId parse(String id) {
        Optional<EventId> event = EventId.parse(id);
        if (event.isEmpty() && !EventQuery.isNumber(id)) {
            throw Problem.badRequest("Last-Event-ID is none of the ids that this stream has given out");
        }
        return new LastEventId(event);
    }
}
