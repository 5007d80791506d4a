package io.jetwright.letter;

import io.jetwright.api.StreamSource;
import io.jetwright.api.StreamSpec;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A stream that a Stream resource declares, or that is in JetStream.
 *
 * @param resource the resource as {@code namespace/name}; empty for what JetStream has, whether a resource declares it or not
 * @param captures the subjects that the stream has in JetStream; empty if that is not known
 */
public record DeclaredStream(StreamPlace place, String resource, StreamSpec spec, List<String> captures) {
    public DeclaredStream {
        captures = List.copyOf(captures);
    }

    /** What people know it by. */
    String words() {
        return resource.isEmpty() ? "the stream " + place.stream() : "the Stream resource " + resource;
    }

    /** The subjects on which the stream takes messages: those of the spec, else those in JetStream, else its name. */
    List<String> subjects() {
        List<String> declared = Objects.requireNonNullElse(spec.subjects(), List.of());
        if (!declared.isEmpty()) {
            return declared;
        }
        return captures.isEmpty() && origins().findAny().isEmpty() ? List.of(place.stream()) : captures;
    }

    /** Whether its messages are on the subjects on which they were published to it. */
    boolean keepsSubjects() {
        return origins().findAny().isEmpty() && spec.subjectTransform() == null;
    }

    boolean isMirror() {
        return spec.mirror() != null;
    }

    /** The streams that it copies. */
    public Stream<StreamSource> origins() {
        return Stream.concat(
                Stream.ofNullable(spec.mirror()),
                Objects.requireNonNullElse(spec.sources(), List.<StreamSource>of()).stream());
    }
}
