package io.jetwright.operator.eventlogger;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionReference;
import io.jetwright.api.EventLogger;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamReference;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.Credentials;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import io.jetwright.operator.pods.FingerprintCache;
import io.jetwright.status.Reason;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds out what the pods of an event logger are to be made of, from the resources that it refers to. */
final class Planner {
    private final Routes routes;
    private final Function<ResourceID, Optional<Stream>> streams;
    private final FingerprintCache fingerprints = new FingerprintCache();
    private final Optional<String> image;

    /**
     * A planner.
     *
     * @param streams the Stream resources, by their names
     * @param image of event loggers that name no other
     */
    Planner(Routes routes, Function<ResourceID, Optional<Stream>> streams, Optional<String> image) {
        this.routes = routes;
        this.streams = streams;
        this.image = image;
    }

    Plan plan(EventLogger logger) {
        Optional<Stream> resource = streamOf(logger);
        StreamReference reference = logger.getSpec().streamRef();
        if (reference != null && resource.isEmpty()) {
            return new Plan.Blocked(
                    Reason.STREAM_NOT_READY,
                    "there is no Stream resource %s in namespace %s: create it, or correct spec.streamRef"
                            .formatted(reference.name(), namespace(logger)));
        }
        String stream = resource.map(Planner::nameOf)
                .orElseGet(() -> Objects.requireNonNullElse(logger.getSpec().streamName(), ""));
        String used = Objects.requireNonNullElse(logger.getSpec().image(), image.orElse(""));
        if (used.isEmpty()) {
            return new Plan.Blocked(
                    Reason.IMAGE_UNKNOWN,
                    "no container image is known: set spec.image, or the operator's variable IMAGE to its own");
        }
        return switch (route(logger)) {
            case Route.Closed closed -> new Plan.Blocked(closed.reason(), closed.message());
            case Route.Pending pending -> new Plan.Pending();
            case Route.Open open ->
                plan(
                        stream,
                        used,
                        open.settings(),
                        namespace(logger),
                        routes.connection(namespace(logger), connectionOf(logger)));
        };
    }

    private Plan plan(
            String stream,
            String used,
            ConnectionSettings settings,
            String namespace,
            Optional<Connection> connection) {
        Optional<String> obstacle =
                connection.map(each -> obstacle(each, namespace)).orElseGet(() -> obstacle(settings));
        if (obstacle.isPresent()) {
            return new Plan.Blocked(Reason.CREDENTIALS_ELSEWHERE, obstacle.get());
        }
        String salt = connection.map(each -> each.getMetadata().getUid()).orElse("");
        return new Plan.Complete(
                stream,
                used,
                PodAccessPlanner.plan(
                        settings, connection.map(Connection::getSpec).orElse(null), fingerprints.of(settings, salt)));
    }

    private static Optional<String> obstacle(Connection connection, String namespace) {
        String other = connection.getMetadata().getNamespace();
        Set<String> secrets = connection.getSpec().secretNames();
        return secrets.isEmpty() || other.equals(namespace)
                ? Optional.empty()
                : Optional.of(
                        "the Connection %s has its Secret %s in namespace %s, and pods can mount only Secrets of their own namespace: create a Connection with its Secret in namespace %s, and name it in spec.connectionRef"
                                .formatted(
                                        connection.getMetadata().getName(),
                                        String.join(", ", secrets),
                                        other,
                                        namespace));
    }

    private static Optional<String> obstacle(ConnectionSettings operators) {
        boolean hasSecrets = !(operators.credentials() instanceof Credentials.None)
                || operators.servers().stream().anyMatch(server -> server.getUserInfo() != null);
        return hasSecrets
                ? Optional.of(
                        "the operator's own credentials (NATS_CREDENTIALS, or those in NATS_URL) are not for pods: create a Connection with its Secret in this namespace, and name it in spec.connectionRef")
                : Optional.empty();
    }

    /** By which it reaches NATS. */
    Route route(EventLogger logger) {
        return routes.to(namespace(logger), connectionOf(logger));
    }

    /** What the event loggers that use one Connection have in common; see {@link Routes#key}. */
    String connectionKey(EventLogger logger) {
        return routes.key(namespace(logger), connectionOf(logger));
    }

    private @Nullable ConnectionReference connectionOf(EventLogger logger) {
        ConnectionReference own = logger.getSpec().connectionRef();
        return own != null
                ? own
                : streamOf(logger)
                        .map(stream -> stream.getSpec().connectionRef())
                        .orElse(null);
    }

    private Optional<Stream> streamOf(EventLogger logger) {
        StreamReference reference = logger.getSpec().streamRef();
        return reference == null
                ? Optional.empty()
                : streams.apply(new ResourceID(reference.name(), namespace(logger)));
    }

    private static String nameOf(Stream stream) {
        return Objects.requireNonNullElse(
                stream.getSpec().name(), stream.getMetadata().getName());
    }

    private static String namespace(EventLogger logger) {
        return logger.getMetadata().getNamespace();
    }
}
