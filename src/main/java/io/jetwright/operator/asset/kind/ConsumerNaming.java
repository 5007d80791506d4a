package io.jetwright.operator.asset.kind;

import io.jetwright.api.ConnectionReference;
import io.jetwright.api.Consumer;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamReference;
import io.jetwright.api.Times;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Names;
import io.jetwright.status.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The naming of Consumers. With {@code streamRef}, the Stream resource says which stream is meant and, unless the Consumer
 * names a Connection itself, which connection; it is looked up once for each question.
 */
final class ConsumerNaming implements Naming<Consumer> {
    /** How long a new Stream resource may take to be reported on. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Routes routes;
    private final DeclaredStreams streams;
    private final Clock clock;

    ConsumerNaming(Routes routes, DeclaredStreams streams, Clock clock) {
        this.routes = routes;
        this.streams = streams;
        this.clock = clock;
    }

    /** Whether the Stream resource says which Connection is used. */
    static boolean followsStream(Consumer consumer) {
        return consumer.getSpec().streamRef() != null && consumer.getSpec().connectionRef() == null;
    }

    private Optional<Stream> streamOf(Consumer consumer) {
        return streams.find(
                consumer.getMetadata().getNamespace(), consumer.getSpec().streamRef());
    }

    @Override
    public Route route(Consumer consumer) {
        return route(consumer, streamOf(consumer));
    }

    private Route route(Consumer consumer, Optional<Stream> stream) {
        return stream.filter(each -> !followsStream(consumer) && !isOnConnectionOf(consumer, each))
                .<Route>map(each -> new Route.Closed(
                        Reason.INVALID,
                        "spec.connectionRef names another Connection than that of the Stream resource %s: remove it, or name the stream in JetStream by spec.streamName"
                                .formatted(each.getMetadata().getName())))
                .orElseGet(() -> routes.to(consumer.getMetadata().getNamespace(), connection(consumer, stream)));
    }

    @Override
    public Optional<Route> routeTo(Consumer consumer, AssetName name) {
        StreamReference reference = consumer.getSpec().streamRef();
        Optional<Stream> declared = streamOf(consumer);
        StreamName stream = declared.map(StreamKind::name)
                .or(() -> Names.streamOf(consumer.getSpec()))
                .orElseGet(() -> new StreamName(name.stream()));
        if (!name(consumer, stream).equals(name)) {
            return Optional.empty();
        }
        return Optional.of(
                reference != null && declared.isEmpty()
                        ? noStreamResource(consumer, reference)
                        : route(consumer, declared));
    }

    private static Route.Closed noStreamResource(Consumer consumer, StreamReference reference) {
        return new Route.Closed(
                Reason.STREAM_NOT_READY,
                "there is no Stream resource %s in namespace %s: create it, or correct spec.streamRef"
                        .formatted(reference.name(), consumer.getMetadata().getNamespace()));
    }

    @Override
    public String connection(Consumer consumer) {
        return routes.key(consumer.getMetadata().getNamespace(), connection(consumer, streamOf(consumer)));
    }

    private boolean isOnConnectionOf(Consumer consumer, Stream stream) {
        return routes.key(
                        consumer.getMetadata().getNamespace(),
                        consumer.getSpec().connectionRef())
                .equals(streams.connectionKey(stream));
    }

    /** Null for the operator's default. */
    private static @Nullable ConnectionReference connection(Consumer consumer, Optional<Stream> stream) {
        return followsStream(consumer)
                ? stream.map(each -> each.getSpec().connectionRef()).orElse(null)
                : consumer.getSpec().connectionRef();
    }

    @Override
    public Target resolve(Consumer consumer) {
        return resolve(consumer, streamOf(consumer));
    }

    private Target resolve(Consumer consumer, Optional<Stream> declared) {
        StreamReference reference = consumer.getSpec().streamRef();
        if (reference == null) {
            return byName(consumer, Names.streamOf(consumer.getSpec()).orElseThrow());
        }
        if (declared.isEmpty()) {
            Route.Closed missing = noStreamResource(consumer, reference);
            return new Target.Missing(missing.reason(), missing.message());
        }
        Stream stream = declared.get();
        Target target = target(consumer, StreamKind.name(stream), declared);
        if (target instanceof Target.Resolved && isPending(stream)) {
            return new Target.Pending();
        }
        if (target instanceof Target.Resolved && !exists(stream)) {
            return new Target.Missing(
                    Reason.STREAM_NOT_READY,
                    "the Stream resource %s has no stream in JetStream: kubectl describe stream %s -n %s"
                            .formatted(
                                    reference.name(),
                                    reference.name(),
                                    consumer.getMetadata().getNamespace()));
        }
        return target;
    }

    /** While a Stream resource is about to create the stream, there is no use in asking JetStream for it. */
    private Target byName(Consumer consumer, StreamName name) {
        List<Stream> declared = streams.declaring(name.name())
                .filter(each -> isOnConnectionOf(consumer, each))
                .toList();
        return !declared.isEmpty() && declared.stream().allMatch(this::isPending)
                ? new Target.Pending()
                : target(consumer, name, Optional.empty());
    }

    /** Whether a Stream resource is so new that nothing is known of it yet. */
    private boolean isPending(Stream stream) {
        return stream.getStatus() == null
                && Times.parse(stream.getMetadata().getCreationTimestamp())
                        .isAfter(clock.instant().minus(SOON));
    }

    static boolean exists(Stream stream) {
        return stream.getStatus() != null && stream.getStatus().created() != null;
    }

    private Target target(Consumer consumer, StreamName name, Optional<Stream> declared) {
        return Target.of(route(consumer, declared), name(consumer, name));
    }

    static ConsumerName name(Consumer consumer, StreamName stream) {
        return Names.consumer(consumer.getSpec(), consumer.getMetadata().getName(), stream);
    }

    @Override
    public @Nullable Target lastKnown(Consumer consumer) {
        String known = consumer.getStatus() == null ? null : consumer.getStatus().stream();
        if (known == null) {
            Target target = resolve(consumer);
            return target instanceof Target.Missing missing && missing.reason() == Reason.STREAM_NOT_READY
                    ? null
                    : target;
        }
        return Target.of(routes.lastKnown(lastKnownConnection(consumer)), name(consumer, new StreamName(known)));
    }
}
