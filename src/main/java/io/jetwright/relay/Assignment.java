package io.jetwright.relay;

import io.jetwright.api.DeadLetter;
import io.jetwright.operator.connection.Route;
import java.time.Instant;
import java.util.Optional;

/**
 * What the relay has to do for a Consumer. It is equal as long as nothing changed that makes a difference to the relay.
 *
 * @param namespace the resource's
 * @param name the resource's
 * @param generation of the spec that JetStream agrees with, since the relay reads the consumer's configuration there
 * @param connection the key of the Connection
 * @param route the way to NATS
 * @param captureStream the stream that captures advisories there; empty: the relay makes one
 * @param stream the stream's name in JetStream
 * @param consumer the consumer's name in JetStream
 * @param created when the consumer was created in JetStream
 * @param rules what the resource's spec says
 * @param letters the name in JetStream of the stream of dead letters; empty if there is an obstacle
 * @param obstacle why the stream of dead letters is not known, and what to do; empty if it is
 */
record Assignment(
        String namespace,
        String name,
        long generation,
        String connection,
        Route route,
        Optional<String> captureStream,
        String stream,
        String consumer,
        Instant created,
        DeadLetter rules,
        String letters,
        String obstacle) {
    /** Namespace and name of the resource. */
    String resource() {
        return namespace + "/" + name;
    }
}
