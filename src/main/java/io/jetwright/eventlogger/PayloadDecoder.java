package io.jetwright.eventlogger;

import io.jetwright.subject.SubjectPattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Says what the payload of a message is shown as. Protobuf and MessagePack are decoded where the message's
 * {@code Content-Type} says so, or else a pattern that matches its subject. JSON stays JSON, and what cannot be decoded is
 * shown as any other payload, with the reason.
 */
final class PayloadDecoder {
    /** Larger payloads are decoded one at a time, since the objects between take many times as much, in bytes. */
    private static final int SMALL = 4 << 10;

    private final PayloadSettings settings;
    private final Optional<ProtobufFiles> protobuf;
    private final int limit;
    private final Semaphore large = new Semaphore(1);
    private final AtomicLong undecoded = new AtomicLong();

    /**
     * @param limit what a payload may become, as JSON, in bytes
     */
    PayloadDecoder(PayloadSettings settings, int limit) {
        this.settings = settings;
        this.protobuf = settings.protobuf()
                .map(each ->
                        new ProtobufFiles(each.descriptors(), each.types(), settings.messages(), System::nanoTime));
        this.limit = limit;
    }

    /** How often a payload was not decoded that should be. */
    long undecoded() {
        return undecoded.get();
    }

    /** Whether the descriptors were changed to what cannot be used, so that the last ones still are. */
    boolean areDescriptorsStale() {
        return protobuf.map(ProtobufFiles::areStale).orElse(false);
    }

    /** What a payload is shown as. */
    EventData decode(String subject, byte[] payload, Map<String, List<String>> headers) {
        ContentType type = ContentType.of(headers);
        PayloadSettings.Rule rule = settings.rules().stream()
                .filter(each -> SubjectPattern.matches(each.pattern(), subject))
                .findFirst()
                .orElse(null);
        return switch (type.format()) {
            case TEXT -> EventData.of(subject, payload);
            case MESSAGE_PACK -> decoded(subject, payload, true, this::messagePack);
            case PROTOBUF -> {
                String message = type.message() == null && rule != null ? rule.message() : type.message();
                yield decoded(subject, payload, true, bytes -> protobuf(bytes, message));
            }
            case UNKNOWN -> {
                if (rule == null) {
                    yield EventData.of(subject, payload);
                }
                String message = rule.message();
                yield decoded(
                        subject,
                        payload,
                        false,
                        message == null ? this::messagePack : bytes -> protobuf(bytes, message));
            }
        };
    }

    /** Decodes a payload. */
    @FunctionalInterface
    private interface Decoding {
        EventData of(byte[] payload) throws IOException;
    }

    /**
     * What a payload is decoded to. A schema that is not the payload's own often fits by chance, but leaves fields unknown. So
     * then JSON stays JSON, and text stays text unless the message says itself what it is.
     */
    private EventData decoded(String subject, byte[] payload, boolean isSaid, Decoding decoding) {
        EventData decoded = null;
        String reason = "it leaves fields unknown, and is text";
        try {
            decoded = inTurn(payload, decoding);
            if (decoded.unknownFields().isEmpty()) {
                return decoded;
            }
        } catch (DecodingException e) {
            reason = String.valueOf(e.getMessage());
        } catch (IOException e) {
            reason = "the payload is broken: " + e.getMessage();
        }
        EventData plain = EventData.of(subject, payload);
        if (plain.encoding() == null) {
            return plain;
        }
        if (decoded != null && (isSaid || !isText(plain, payload))) {
            return decoded;
        }
        undecoded.incrementAndGet();
        return plain.withDecodeError(reason);
    }

    private static boolean isText(EventData plain, byte[] payload) {
        return EventData.TEXT.equals(plain.encoding())
                && new String(payload, StandardCharsets.UTF_8)
                        .chars()
                        .noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
    }

    private EventData inTurn(byte[] payload, Decoding decoding) throws IOException {
        if (payload.length <= SMALL) {
            return decoding.of(payload);
        }
        large.acquireUninterruptibly();
        try {
            return decoding.of(payload);
        } finally {
            large.release();
        }
    }

    private EventData messagePack(byte[] payload) throws IOException {
        byte[] json = Json.write(limit, writer -> MessagePack.write(payload, writer));
        return new EventData(new String(json, StandardCharsets.UTF_8), MessagePack.ENCODING);
    }

    private EventData protobuf(byte[] payload, @Nullable String message) throws IOException {
        ProtobufTypes types = protobuf.map(ProtobufFiles::types)
                .orElseThrow(
                        () -> new DecodingException(
                                "there are no descriptors of protobuf messages; see PROTOBUF_DESCRIPTORS, or spec.protobuf of the EventLogger"));
        if (message == null) {
            throw new DecodingException(
                    "neither the Content-Type nor PROTOBUF_TYPES says which protobuf message it is");
        }
        return ProtobufDecoder.decode(types, message, payload, limit);
    }
}
