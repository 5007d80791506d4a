package io.jetwright.relay.redrive;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The message that a dead letter becomes again: its own payload and headers, and nothing that acts on the server. */
final class RedrivenMessage {
    static final String EXPECTED_STREAM = "Nats-Expected-Stream";
    private static final String TTL = "nats-ttl";

    /**
     * What the server acts on, in lower case: it would refuse the message, take it for another one's double, or remove others
     * for it, a second time.
     */
    private static final Set<String> ACTING = Set.of(
            "nats-msg-id",
            "nats-rollup",
            "nats-incr",
            "nats-counter-sources",
            "nats-marker-reason",
            "nats-stream-source",
            TTL);

    private static final List<String> ACTING_PREFIXES = List.of("nats-expected-", "nats-schedule", "nats-batch-");

    private RedrivenMessage() {}

    /** The {@code Nats-Msg-Id} of a dead letter's message, which the same letter always has. */
    static String id(LetterStream stream, long sequence) {
        return idPrefix(stream) + sequence;
    }

    /** What the {@link #id} of all messages from a stream begins with. */
    static String idPrefix(LetterStream stream) {
        return "redrive/" + stream.name() + "/" + stream.created() + "/";
    }

    /**
     * The message.
     *
     * @param target the stream that it is meant for
     */
    static Message of(StoredLetter letter, LetterStream stream, String subject, StreamFacts target) {
        var headers = new Headers();
        letter.headers().forEach((name, values) -> {
            String own =
                    startsWith(name, StoredLetter.ORIGINAL) ? name.substring(StoredLetter.ORIGINAL.length()) : name;
            boolean isTtl = !own.equals(name) && own.equalsIgnoreCase(TTL) && target.allowsTtl();
            if (isTtl || !(startsWith(own, StoredLetter.PREFIX) || acts(own))) {
                headers.put(own, values);
            }
        });
        headers.put(StoredLetter.REDRIVES, String.valueOf(letter.redrives() + 1));
        headers.put(StoredLetter.MESSAGE_ID, id(stream, letter.sequence()));
        headers.put(EXPECTED_STREAM, target.name());
        return NatsMessage.builder()
                .subject(subject)
                .headers(headers)
                .data(letter.payload())
                .build();
    }

    private static boolean acts(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ACTING.contains(lower) || ACTING_PREFIXES.stream().anyMatch(lower::startsWith);
    }

    private static boolean startsWith(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
