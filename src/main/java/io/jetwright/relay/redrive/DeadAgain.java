package io.jetwright.relay.redrive;

import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Tells which new dead letters are of messages that this Redrive has sent. */
final class DeadAgain {
    /** How far behind the first message that was sent to a stream others are remembered: 2 MiB for each stream. */
    private static final int MAX_BITS = 1 << 24;

    private static final int MAX_STREAMS = 16;

    private final String idPrefix;
    private final Instant started;
    private final Map<String, Sent> sent = new HashMap<>();

    private record Sent(long first, BitSet messages) {}

    /**
     * For a stream of dead letters.
     *
     * @param started when the Redrive began
     */
    DeadAgain(LetterStream stream, Instant started) {
        this.idPrefix = RedrivenMessage.idPrefix(stream);
        this.started = started;
    }

    boolean isOf(LetterStream stream) {
        return idPrefix.equals(RedrivenMessage.idPrefix(stream));
    }

    /** Remembers a message that was sent, by its sequence in its stream. */
    synchronized void sent(String stream, long sequence) {
        if (sent.size() < MAX_STREAMS || sent.containsKey(stream)) {
            Sent known = sent.computeIfAbsent(stream, each -> new Sent(sequence, new BitSet()));
            long offset = sequence - known.first();
            if (offset >= 0 && offset < MAX_BITS) {
                known.messages().set((int) offset);
            }
        }
    }

    /**
     * Whether the message of this dead letter is one of those: by its id, which it keeps even if the process was another one; or by
     * its sequence, where it is gone and its id with it.
     */
    synchronized boolean has(StoredLetter letter) {
        String id = letter.originalMessageId();
        if (id != null) {
            return id.startsWith(idPrefix)
                    && letter.published().map(time -> !time.isBefore(started)).orElse(true);
        }
        Sent known = letter.stream() == null ? null : sent.get(letter.stream());
        long offset = known == null ? -1 : letter.sourceSequence().orElse(-1) - known.first();
        return known != null
                && offset >= 0
                && offset < MAX_BITS
                && known.messages().get((int) offset);
    }
}
