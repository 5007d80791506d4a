package io.jetwright.eventlogger;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The messages that a consumer had at its creation. */
final class PulledWindow implements MessageSource.Messages {
    /** Of a request, unless a single message is larger. */
    private static final int MAX_BYTES = 512 << 10;

    private final PulledMessages messages;
    private final boolean isHeadersOnly;
    private long left;

    /**
     * @param messages how many are requested at a time
     */
    PulledWindow(JetStreamSource source, long sequence, boolean isHeadersOnly, int messages)
            throws IOException, JetStreamApiException {
        this.messages = PulledMessages.present(
                source.connection(),
                source.settings(),
                StreamCursor.from(sequence)
                        .filterSubjects(source.subjects())
                        .headersOnly(isHeadersOnly)
                        .build(),
                new PullRequests.Limits(messages, MAX_BYTES, source.largest()));
        this.isHeadersOnly = isHeadersOnly;
        this.left = this.messages.consumer().getNumPending();
    }

    @Override
    public @Nullable StoredMessage next() throws IOException, InterruptedException {
        Message message = left == 0 ? null : messages.next(JetStreams.TIMEOUT);
        if (message != null) {
            left--;
            return StoredMessage.of(message, isHeadersOnly || messages.isCut());
        }
        if (left > 0 && !messages.isAtEnd()) {
            throw new IOException("JetStream does not send what it has");
        }
        left = 0;
        return null;
    }

    @Override
    public void close() {
        messages.close();
    }
}
