package io.jetwright.relay;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import io.jetwright.jetstream.NatsConnections;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import io.jetwright.operator.report.Events;
import java.time.Clock;

/**
 * What all parts of the relay share.
 *
 * @param identity names this process
 * @param installation names this installation of Jetwright among all that may use the same account of NATS
 */
public record RelayParts(
        KubernetesClient client,
        Routes routes,
        NatsConnections connections,
        RelayResources resources,
        Events events,
        RelayMetrics metrics,
        Clock clock,
        String identity,
        String installation) {
    /**
     * The route over a Connection, with the relay's credentials.
     *
     * @param key the Connection's, as {@code status.connection} has it; see {@link Routes}
     */
    public Route route(String key) {
        return routes.lastKnown(key);
    }

    /**
     * The connection over a route that is open.
     *
     * @return which may be down; then its requests fail with a {@link JetStreamException} that says why
     */
    public NatsConnection connection(Route.Open route) {
        return connections.get(route.settings());
    }
}
