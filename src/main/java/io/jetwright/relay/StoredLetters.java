package io.jetwright.relay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import io.jetwright.letter.Death;
import io.jetwright.letter.LetterHeaders;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which letters are stored in a stream, as far as somebody asked: it is read from where the question begins, and then on from
 * there. Only headers are read. Bounded; what is forgotten is read again. Safe for use by several threads.
 */
final class StoredLetters {
    private static final Duration INACTIVE = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int BATCH = 500;
    private static final int NO_MESSAGES = 404;
    private static final int EXPIRED = 408;

    private final NatsConnection connection;
    private final String stream;
    private final int capacity;

    /** When each was stored, by a hash of what identifies it; the oldest first. */
    private final Map<Long, Instant> stored = new LinkedHashMap<>();

    /** What identifies letters that were looked for and that the reader has not come by. */
    private final Set<Long> absent = new HashSet<>();

    private @Nullable Reader reader;

    /** All that were stored since are known. */
    private Instant since = Instant.MAX;

    /** An ephemeral consumer, and how far it has come. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Reader(String name, Connection over, long[] delivered) {}

    /**
     * Nothing is read yet.
     *
     * @param capacity how many letters are remembered
     */
    StoredLetters(NatsConnection connection, String stream, int capacity) {
        this.connection = connection;
        this.stream = stream;
        this.capacity = capacity;
    }

    /**
     * Whether the letter of a death is stored now.
     *
     * @param from the letter is no older
     */
    synchronized boolean contains(Death death, Instant from) throws JetStreamException {
        Set<Long> wanted = hashes(death);
        if (isReading() && wanted.stream().anyMatch(stored::containsKey)) {
            return true;
        }
        if (!isReading() || (from.isBefore(since) && !absent.containsAll(wanted))) {
            begin(from);
        }
        try {
            return !readOn(wanted).isEmpty();
        } catch (JetStreamException | IllegalStateException e) {
            // the consumer may have been deleted meanwhile: from the beginning
            begin(from);
            return !readOn(wanted).isEmpty();
        }
    }

    /**
     * Looks for the letters of many deaths at once. Of those that have none, {@link #contains} then needs to look only at what is stored
     * afterwards.
     *
     * @param deaths kept in memory until others are looked for
     * @param from none of the letters is older
     */
    synchronized void look(Collection<Death> deaths, Instant from) throws JetStreamException {
        if (!isReading() || from.isBefore(since)) {
            begin(from);
        }
        Set<Long> wanted =
                deaths.stream().flatMap(death -> hashes(death).stream()).collect(Collectors.toSet());
        wanted.removeAll(stored.keySet());
        wanted.removeAll(readOn(wanted));
        absent.clear();
        absent.addAll(wanted);
    }

    private boolean isReading() throws JetStreamException {
        return reader != null && reader.over() == connection.connection();
    }

    private static Set<Long> hashes(Death death) {
        String sweptOrNot = (death.id().startsWith("sweep/") ? "key " : "swept ") + death.key();
        return Set.of(hash(death.id()), hash(sweptOrNot));
    }

    private void begin(Instant from) throws JetStreamException {
        stored.clear();
        absent.clear();
        reader = null;
        String name = "jetwright-look-" + UUID.randomUUID();
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("stream_name", stream);
        request.putObject("config")
                .put("name", name)
                .put("deliver_policy", "by_start_time")
                .put("opt_start_time", from.toString())
                .put("ack_policy", "none")
                .put("headers_only", true)
                .put("mem_storage", true)
                .put("num_replicas", 1)
                .put("inactive_threshold", INACTIVE.toNanos());
        Connection over = connection.connection();
        connection.api("CONSUMER.CREATE.%s.%s".formatted(stream, name), request);
        since = from;
        reader = new Reader(name, over, new long[1]);
    }

    /** Reads what there is, and returns which of these are among it, even if they are forgotten already. */
    private Set<Long> readOn(Set<Long> wanted) throws JetStreamException {
        Reader current = Objects.requireNonNull(reader);
        Subscription answers = current.over().subscribe(current.over().createInbox());
        try {
            Set<Long> found = new HashSet<>();
            LongConsumer seen = hash -> {
                if (wanted.contains(hash)) {
                    found.add(hash);
                }
            };
            while (readPart(current, answers, seen)) {
                // the next part
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            try {
                answers.unsubscribe();
            } catch (IllegalStateException e) {
                // the connection is closed, and with it the subscription
            }
        }
    }

    /** Returns false if there are no more. */
    private boolean readPart(Reader current, Subscription answers, LongConsumer seen) throws InterruptedException {
        current.over()
                .publish(
                        "%s.CONSUMER.MSG.NEXT.%s.%s"
                                .formatted(connection.settings().apiPrefix(), stream, current.name()),
                        answers.getSubject(),
                        "{\"batch\":%d,\"no_wait\":true}".formatted(BATCH).getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < BATCH; i++) {
            Message message = answers.nextMessage(PATIENCE);
            if (message == null) {
                throw new IllegalStateException("the stream %s is silent".formatted(stream));
            }
            if (message.isStatusMessage()) {
                int code = message.getStatus().getCode();
                if (code == NO_MESSAGES || code == EXPIRED) {
                    return false;
                }
                throw new IllegalStateException(message.getStatus().getMessageWithCode());
            }
            if (message.metaData().consumerSequence() != ++current.delivered()[0]) {
                throw new IllegalStateException("a message of %s was lost on its way".formatted(stream));
            }
            remember(message, seen);
            if (message.metaData().pendingCount() == 0) {
                return false;
            }
        }
        return true;
    }

    private void remember(Message message, LongConsumer seen) {
        Headers headers = message.getHeaders();
        if (headers == null) {
            return;
        }
        String id = headers.getFirst(LetterHeaders.ID);
        String source = headers.getFirst(LetterHeaders.STREAM);
        String consumer = headers.getFirst(LetterHeaders.CONSUMER);
        String sequence = headers.getFirst(LetterHeaders.SEQUENCE);
        if (id == null || source == null || consumer == null || sequence == null) {
            return;
        }
        Instant time = message.metaData().timestamp().toInstant();
        String key = Death.key(source, consumer, sequence);
        put(hash(id), time, seen);
        put(hash("key " + key), time, seen);
        if (id.startsWith("sweep/")) {
            put(hash("swept " + key), time, seen);
        }
        while (stored.size() > capacity) {
            var oldest = stored.entrySet().iterator();
            since = oldest.next().getValue().plusNanos(1);
            oldest.remove();
        }
    }

    private void put(long hash, Instant time, LongConsumer seen) {
        stored.put(hash, time);
        absent.remove(hash);
        seen.accept(hash);
    }

    /** With 64 bits, one in a hundred million millions would be taken for another one. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            hash ^= each & 0xff;
            hash *= 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        hash *= 0xd6e8feb86659fd93L;
        return hash ^ (hash >>> 32);
    }
}
