package io.jetwright.eventlogger;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The messages of the stream with some subjects, as they are when they are read. */
interface MessageSource {
    /** The number of messages from this sequence on. */
    long count(long sequence) throws IOException, JetStreamApiException;

    /** The sequence of the first message of the stream at or after this time; the one after the last if there is none. */
    long sequenceAt(Instant time) throws IOException, JetStreamApiException;

    /**
     * The messages from this sequence on that there are now.
     *
     * @param isHeadersOnly whether payloads are left out
     */
    Messages from(long sequence, boolean isHeadersOnly) throws IOException, JetStreamApiException;

    /**
     * The first message from this sequence on; null if there is none. One that is too large for the memory comes without its payload.
     *
     * @param isHeadersOnly whether the payload is left out
     */
    @Nullable
    StoredMessage first(long sequence, boolean isHeadersOnly)
            throws IOException, JetStreamApiException, InterruptedException;

    /** Messages in the order of the stream. */
    interface Messages extends AutoCloseable {
        /**
         * The next message; null after the last one. One that is too large for the memory comes without its payload.
         *
         * @throws IOException if it does not come
         */
        @Nullable
        StoredMessage next() throws IOException, JetStreamApiException, InterruptedException;

        @Override
        void close();
    }
}
