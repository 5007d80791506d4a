package io.jetwright.plan;

/** Names an object in JetStream, within one account. */
public sealed interface AssetName {
    /** The stream itself, or the stream that the consumer belongs to. */
    String stream();

    /** The object's own name. */
    String name();

    /** A stream. */
    record StreamName(String stream) implements AssetName {
        @Override
        public String name() {
            return stream;
        }

        @Override
        public String toString() {
            return "stream " + stream;
        }
    }

    /** A consumer of a stream. */
    record ConsumerName(String stream, String name) implements AssetName {
        @Override
        public String toString() {
            return "consumer " + name + " of stream " + stream;
        }
    }
}
