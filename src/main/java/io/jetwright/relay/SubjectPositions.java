package io.jetwright.relay;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the relay knows of the last letter of each subject. A position is good for an advisory that was delivered for the first time
 * to this relay: then none of the letters up to it is that advisory's. Bounded; what is forgotten is looked up. Safe for use by
 * several threads.
 */
final class SubjectPositions {
    /** Before this time after a delivery, JetStream gives no other relay the same advisory. */
    static final Duration EXCLUSIVE = AdvisoryConsumer.ACK_WAIT.minusSeconds(10);

    private final int capacity;
    private final Map<String, Position> positions = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Where the letters of a subject end.
     *
     * @param last the sequence of the last one; 0 for none
     * @param known since when it is known, of {@link System#nanoTime}; later ones are of this relay
     */
    record Position(long last, long known) {
        /** Whether no other relay can have stored a letter up to it for an advisory that was asked for at this time. */
        boolean isGoodFor(long asked) {
            return known - asked < EXCLUSIVE.toNanos();
        }

        /** After this relay has stored a letter. */
        Position next(long sequence) {
            return new Position(sequence, known);
        }
    }

    /** None. */
    SubjectPositions(int capacity) {
        this.capacity = capacity;
    }

    synchronized Optional<Position> get(String subject) {
        return Optional.ofNullable(positions.get(subject));
    }

    synchronized void put(String subject, Position position) {
        positions.put(subject, position);
        if (positions.size() > capacity) {
            positions.remove(positions.keySet().iterator().next());
        }
    }

    synchronized void forget(String subject) {
        positions.remove(subject);
    }

    synchronized int size() {
        return positions.size();
    }
}
