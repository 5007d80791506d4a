package io.jetwright.letter;

import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.DeadLetter;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A consumer that a Consumer resource declares, with dead letters.
 *
 * @param resource the resource as {@code namespace/name}
 * @param since when the resource was created, as Kubernetes writes it
 * @param source the stream that is consumed
 * @param letters the stream that stores the dead letters; null while the Stream resource that says so is not there
 * @param consumer its name in JetStream
 * @param spec has {@code deadLetter}
 */
public record DeclaredConsumer(
        String resource,
        String since,
        StreamPlace source,
        @Nullable StreamPlace letters,
        String consumer,
        ConsumerSpec spec) {
    /** The older first; of the same second, by namespace and name. */
    private static final Comparator<DeclaredConsumer> AGE =
            Comparator.comparing(DeclaredConsumer::since).thenComparing(DeclaredConsumer::resource);

    boolean isOlderThan(DeclaredConsumer other) {
        return AGE.compare(this, other) < 0;
    }

    DeadLetter deadLetter() {
        return Objects.requireNonNull(spec.deadLetter());
    }

    /** The subjects of the messages that it asks for; none if it takes all of its stream. */
    Stream<String> filters() {
        return Stream.concat(
                        Stream.ofNullable(spec.filterSubject()),
                        Objects.requireNonNullElse(spec.filterSubjects(), List.<String>of()).stream())
                .filter(filter -> !filter.isEmpty());
    }
}
