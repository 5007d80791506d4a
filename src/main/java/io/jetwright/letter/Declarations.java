package io.jetwright.letter;

import java.util.Optional;
import java.util.stream.Stream;

/** What resources declare, as far as dead letters go. */
public interface Declarations {
    /** The stream at this place, if a Stream resource declares it. */
    Optional<DeclaredStream> stream(StreamPlace place);

    /** The consumers with dead letters that resources declare of the stream at this place. */
    Stream<DeclaredConsumer> consumers(StreamPlace place);

    /** The streams that resources declare as copies of the stream at this place: as its mirrors, or from it as a source. */
    Stream<DeclaredStream> copies(StreamPlace place);
}
