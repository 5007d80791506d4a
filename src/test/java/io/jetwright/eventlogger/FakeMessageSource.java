package io.jetwright.eventlogger;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A stream in memory. */
final class FakeMessageSource implements MessageSource {
    private final NavigableMap<Long, StoredMessage> messages = new TreeMap<>();
    private int open;

    /** Stores a message, with a header Number that has the sequence. */
    FakeMessageSource add(long sequence, Instant time, byte[] payload) {
        Map<String, List<String>> headers = Map.of("Number", List.of(String.valueOf(sequence)));
        messages.put(sequence, new StoredMessage(sequence, "events.a", time, payload, headers, payload.length));
        return this;
    }

    /** How many were opened and not closed. */
    int open() {
        return open;
    }

    @Override
    public long count(long sequence) {
        return messages.tailMap(sequence).size();
    }

    @Override
    public long sequenceAt(Instant time) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable StoredMessage first(long sequence, boolean isHeadersOnly) {
        var first = messages.ceilingEntry(sequence);
        return first == null ? null : first.getValue();
    }

    @Override
    public Messages from(long sequence, boolean isHeadersOnly) {
        Iterator<StoredMessage> rest = messages.tailMap(sequence).values().iterator();
        open++;
        return new Messages() {
            @Override
            public @Nullable StoredMessage next() {
                return rest.hasNext() ? rest.next() : null;
            }

            @Override
            public void close() {
                open--;
            }
        };
    }
}
