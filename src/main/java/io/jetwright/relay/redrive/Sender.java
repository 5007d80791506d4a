package io.jetwright.relay.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters, many at a time, and removes each when JetStream has confirmed its message. What may be on its way is
 * known as {@link #open}.
 */
final class Sender {
    private static final int MAX_MESSAGES = 512;

    /** How much may be on its way, in KiB. */
    private static final int MAX_KIBIBYTES = 16 << 10;

    /** How long those may take that are on their way: publication and removal, each with its answer. */
    private static final Duration SETTLING = Requests.TIMEOUT.multipliedBy(3);

    private final Requests requests;
    private final LetterStream stream;
    private final Progress progress;
    private final DeadAgain deadAgain;
    private final Memory memory;
    private final Semaphore messages = new Semaphore(MAX_MESSAGES);
    private final Semaphore kibibytes = new Semaphore(MAX_KIBIBYTES);
    private final ConcurrentSkipListSet<Long> open;
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

    /** The last sequences that were confirmed, by stream. */
    private final Map<String, Long> reached = new ConcurrentHashMap<>();

    private final Deque<Portion> portions = new ArrayDeque<>();

    /** What was announced at once, and what was reached then. */
    private record Portion(Set<Long> sequences, Map<String, Long> reached) {}

    /**
     * A sender.
     *
     * @param memory is told of what is sent
     * @param open those that may have been sent before
     */
    Sender(
            Requests requests,
            LetterStream stream,
            Progress progress,
            DeadAgain deadAgain,
            Memory memory,
            NavigableSet<Long> open) {
        this.requests = requests;
        this.stream = stream;
        this.progress = progress;
        this.deadAgain = deadAgain;
        this.memory = memory;
        this.open = new ConcurrentSkipListSet<>(open);
    }

    /**
     * The sequences of those that may have been sent, and are not known to be removed, as of now. They are copied one by one:
     * a copy of the sorted set as a whole relies on its size, which changes meanwhile.
     */
    NavigableSet<Long> open() {
        NavigableSet<Long> copy = new TreeSet<>();
        open.iterator().forEachRemaining(copy::add);
        return copy;
    }

    /** These are about to be sent, once that is noted. */
    void announce(NavigableSet<Long> sequences) {
        open.addAll(sequences);
        memory.announced(sequences);
        portions.addLast(new Portion(Set.copyOf(sequences), Map.copyOf(reached)));
    }

    /**
     * By the names of streams a sequence that is lower than those of all messages that are open, as far as they were announced; as
     * high as it is known.
     */
    Map<String, Long> reachedBeforeOpen() {
        while (!portions.isEmpty() && Collections.disjoint(portions.getFirst().sequences(), open)) {
            portions.removeFirst();
        }
        return portions.isEmpty() ? Map.copyOf(reached) : portions.getFirst().reached();
    }

    /** These were not sent after all, or are no business of this Redrive. */
    void forget(NavigableSet<Long> sequences) {
        open.removeAll(sequences);
        memory.forget(sequences);
    }

    /**
     * Sends a message, as soon as there is room for it.
     *
     * @throws IOException if an earlier one has failed
     */
    void send(StoredLetter letter, Destination.To there) throws IOException, InterruptedException {
        Message message = RedrivenMessage.of(letter, stream, there.subject(), there.stream());
        int size = Math.min(MAX_KIBIBYTES, 1 + (letter.payload().length >> 10));
        messages.acquire();
        kibibytes.acquire(size);
        IOException earlier = failure.get();
        if (earlier != null) {
            release(size);
            throw earlier;
        }
        memory.sent(letter.sequence());
        try {
            var unused = requests.publish(message).whenComplete((answer, problem) -> {
                boolean isDone = problem != null
                        ? failed(Requests.noAnswer(there.subject(), problem))
                        : confirmed(letter, there, answer, size);
                if (isDone) {
                    release(size);
                }
            });
        } catch (IllegalStateException | IllegalArgumentException e) {
            release(size);
            throw new IOException("a message on %s cannot be sent: %s".formatted(there.subject(), e.getMessage()), e);
        }
    }

    private void release(int size) {
        kibibytes.release(size);
        messages.release();
    }

    private boolean failed(IOException problem) {
        failure.compareAndSet(null, problem);
        return true;
    }

    /** Returns whether nothing follows. */
    private boolean confirmed(StoredLetter letter, Destination.To there, Message answer, int size) {
        try {
            JsonNode confirmation = Requests.read(there.subject(), answer);
            memory.confirmed(letter.sequence());
            String target = confirmation.path("stream").asText();
            long sequence = confirmation.path("seq").asLong();
            reached.merge(target, sequence, Math::max);
            deadAgain.sent(target, sequence);
        } catch (ApiRefusal e) {
            open.remove(letter.sequence());
            if (e.code() == ApiRefusal.MESSAGE_TOO_LARGE) {
                progress.refused();
                return true;
            }
            return failed(e);
        } catch (IOException e) {
            return failed(e);
        }
        remove(letter.sequence(), size);
        return false;
    }

    private void remove(long sequence, int size) {
        String subject = requests.subject("STREAM.MSG.DELETE." + stream.name());
        try {
            var unused = requests.send(
                            subject, Requests.body().put("seq", sequence).put("no_erase", true))
                    .whenComplete((answer, problem) -> {
                        if (problem != null) {
                            failed(Requests.noAnswer(subject, problem));
                        } else {
                            removed(subject, sequence, answer);
                        }
                        release(size);
                    });
        } catch (IllegalStateException e) {
            failed(Requests.noAnswer(subject, e));
            release(size);
        }
    }

    private void removed(String subject, long sequence, Message answer) {
        try {
            Requests.read(subject, answer);
        } catch (ApiRefusal e) {
            if (!e.saysThatMessageIsGone()) {
                failed(e);
                return;
            }
        } catch (IOException e) {
            failed(e);
            return;
        }
        open.remove(sequence);
        memory.forget(Set.of(sequence));
        progress.sent();
    }

    /**
     * Waits until nothing is on its way any more.
     *
     * @throws IOException if something has failed
     */
    void settle() throws IOException, InterruptedException {
        if (!messages.tryAcquire(MAX_MESSAGES, SETTLING.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("JetStream does not confirm what was sent, for %s".formatted(SETTLING));
        }
        messages.release(MAX_MESSAGES);
        IOException problem = failure.get();
        if (problem != null) {
            throw problem;
        }
    }
}
