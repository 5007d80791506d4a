package io.jetwright.eventlogger;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the bodies of requests: limits the size of each, and the memory that all of them occupy at the same time. */
final class RequestBodies {
    private static final Logger LOG = LoggerFactory.getLogger(RequestBodies.class);
    private static final int CAPACITY = 16 << 20;

    /** By how many bytes a request may be larger than the message that it becomes. */
    static final int OVERHEAD = 64 << 10;

    private final int capacity;
    private final Duration timeout;
    private final Semaphore free;

    RequestBodies() {
        this(CAPACITY, Duration.ofSeconds(Problem.RETRY_AFTER));
    }

    /**
     * @param capacity what all bodies may occupy at the same time, in bytes
     * @param timeout how long a request waits until others have been answered
     */
    RequestBodies(int capacity, Duration timeout) {
        this.capacity = capacity;
        this.timeout = timeout;
        this.free = new Semaphore(capacity);
    }

    /**
     * Reads a body and passes it to a function. The body counts against the capacity until the function returns.
     *
     * @param contentLength in bytes, as the request says; empty if it does not say
     * @param maxMessageSize the largest message that the body may become, in bytes
     * @param using the function that uses the body
     * @return what the function returns
     * @throws Problem if the body is too large or cannot be read, if there is no room for it in time, or if the
     *     function throws it
     */
    <T> T read(OptionalLong contentLength, InputStream content, long maxMessageSize, Function<byte[], T> using) {
        long limit = maxMessageSize + OVERHEAD;
        long length = contentLength.orElse(limit);
        if (length > limit) {
            discard(content);
            throw Problem.tooLarge(maxMessageSize);
        }
        int room = (int) Math.min(Math.max(length, 1), capacity);
        acquire(room);
        try {
            byte[] body = read(content, (int) Math.min(limit + 1, capacity));
            if (body.length > limit) {
                discard(content);
                throw Problem.tooLarge(maxMessageSize);
            }
            return using.apply(body);
        } finally {
            free.release(room);
        }
    }

    private void acquire(int room) {
        try {
            if (!free.tryAcquire(room, timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Problem.unavailable("too many large requests are under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("this replica is ending");
        }
    }

    private static byte[] read(InputStream content, int max) {
        try {
            return content.readNBytes(max);
        } catch (IOException | RuntimeException e) {
            LOG.debug("a body cannot be read: {}", e.toString());
            throw Problem.unreadable();
        }
    }

    /**
     * Reads on without keeping anything, since most clients read the answer only after they have sent the whole body.
     * Stops after as many bytes as the capacity; Helidon then closes the connection.
     */
    private void discard(InputStream content) {
        long discarded = 0;
        for (int last = OVERHEAD; last == OVERHEAD && discarded < capacity; discarded += last) {
            last = read(content, OVERHEAD).length;
        }
    }
}
