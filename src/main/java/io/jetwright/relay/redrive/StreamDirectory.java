package io.jetwright.relay.redrive;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The streams of an account. */
interface StreamDirectory {
    /** Empty if there is none of this name. */
    Optional<StreamFacts> stream(String name) throws IOException, InterruptedException;

    /** The stream that stores messages on this subject. */
    Optional<StreamFacts> taking(String subject) throws IOException, InterruptedException;

    /** All consumers of a stream. */
    List<ConsumerFacts> consumers(String stream) throws IOException, InterruptedException;
}
