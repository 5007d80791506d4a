package io.jetwright.relay.redrive;

import java.util.Collections;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a process that goes on after an interruption knows of the messages that it was about to send, and the {@link Ledger}, which
 * it could not write any more, does not say. It holds for as long as nobody else has written the ledger.
 */
final class Memory {
    private final String writer = UUID.randomUUID().toString();
    private final Set<Long> unsent = ConcurrentHashMap.newKeySet();
    private final Set<Long> confirmed = ConcurrentHashMap.newKeySet();

    /** Names this process in the ledger. */
    String writer() {
        return writer;
    }

    /** Forgets all if the ledger is not of this process. */
    void compareWith(Optional<Ledger> ledger) {
        if (ledger.filter(each -> each.writer().equals(writer)).isEmpty()) {
            unsent.clear();
            confirmed.clear();
        }
    }

    /** They are in the ledger, and none of them was sent. */
    void announced(Set<Long> sequences) {
        unsent.addAll(sequences);
    }

    /** From now on it may arrive. */
    void sent(long sequence) {
        unsent.remove(sequence);
    }

    /** JetStream has confirmed its message. */
    void confirmed(long sequence) {
        confirmed.add(sequence);
    }

    /** They are not in the ledger any more. */
    void forget(Set<Long> sequences) {
        unsent.removeAll(sequences);
        confirmed.removeAll(sequences);
    }

    /** The sequences of those that were surely not sent. */
    NavigableSet<Long> unsent() {
        return Collections.unmodifiableNavigableSet(new TreeSet<>(unsent));
    }

    /** Whether it was sent, and only has to be removed. */
    boolean isConfirmed(long sequence) {
        return confirmed.contains(sequence);
    }
}
