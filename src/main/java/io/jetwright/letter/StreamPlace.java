package io.jetwright.letter;

/**
 * A stream in JetStream.
 *
 * @param connection tells whose JetStream: equal for the same one, as far as that is known
 * @param stream the stream's name in JetStream
 */
public record StreamPlace(Object connection, String stream) {}
