package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Which updates of a field a server takes. */
@FunctionalInterface
interface Updates {
    /** Any. */
    Updates ANY = (from, to, server) -> true;

    /** None: the field is what it was when the object was created. */
    Updates NONE = (from, to, server) -> false;

    /** Only switching on; the server refuses to switch it off. */
    Updates ON_ONLY = (from, to, server) -> !Values.isZero(to);

    /** Only switching on. What is on is not taken back, since it is a consequence of other fields, and none of the spec. */
    Updates STAYS_ON = (from, to, server) -> !Values.isZero(to);

    /** Anything but to or from workqueue. */
    Updates RETENTION = (from, to, server) -> !"workqueue".equals(text(from)) && !"workqueue".equals(text(to));

    /** Only removal, which promotes the mirror to a stream of its own (server 2.12). */
    Updates MIRROR = (from, to, server) -> Values.isZero(to) && server.atLeast("2.12.0");

    /** Refused by servers before 2.12.5. */
    Updates MAX_CONSUMERS = (from, to, server) -> server.atLeast("2.12.5");

    /** Refused from 2.14.4 on. */
    Updates MEM_STORAGE = (from, to, server) -> !server.atLeast("2.14.4");

    /** Only within pull, or within push: a deliver subject is neither added nor removed. */
    Updates DELIVER_SUBJECT = (from, to, server) -> Values.isZero(from) == Values.isZero(to);

    /**
     * Whether the server updates the field so.
     *
     * @param from what the server has; null for nothing
     * @param to what it should have; null for the server's default
     */
    boolean allowed(@Nullable JsonNode from, @Nullable JsonNode to, ServerVersion server);

    private static @Nullable String text(@Nullable JsonNode value) {
        return value == null ? null : value.asText();
    }
}
