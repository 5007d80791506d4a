package io.jetwright.relay.redrive;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jetwright.api.Stream;
import io.jetwright.jetstream.NatsConnections;
import io.jetwright.operator.connection.Routes;
import io.jetwright.operator.report.Events;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What all Redrives share.
 *
 * @param streams finds a Stream resource by its namespace and name
 * @param floor tells which dead letters the relay has finished with
 * @param counter is told what becomes of dead letters
 * @param cluster names this Kubernetes cluster to people of others
 */
public record RedriveParts(
        KubernetesClient client,
        Routes routes,
        BiFunction<String, String, Optional<Stream>> streams,
        NatsConnections connections,
        AdvisoryFloor floor,
        Events events,
        RedriveCounter counter,
        String cluster,
        Clock clock) {}
