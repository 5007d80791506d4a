package io.jetwright.eventlogger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the bodies of requests. What has come of all of them is limited, in all and for each client, and so is what messages are
 * being made of, since that takes several times as much. What does not fit waits, or is refused.
 */
final class RequestBodies {
    private static final Logger LOG = LoggerFactory.getLogger(RequestBodies.class);

    /** By how many bytes a request may be larger than the message that it becomes. */
    static final int OVERHEAD = MemoryBudget.MESSAGE_OVERHEAD;

    /** Taken at a time, as the body comes. */
    private static final int PIECE = 16 << 10;

    /** How long a client may take for a piece. */
    private static final Duration PIECE_TIMEOUT = Duration.ofSeconds(20);

    private final Room room;
    private final Room publishing;
    private final int largest;
    private final Duration timeout;
    private final Map<String, Integer> used = new ConcurrentHashMap<>();

    RequestBodies(MemoryBudget budget) {
        this(budget, Duration.ofSeconds(Problem.RETRY_AFTER));
    }

    /**
     * @param timeout how long a request waits until others have been answered
     */
    RequestBodies(MemoryBudget budget, Duration timeout) {
        this.room = new Room(budget.bodies());
        this.publishing = new Room(budget.publishing());
        this.largest = budget.message();
        this.timeout = timeout;
    }

    /** What the bodies occupy. */
    Room room() {
        return room;
    }

    /** The bodies that are being used. */
    Room publishing() {
        return publishing;
    }

    /**
     * Reads a body and passes it to a function. The body counts until the function returns.
     *
     * @param contentLength in bytes, as the request says; empty if it does not say
     * @param maxMessageSize the largest message that the body may become, in bytes
     * @param using the function that uses the body
     * @return what the function returns
     * @throws Problem if the body is too large or cannot be read, if there is no room for it in time, or if the
     *     function throws it
     */
    <T> T read(
            Client client,
            OptionalLong contentLength,
            InputStream content,
            long maxMessageSize,
            Function<byte[], T> using) {
        long most = Math.min(maxMessageSize, largest - OVERHEAD);
        var body = new Body(client, contentLength, content, (int) most + OVERHEAD);
        try {
            if (contentLength.orElse(0) > most + OVERHEAD || !body.read()) {
                body.discard();
                throw Problem.tooLarge(most);
            }
            int share = Math.clamp(body.size, 1, publishing.capacity());
            take(publishing, share);
            try {
                return using.apply(body.bytes());
            } finally {
                publishing.giveBack(share);
            }
        } finally {
            body.close();
        }
    }

    private void take(Room from, int bytes) {
        try {
            if (!from.take(bytes, timeout, () -> true)) {
                throw Problem.unavailable("too many large requests are under way");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("this replica is ending");
        }
    }

    /** A body while it comes. */
    private final class Body {
        private final Client client;
        private final InputStream content;
        private final int most;
        private final int pieceSize;
        private final long began = System.nanoTime();
        private final List<byte[]> pieces = new ArrayList<>();
        private int size;
        private int taken;

        Body(Client client, OptionalLong contentLength, InputStream content, int most) {
            this.client = client;
            this.content = content;
            this.most = most;
            this.pieceSize = Math.clamp(contentLength.orElse(PIECE) + 1, 1, PIECE);
        }

        /** Reads to the end; false if there is more than may be. */
        boolean read() {
            int wanted;
            int last;
            do {
                take();
                wanted = Math.min(pieceSize, most + 1 - size);
                byte[] piece = next(wanted);
                last = piece.length;
                size += last;
                pieces.add(piece);
            } while (last == wanted && size <= most);
            return size <= most;
        }

        /** Room for the next piece. One client has half of it at most, so that there is some for others, too. */
        private void take() {
            if (used.merge(client.name(), PIECE, Integer::sum) > Math.max(room.capacity() / 2, largest + PIECE)) {
                leave(PIECE);
                throw Problem.unavailable("too many large requests of this address are under way");
            }
            boolean isTaken = false;
            try {
                RequestBodies.this.take(room, PIECE);
                isTaken = true;
                taken += PIECE;
            } finally {
                if (!isTaken) {
                    leave(PIECE);
                }
            }
        }

        private void leave(int bytes) {
            used.computeIfPresent(client.name(), (name, all) -> all > bytes ? all - bytes : null);
        }

        /** What comes next; less than wanted at the end. */
        private byte[] next(int wanted) {
            long left = Deadline.toTake(size).toNanos() - (System.nanoTime() - began);
            client.deadline().set(Duration.ofNanos(Math.clamp(left, 0, PIECE_TIMEOUT.toNanos())));
            try {
                return content.readNBytes(wanted);
            } catch (IOException | RuntimeException e) {
                LOG.debug("a body cannot be read: {}", e.toString());
                throw Problem.unreadable();
            } finally {
                client.deadline().clear();
            }
        }

        /**
         * Reads on without keeping anything, since most clients read the answer only after they have sent the whole body.
         * Stops after as many bytes as the capacity; Helidon then closes the connection.
         */
        void discard() {
            pieces.clear();
            long discarded = 0;
            for (int last = PIECE; last == PIECE && discarded < room.capacity(); discarded += last) {
                last = next(PIECE).length;
                size += last;
            }
        }

        byte[] bytes() {
            byte[] bytes = new byte[size];
            int end = 0;
            for (byte[] piece : pieces) {
                System.arraycopy(piece, 0, bytes, end, piece.length);
                end += piece.length;
            }
            pieces.clear();
            return bytes;
        }

        void close() {
            room.giveBack(taken);
            leave(taken);
        }
    }
}
