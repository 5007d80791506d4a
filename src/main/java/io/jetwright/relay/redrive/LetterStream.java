package io.jetwright.relay.redrive;

/**
 * A stream of dead letters.
 *
 * @param name in JetStream
 * @param created as JetStream says it; another stream of the same name has another time
 */
record LetterStream(String name, String created) {}
