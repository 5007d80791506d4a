package io.jetwright.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import io.jetwright.letter.Death;
import io.jetwright.letter.Letter;
import io.jetwright.letter.LetterHeaders;
import io.jetwright.relay.SubjectPositions.Position;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Stores letters in a stream, each of them once: whoever comes late with one that another relay has stored is refused by the server,
 * since the letter names the last one of its subject that it may follow. Safe for use by several threads.
 */
final class LetterStore {
    private static final int WRONG_LAST_SEQUENCE = 10071;
    private static final int WRONG_LAST_SEQUENCE_CONSTANT = 10164;
    private static final int WRONG_STREAM = 10060;
    private static final int NO_MESSAGE = 10037;
    private static final int SUBJECTS = 10_000;
    private static final int LETTERS = 100_000;
    private static final int ATTEMPTS = 10;

    /** How much the clocks of servers may differ. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final NatsConnection connection;
    private final String stream;
    private final SubjectPositions positions = new SubjectPositions(SUBJECTS);
    private final StoredLetters stored;
    private final ReentrantLock[] locks =
            IntStream.range(0, 64).mapToObj(i -> new ReentrantLock(true)).toArray(ReentrantLock[]::new);

    /** What the sweep has found, for the case that its advisory comes after all. */
    private final Set<String> swept = ConcurrentHashMap.newKeySet();

    /**
     * What may have been before a letter is stored.
     *
     * @param isNew whether no relay can have had the advisory before it was asked for
     * @param asked when the advisory was asked for, of {@link System#nanoTime}
     * @param since a letter of this death that is stored is no older
     */
    record History(boolean isNew, long asked, Instant since) {}

    LetterStore(NatsConnection connection, String stream) {
        this.connection = connection;
        this.stream = stream;
        this.stored = new StoredLetters(connection, stream, LETTERS);
    }

    /**
     * The sweep stores the letters of these deaths. Should their advisories come, the letters are looked for.
     *
     * @param since no letter of them is older
     */
    void areSwept(List<Death> deaths, Instant since) throws JetStreamException {
        if (swept.size() >= SUBJECTS) {
            swept.clear();
        }
        deaths.forEach(death -> swept.add(death.key()));
        stored.look(deaths, since.minus(SKEW));
    }

    /**
     * Stores a letter, unless it is stored.
     *
     * @param history what may have been before
     * @return whether it was not stored before
     * @throws Obstacle if the stream does not take it
     */
    boolean store(Letter letter, History history) throws JetStreamException, Obstacle {
        boolean isNew = history.isNew() && !swept.contains(letter.death().key());
        ReentrantLock lock = locks[Math.floorMod(letter.subject().hashCode(), locks.length)];
        lock.lock();
        try {
            Optional<Position> known = positions.get(letter.subject());
            Position position = isNew && known.isEmpty() ? find(letter.subject()) : known.orElse(null);
            if (isNew && position != null && position.isGoodFor(history.asked())) {
                Optional<Boolean> done = publish(letter, position);
                if (done.isPresent()) {
                    return done.get();
                }
            }
            return storeAfterLooking(letter, history.since().minus(SKEW));
        } finally {
            lock.unlock();
        }
    }

    private boolean storeAfterLooking(Letter letter, Instant from) throws JetStreamException, Obstacle {
        for (int i = 0; i < ATTEMPTS; i++) {
            // in this order: what is stored up to the position is looked at afterwards
            Position position = find(letter.subject());
            if (stored.contains(letter.death(), from)) {
                return false;
            }
            Optional<Boolean> done = publish(letter, position);
            if (done.isPresent()) {
                return done.get();
            }
        }
        throw new Obstacle("others write to the subject %s of stream %s all the time: have no others write there"
                .formatted(letter.subject(), stream));
    }

    private Position find(String subject) throws JetStreamException {
        long last;
        try {
            last = connection
                    .api(
                            "STREAM.MSG.GET." + stream,
                            JsonNodeFactory.instance.objectNode().put("last_by_subj", subject))
                    .at("/message/seq")
                    .asLong();
        } catch (JetStreamException.Rejected e) {
            if (e.code() != NO_MESSAGE) {
                throw e;
            }
            last = 0;
        }
        var position = new Position(last, System.nanoTime());
        positions.put(subject, position);
        return position;
    }

    /** Returns whether it was not stored before; empty if there are other letters than the position says. */
    private Optional<Boolean> publish(Letter letter, Position position) throws JetStreamException, Obstacle {
        try {
            JsonNode answer = connection.publish(letter.subject(), headers(letter, position.last()), letter.payload());
            boolean isDuplicate = answer.path("duplicate").asBoolean();
            if (isDuplicate) {
                positions.forget(letter.subject());
            } else {
                positions.put(letter.subject(), position.next(answer.path("seq").asLong()));
            }
            return Optional.of(!isDuplicate);
        } catch (JetStreamException.Disabled e) {
            throw new Obstacle(
                    "no stream has the subject %s: add it to the subjects of stream %s, or correct spec.deadLetter.subject"
                            .formatted(letter.subject(), stream));
        } catch (JetStreamException.NoResponders e) {
            throw new Obstacle(
                    "nobody takes the subject %s here, where JetStream is reached by %s: add it to the subjects of stream %s, have the account import it where it imports that API, or correct spec.deadLetter.subject"
                            .formatted(letter.subject(), connection.settings().apiPrefix(), stream));
        } catch (JetStreamException.Rejected e) {
            positions.forget(letter.subject());
            switch (e.code()) {
                case WRONG_LAST_SEQUENCE, WRONG_LAST_SEQUENCE_CONSTANT -> {
                    return Optional.empty();
                }
                case WRONG_STREAM ->
                    throw new Obstacle(
                            "the subject %s belongs to another stream than %s: correct spec.deadLetter.subject, or spec.deadLetter.streamRef"
                                    .formatted(letter.subject(), stream));
                default -> throw e;
            }
        } catch (JetStreamException e) {
            // it may have been stored, or not
            positions.forget(letter.subject());
            throw e;
        }
    }

    private Headers headers(Letter letter, long last) {
        var headers = new Headers();
        letter.headers().forEach(each -> headers.add(each.name(), each.value()));
        headers.put("Nats-Msg-Id", letter.death().id());
        headers.put("Nats-Expected-Stream", stream);
        headers.put("Nats-Expected-Last-Subject-Sequence", Long.toString(last));
        return headers;
    }

    /** What {@link #store} adds to a letter's headers, in bytes. */
    int addedBytes(Letter letter) {
        return "Nats-Msg-Id:\r\nNats-Expected-Stream:\r\nNats-Expected-Last-Subject-Sequence:\r\n".length()
                + letter.death().id().length()
                + stream.length()
                + Long.toString(Long.MAX_VALUE).length()
                + LetterHeaders.PREFIX.length();
    }
}
