package io.jetwright.relay.redrive;

import io.jetwright.api.ConnectionReference;
import io.jetwright.api.Redrive;
import io.jetwright.api.RedriveSpec;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamReference;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import io.jetwright.status.Reason;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Finds the stream of dead letters that a Redrive names. With {@code streamRef} it follows the Stream resource. */
final class Ways {
    private final Routes routes;
    private final BiFunction<String, String, Optional<Stream>> streams;

    /**
     * Ways.
     *
     * @param streams finds a Stream resource by its namespace and name
     */
    Ways(Routes routes, BiFunction<String, String, Optional<Stream>> streams) {
        this.routes = routes;
        this.streams = streams;
    }

    Way of(Redrive redrive) {
        String namespace = redrive.getMetadata().getNamespace();
        RedriveSpec spec = redrive.getSpec();
        StreamReference reference = spec.streamRef();
        if (reference == null) {
            return way(namespace, spec.connectionRef(), Objects.requireNonNull(spec.streamName()));
        }
        Optional<Stream> declared = streams.apply(namespace, reference.name());
        if (declared.isEmpty()) {
            return new Way.Closed(
                    Reason.STREAM_NOT_READY,
                    "there is no Stream resource %s in namespace %s: create it, or create another Redrive"
                            .formatted(reference.name(), namespace));
        }
        Stream stream = declared.get();
        ConnectionReference used = stream.getSpec().connectionRef();
        if (spec.connectionRef() != null
                && !routes.key(namespace, spec.connectionRef()).equals(routes.key(namespace, used))) {
            return new Way.Closed(
                    Reason.INVALID,
                    "spec.connectionRef names another Connection than that of the Stream resource %s: create another Redrive without it, or with spec.streamName"
                            .formatted(reference.name()));
        }
        String name =
                stream.getStatus() == null || stream.getStatus().created() == null ? null : stream.getStatus().stream();
        return name == null
                ? new Way.Closed(
                        Reason.STREAM_NOT_READY,
                        "the Stream resource %s has no stream in JetStream: kubectl describe stream %s -n %s"
                                .formatted(reference.name(), reference.name(), namespace))
                : way(namespace, used, name);
    }

    private Way way(String namespace, @Nullable ConnectionReference connection, String stream) {
        return switch (routes.to(namespace, connection)) {
            case Route.Open open -> new Way.Open(open.settings(), stream);
            case Route.Closed closed -> new Way.Closed(closed.reason(), closed.message());
            case Route.Pending pending -> new Way.Pending();
        };
    }
}
