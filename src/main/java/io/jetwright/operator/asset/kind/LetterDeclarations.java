package io.jetwright.operator.asset.kind;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Consumer;
import io.jetwright.api.DeadLetter;
import io.jetwright.api.StreamReference;
import io.jetwright.letter.Declarations;
import io.jetwright.letter.DeclaredConsumer;
import io.jetwright.letter.DeclaredStream;
import io.jetwright.letter.StreamPlace;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.report.Assessment;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Names;
import io.jetwright.status.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the resources in the caches say of dead letters. Connections are the same if they come to the same settings now; those
 * that come to none are known by their keys.
 */
final class LetterDeclarations implements Declarations {
    private final DeclaredStreams streams;
    private final ConsumerNaming naming;
    private final ConsumerIndex consumers;

    LetterDeclarations(DeclaredStreams streams, ConsumerNaming naming, ConsumerIndex consumers) {
        this.streams = streams;
        this.naming = naming;
        this.consumers = consumers;
    }

    /** Empty while the stream that is consumed is not known, and for a Consumer without dead letters. */
    Optional<DeclaredConsumer> consumer(Consumer resource) {
        DeadLetter letter = resource.getSpec().deadLetter();
        Optional<StreamName> stream = stream(resource);
        if (letter == null || stream.isEmpty()) {
            return Optional.empty();
        }
        var source = new StreamPlace(
                connection(naming.route(resource), naming.connection(resource)),
                stream.get().name());
        return Optional.of(new DeclaredConsumer(
                key(
                        resource.getMetadata().getNamespace(),
                        resource.getMetadata().getName()),
                resource.getMetadata().getCreationTimestamp(),
                source,
                letters(resource, letter, source),
                ConsumerNaming.name(resource, stream.get()).name(),
                resource.getSpec()));
    }

    private Optional<StreamName> stream(Consumer resource) {
        StreamReference reference = resource.getSpec().streamRef();
        return reference == null
                ? Names.streamOf(resource.getSpec())
                : streams.find(resource.getMetadata().getNamespace(), reference).map(StreamKind::name);
    }

    private @Nullable StreamPlace letters(Consumer resource, DeadLetter letter, StreamPlace source) {
        return letter.streamName() != null
                ? new StreamPlace(source.connection(), letter.streamName())
                : streams.find(resource.getMetadata().getNamespace(), letter.streamRef())
                        .map(this::place)
                        .orElse(null);
    }

    private StreamPlace place(io.jetwright.api.Stream stream) {
        return new StreamPlace(
                connection(streams.route(stream), streams.connectionKey(stream)),
                StreamKind.name(stream).name());
    }

    private static Object connection(Route route, String key) {
        return route instanceof Route.Open open ? open.settings() : key;
    }

    /** What is said of a Stream resource that is to store dead letters, and is not there, or has no stream in JetStream. */
    Optional<Assessment> missing(Consumer resource, DeadLetter letter) {
        StreamReference reference = letter.streamRef();
        if (reference == null) {
            return Optional.empty();
        }
        String namespace = resource.getMetadata().getNamespace();
        Optional<io.jetwright.api.Stream> stream = streams.find(namespace, reference);
        if (stream.isEmpty()) {
            return Optional.of(new Assessment(
                    Reason.LETTER_STREAM_NOT_READY,
                    "there is no Stream resource %s in namespace %s to store dead letters: create it, or correct spec.deadLetter.streamRef"
                            .formatted(reference.name(), namespace)));
        }
        return ConsumerNaming.exists(stream.get())
                ? Optional.empty()
                : Optional.of(new Assessment(
                        Reason.LETTER_STREAM_NOT_READY,
                        "the Stream resource %s, which is to store dead letters, has no stream in JetStream: kubectl describe stream %s -n %s"
                                .formatted(reference.name(), reference.name(), namespace)));
    }

    @Override
    public Optional<DeclaredStream> stream(StreamPlace place) {
        return streams.declaring(place.stream())
                .filter(stream -> place(stream).equals(place))
                .findFirst()
                .map(this::declared);
    }

    private DeclaredStream declared(io.jetwright.api.Stream stream) {
        String captures = stream.getStatus() == null ? null : stream.getStatus().captures();
        return new DeclaredStream(
                place(stream),
                key(stream.getMetadata().getNamespace(), stream.getMetadata().getName()),
                stream.getSpec(),
                captures == null || captures.isEmpty() ? List.of() : List.of(captures.split(",")));
    }

    @Override
    public Stream<DeclaredConsumer> consumers(StreamPlace place) {
        return consumers
                .of(place.stream())
                .filter(consumer ->
                        !consumer.isMarkedForDeletion() && !consumer.getSpec().suspends())
                .flatMap(consumer -> consumer(consumer).stream())
                .filter(consumer -> consumer.source().equals(place));
    }

    @Override
    public Stream<DeclaredStream> copies(StreamPlace place) {
        return streams.copying(place.stream())
                .map(this::declared)
                .filter(copy -> copy.place().connection().equals(place.connection()));
    }

    /** The resource that declares this; empty if it is gone. */
    Optional<Consumer> resource(DeclaredConsumer consumer) {
        String[] parts = consumer.resource().split("/", 2);
        return Optional.ofNullable(consumers.find(new ResourceID(parts[1], parts[0])));
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
