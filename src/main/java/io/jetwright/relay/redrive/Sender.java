package io.jetwright.relay.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.NavigableSet;
import java.util.TreeSet;
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
    private final Semaphore messages = new Semaphore(MAX_MESSAGES);
    private final Semaphore kibibytes = new Semaphore(MAX_KIBIBYTES);
    private final ConcurrentSkipListSet<Long> open;
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

    /**
     * A sender.
     *
     * @param open those that may have been sent before
     */
    Sender(Requests requests, LetterStream stream, Progress progress, DeadAgain deadAgain, NavigableSet<Long> open) {
        this.requests = requests;
        this.stream = stream;
        this.progress = progress;
        this.deadAgain = deadAgain;
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

    /** These are about to be sent. */
    void announce(NavigableSet<Long> sequences) {
        open.addAll(sequences);
    }

    /** These were not sent after all, or are no business of this Redrive. */
    void forget(NavigableSet<Long> sequences) {
        open.removeAll(sequences);
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
            deadAgain.sent(
                    confirmation.path("stream").asText(),
                    confirmation.path("seq").asLong());
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
