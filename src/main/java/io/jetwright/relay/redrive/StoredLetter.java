package io.jetwright.relay.redrive;

import io.jetwright.api.Times;
import io.nats.client.impl.Headers;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as it is stored.
 *
 * @param sequence in the stream of dead letters
 * @param payload empty where it was not asked for
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredLetter(long sequence, Headers headers, byte[] payload) {
    static final String PREFIX = "Dead-Letter-";
    static final String ORIGINAL = PREFIX + "Original-";
    static final String REDRIVES = PREFIX + "Redrives";
    static final String MESSAGE_ID = "Nats-Msg-Id";

    /** Whether this is a dead letter at all: any client may publish something else to the stream. */
    boolean isLetter() {
        return stream() != null && header("Sequence") != null;
    }

    /** The stream that the message was in. */
    @Nullable
    String stream() {
        return header("Stream");
    }

    /** The message's own subject; null if it is not known. */
    @Nullable
    String subject() {
        return header("Subject");
    }

    @Nullable
    String consumer() {
        return header("Consumer");
    }

    @Nullable
    String reason() {
        return header("Reason");
    }

    /** The message's sequence in the stream that it was in; empty if it is not known. */
    OptionalLong sourceSequence() {
        return number(header("Sequence"));
    }

    /** When the message died. */
    Optional<Instant> time() {
        return time(header("Time"));
    }

    /** When the message was published. */
    Optional<Instant> published() {
        return time(header("Published"));
    }

    /** How often the message was sent back before it died. */
    long redrives() {
        return number(headers.getFirst(REDRIVES)).orElse(0);
    }

    /** The sequence of the advisory in the stream of advisories; empty for a message that was found without one. */
    OptionalLong advisory() {
        return number(header("Advisory"));
    }

    /** Whether it can be sent: there is a payload, and a subject. */
    boolean isWhole() {
        return missingPayload() == null && subject() != null;
    }

    /** Why there is no payload: {@code gone} or {@code too-large}; null if there is one. */
    @Nullable
    String missingPayload() {
        return header("Payload");
    }

    /** The {@link #MESSAGE_ID} with which the message that died was published; null if it had none. */
    @Nullable
    String originalMessageId() {
        return headers.getFirst(ORIGINAL + MESSAGE_ID);
    }

    private @Nullable String header(String name) {
        return headers.getFirst(PREFIX + name);
    }

    private static OptionalLong number(@Nullable String text) {
        try {
            return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static Optional<Instant> time(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Times.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
