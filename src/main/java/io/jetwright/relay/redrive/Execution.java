package io.jetwright.relay.redrive;

import io.jetwright.status.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Works on one Redrive, until it has ended or is cancelled. */
final class Execution {
    /** How a Redrive is that another replica of this relay works on, which says so itself. */
    static final Verdict UNKNOWN = new Verdict(Reason.PENDING, "");

    private final RedriveTask task;
    private final Progress progress;
    private final Notes notes;
    private final Clock clock;
    private final String holder;
    private final Memory memory = new Memory();
    private @Nullable DeadAgain deadAgain;
    private volatile boolean holds;
    private volatile boolean isCancelled;

    /**
     * Nothing is done yet.
     *
     * @param holder says to people of other clusters who works on the stream
     */
    Execution(RedriveTask task, Progress progress, Notes notes, String holder, Clock clock) {
        this.task = task;
        this.progress = progress;
        this.notes = notes;
        this.holder = holder;
        this.clock = clock;
    }

    /** Has it stop soon: nothing is sent any more, and what is on its way is finished. */
    void cancel() {
        isCancelled = true;
    }

    /** Whether this process is the one that works on it. */
    boolean holds() {
        return holds;
    }

    /**
     * Works over this connection until it has ended.
     *
     * @return how it is if it has not: another attempt has to follow; empty if it has ended, or is cancelled
     * @throws IOException if it was interrupted by a failure: another attempt has to follow
     */
    Optional<Verdict> attempt(Requests requests, Sending.Finished floor) throws IOException, InterruptedException {
        var directory = new JetStreamDirectory(requests);
        Optional<StreamFacts> found = directory.stream(task.stream());
        if (found.isEmpty()) {
            return Optional.of(new Verdict(
                    Reason.STREAM_NOT_READY,
                    "there is no stream %s in JetStream: create it, or delete this Redrive and create another one with the right stream"
                            .formatted(task.stream())));
        }
        StreamFacts facts = found.get();
        Optional<Verdict> unfit = Endings.unfit(facts);
        if (unfit.isPresent()) {
            notes.ended(unfit.get());
            return Optional.empty();
        }
        var store = new LedgerStore(requests, facts.name(), facts.replicas());
        var session = new Session(task, progress, requests, directory, facts, store, memory, clock, () -> isCancelled);
        if (task.spec().onlyTells()) {
            notes.ended(session.tell());
            return Optional.empty();
        }
        Optional<Ledger> before = store.read().filter(this::isOwn);
        DeadAgain dead = deadAgain(facts.letters());
        Optional<LetterWatch> held = LetterWatch.begin(
                requests, facts.name(), before.map(Ledger::last).orElse(facts.lastSequence()) + 1, holder, letter -> {
                    if (dead.has(letter)) {
                        progress.diedAgain();
                    }
                });
        if (held.isEmpty()) {
            String other = LetterWatch.holder(requests, facts.name()).orElse("another client");
            if (other.equals(holder)) {
                return Optional.of(UNKNOWN);
            }
            return Optional.of(new Verdict(
                    Reason.WAITING_FOR_REDRIVE,
                    "the stream %s is being worked on for %s: this Redrive begins when that has ended"
                            .formatted(facts.name(), other)));
        }
        try (LetterWatch watch = held.get()) {
            holds = true;
            session.run(notes, floor, watch, dead).ifPresent(notes::ended);
        } finally {
            holds = false;
        }
        return Optional.empty();
    }

    /** One for all attempts, since it remembers what was sent; what it counts is counted anew. */
    private DeadAgain deadAgain(LetterStream stream) {
        progress.forgetDeadAgain();
        DeadAgain known = deadAgain;
        if (known == null || !known.isOf(stream)) {
            known = new DeadAgain(stream, Objects.requireNonNullElseGet(progress.started(), this::now));
            deadAgain = known;
        }
        return known;
    }

    private boolean isOwn(Ledger ledger) {
        return ledger.uid().equals(task.uid());
    }

    private Instant now() {
        return clock.instant();
    }
}
