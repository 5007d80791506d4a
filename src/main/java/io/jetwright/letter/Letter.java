package io.jetwright.letter;

import io.jetwright.api.DeadLetterReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A dead letter: a copy of a message that is delivered no more, and what is known of its death.
 *
 * @param death of which it tells
 * @param isWhole whether the payload is that of the message
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Letter(Death death, String subject, List<Header> headers, byte[] payload, boolean isWhole) {
    private static final byte[] NOTHING = new byte[0];

    /** What is said of a message that is gone. */
    private static final String TERMINATED =
            "the stream let go of the message when it was terminated, before it could be copied";

    private static final String DELETED = "the message was deleted, or has expired, before it could be copied";

    /**
     * The letter of a message that is there.
     *
     * @param advisory the sequence of the advisory; empty for what the sweep has found
     */
    public static Letter of(Death death, OriginalMessage message, LetterSubject subjects, Optional<Long> advisory) {
        List<Header> headers = about(death, Optional.of(message), advisory);
        for (Header each : message.headers()) {
            if (!each.name().equalsIgnoreCase(LetterHeaders.REDRIVES)) {
                headers.add(new Header(
                        HeaderLines.sendableName(LetterHeaders.kept(each.name())), HeaderLines.sendable(each.value())));
            }
        }
        return new Letter(death, subjects.of(message.subject()), headers, message.payload(), true);
    }

    /**
     * The letter of a message that is larger than the stream takes: it has neither payload nor headers of the message.
     *
     * @param limit what it exceeds, in words
     */
    public static Letter pointer(
            Death death, OriginalMessage message, LetterSubject subjects, Optional<Long> advisory, String limit) {
        List<Header> headers = about(death, Optional.of(message), advisory);
        headers.add(new Header(LetterHeaders.PAYLOAD, LetterHeaders.TOO_LARGE));
        headers.add(new Header(
                LetterHeaders.PAYLOAD_REASON,
                "%s; the message stays in stream %s as %d".formatted(limit, death.stream(), death.sequence())));
        return new Letter(death, subjects.of(message.subject()), headers, NOTHING, false);
    }

    /**
     * The letter of a message that is gone.
     *
     * @param pattern which its subject matched
     * @param holds whether its stream holds a message until it is acknowledged
     */
    public static Letter gone(
            Death death, String pattern, LetterSubject subjects, Optional<Long> advisory, boolean holds) {
        List<Header> headers = about(death, Optional.empty(), advisory);
        headers.add(new Header(LetterHeaders.PAYLOAD, LetterHeaders.GONE));
        headers.add(new Header(
                LetterHeaders.PAYLOAD_REASON,
                holds && death.reason() == DeadLetterReason.TERMINATED ? TERMINATED : DELETED));
        return new Letter(death, subjects.ofUnknown(pattern), headers, NOTHING, false);
    }

    private static List<Header> about(Death death, Optional<OriginalMessage> message, Optional<Long> advisory) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header(LetterHeaders.REASON, death.reason().wireName()));
        if (death.description() != null) {
            headers.add(new Header(LetterHeaders.DESCRIPTION, HeaderLines.sendable(death.description())));
        }
        headers.add(new Header(LetterHeaders.STREAM, death.stream()));
        message.ifPresent(each -> headers.add(new Header(LetterHeaders.SUBJECT, HeaderLines.sendable(each.subject()))));
        headers.add(new Header(LetterHeaders.SEQUENCE, Long.toString(death.sequence())));
        headers.add(new Header(LetterHeaders.CONSUMER, death.consumer()));
        headers.add(new Header(LetterHeaders.DELIVERIES, Long.toString(death.deliveries())));
        message.ifPresent(each -> headers.add(new Header(LetterHeaders.PUBLISHED, each.published())));
        headers.add(new Header(LetterHeaders.TIME, death.time().toString()));
        headers.add(new Header(LetterHeaders.REDRIVES, Long.toString(redrives(message))));
        headers.add(new Header(LetterHeaders.ID, death.id()));
        advisory.ifPresent(sequence -> headers.add(new Header(LetterHeaders.ADVISORY, sequence.toString())));
        return headers;
    }

    private static long redrives(Optional<OriginalMessage> message) {
        return message.flatMap(each -> each.header(LetterHeaders.REDRIVES))
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::valueOf)
                .orElse(0L);
    }

    /** How many bytes the headers take in a message, without those that the publication adds. */
    public int headerBytes() {
        return "NATS/1.0\r\n\r\n".length()
                + headers.stream()
                        .mapToInt(each -> each.name().length() + each.value().length() + ":\r\n".length())
                        .sum();
    }
}
