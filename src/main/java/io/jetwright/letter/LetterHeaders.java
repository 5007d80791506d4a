package io.jetwright.letter;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The headers of dead letters. */
public final class LetterHeaders {
    /** What all of ours begin with. */
    public static final String PREFIX = "Dead-Letter-";

    /** A {@link io.jetwright.api.DeadLetterReason}, as its wire name. */
    public static final String REASON = PREFIX + "Reason";
    /** What the client said that terminated the message. */
    public static final String DESCRIPTION = PREFIX + "Description";
    /** The stream that the message was in. */
    public static final String STREAM = PREFIX + "Stream";
    /** The subject of the message; absent if it is not known. */
    public static final String SUBJECT = PREFIX + "Subject";
    /** The sequence of the message in its stream. */
    public static final String SEQUENCE = PREFIX + "Sequence";
    /** The consumer that delivers it no more. */
    public static final String CONSUMER = PREFIX + "Consumer";
    /** How often it was delivered. */
    public static final String DELIVERIES = PREFIX + "Deliveries";
    /** When the message was stored in its stream; absent if it is not known. */
    public static final String PUBLISHED = PREFIX + "Published";
    /** When it died. */
    public static final String TIME = PREFIX + "Time";
    /** How often it was sent back from a dead letter before. */
    public static final String REDRIVES = PREFIX + "Redrives";
    /** Identifies the death. */
    public static final String ID = PREFIX + "Id";
    /** The sequence of the advisory in the stream that captures them; absent for what the sweep has found. */
    public static final String ADVISORY = PREFIX + "Advisory";
    /** Absent if the payload is that of the message; else {@link #GONE} or {@link #TOO_LARGE}. */
    public static final String PAYLOAD = PREFIX + "Payload";
    /** Why there is no payload, in words. */
    public static final String PAYLOAD_REASON = PREFIX + "Payload-Reason";
    /** Before the name of a header of the message that would act on the server, or be taken for one of ours. */
    public static final String ORIGINAL = PREFIX + "Original-";

    /** The message was not there any more. */
    public static final String GONE = "gone";
    /** The message is larger than the stream of dead letters takes, and is where it was. */
    public static final String TOO_LARGE = "too-large";

    private static final List<String> ACTING = List.of(
            "nats-msg-id",
            "nats-rollup",
            "nats-ttl",
            "nats-incr",
            "nats-counter-sources",
            "nats-marker-reason",
            "nats-stream-source",
            "nats-required-api-level",
            // what a direct get, a republication or a delivery adds
            "nats-stream",
            "nats-sequence",
            "nats-time-stamp",
            "nats-subject",
            "nats-last-sequence",
            "nats-num-pending",
            "nats-upto-sequence",
            "nats-pin-id");

    private static final List<String> ACTING_PREFIXES = List.of("nats-expected-", "nats-schedule", "nats-batch-");

    private LetterHeaders() {}

    /** The name under which a header of the message travels with its letter. */
    public static String kept(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean isOurs = lower.startsWith(PREFIX.toLowerCase(Locale.ROOT));
        boolean acts = ACTING.contains(lower) || ACTING_PREFIXES.stream().anyMatch(lower::startsWith);
        return isOurs || acts ? ORIGINAL + name : name;
    }

    /** The name that a header of a letter had with its message; null for one of ours. */
    public static @Nullable String original(String name) {
        if (name.regionMatches(true, 0, ORIGINAL, 0, ORIGINAL.length())) {
            return name.substring(ORIGINAL.length());
        }
        return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
                        || name.equalsIgnoreCase("Nats-Msg-Id")
                        || name.equalsIgnoreCase("Nats-Expected-Stream")
                        || name.equalsIgnoreCase("Nats-Expected-Last-Subject-Sequence")
                ? null
                : name;
    }
}
