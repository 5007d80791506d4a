package io.jetwright.eventlogger;

import static io.jetwright.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.nats.client.JetStreamApiException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventFeedTest {
    private static final EventQuery ALL = query(null, null, null);

    private static final MemoryBudget BUDGET = MemoryBudget.of(128 << 20);

    private final EventLog log = new EventLog(3, 1 << 20);
    private final FakeCursors cursors = new FakeCursors();
    private final EventFeed feed = new EventFeed(log, cursors, BUDGET);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private @Nullable CompletableFuture<Void> listening;

    private static EventQuery query(@Nullable String limit, @Nullable String name, @Nullable String since) {
        return EventQuery.of(Optional.ofNullable(limit), Optional.ofNullable(name), Optional.ofNullable(since));
    }

    private void append(long... sequences) {
        for (long sequence : sequences) {
            append(sequence, "name");
        }
    }

    private void append(long sequence, String name) {
        log.append(event(sequence, name));
    }

    private static Event event(long sequence, String name) {
        return new Event(sequence, name, Instant.ofEpochSecond(sequence), "{}".getBytes(UTF_8));
    }

    private void listen(EventQuery query, Optional<LastEventId> lastSeen) {
        feed.enter();
        listening = CompletableFuture.runAsync(
                () -> {
                    try {
                        feed.serve(out, new Deadline(), query, lastSeen);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private void listen() {
        listen(ALL, Optional.empty());
    }

    private void listenAfter(long lastSeen) {
        listen(
                ALL,
                Optional.of(new LastEventId(Optional.of(event(lastSeen, "name").id()))));
    }

    private List<Long> received() {
        return out.toString(UTF_8)
                .lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> Long.valueOf(line.substring("id: ".length(), line.indexOf('-'))))
                .toList();
    }

    private void awaitReceived(Long... sequences) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(received()).containsExactly(sequences));
    }

    @AfterEach
    void end() {
        feed.close();
        if (listening != null) {
            listening.join();
        }
    }

    @Test
    void aListenerGetsTheHistoryAndThenNewEvents() {
        log.restart(1, Instant.EPOCH);
        append(1, 2, 3, 4);
        listen();
        awaitReceived(2L, 3L, 4L);

        append(5, 6);

        awaitReceived(2L, 3L, 4L, 5L, 6L);
        assertThat(out.toString(UTF_8))
                .startsWith("retry: 2000\n\nid: 2-" + Long.toString(2_000_000_000L, 36) + "\ndata: {}\n\nid: 3-");
    }

    @Test
    void aListenerWaitsUntilTheLogHasBegun() {
        listen();
        await().until(() -> out.size() > 0);
        assertThat(received()).isEmpty();

        log.restart(1, Instant.EPOCH);
        append(1);

        awaitReceived(1L);
    }

    @Test
    void aListenerGetsOnlyTheNamesThatItAsksFor() {
        log.restart(1, Instant.EPOCH);
        append(1, "user.login");
        append(2, "deploy");
        listen(query(null, "user.*", null), Optional.empty());
        awaitReceived(1L);

        append(3, "deploy");
        append(4, "user.logout");

        awaitReceived(1L, 4L);
    }

    @Test
    void aLimitAppliesToTheHistoryOnly() {
        log.restart(1, Instant.EPOCH);
        append(1, 2, 3);
        listen(query("1", null, null), Optional.empty());
        awaitReceived(3L);

        append(4, 5);

        awaitReceived(3L, 4L, 5L);
    }

    @Test
    void aListenerThatComesBackGetsWhatItHasMissed() {
        log.restart(1, Instant.EPOCH);
        append(1, 2, 3, 4, 5);
        listenAfter(2);

        awaitReceived(3L, 4L, 5L);
        assertThat(cursors.opened).isEmpty();
    }

    @Test
    void whatTheLogHasDroppedIsReadFromTheStream() {
        log.restart(101, Instant.EPOCH);
        append(101, 102, 103);
        cursors.stream = new long[] {50, 60, 90, 101, 102, 103};
        listenAfter(50);
        awaitReceived(60L, 90L, 101L, 102L, 103L);

        append(104);

        awaitReceived(60L, 90L, 101L, 102L, 103L, 104L);
        assertThat(cursors.opened).containsExactly("sequence 50");
    }

    @Test
    void aStreamThatCannotBeReadIsTriedAgain() {
        log.restart(101, Instant.EPOCH);
        append(101);
        cursors.unavailable = 1;
        cursors.stream = new long[] {100, 101};
        listenAfter(50);

        awaitReceived(100L, 101L);
        assertThat(cursors.opened).containsExactly("sequence 50", "sequence 50");
    }

    @Test
    void aCursorThatEndsEarlyIsContinuedAfterItsLastEvent() {
        log.restart(103, Instant.EPOCH);
        append(103);
        cursors.stream = new long[] {50, 60, 101, 102, 103};
        cursors.atMost = 2;
        listenAfter(50);

        awaitReceived(60L, 101L, 102L, 103L);
        assertThat(cursors.opened).containsExactly("sequence 50", "sequence 61");
    }

    @Test
    void whoComesFromAStreamWithMoreEventsGetsAllThatThereAre() {
        log.restart(4, Instant.EPOCH);
        append(4, 5);
        cursors.stream = new long[] {1, 3, 4, 5};
        cursors.last = OptionalLong.of(5);
        listenAfter(500);

        awaitReceived(1L, 3L, 4L, 5L);
    }

    @Test
    void whoHasSeenAnotherEventWithTheSameSequenceGetsAllThatThereAre() {
        log.restart(4, Instant.EPOCH);
        append(4, 5);
        cursors.stream = new long[] {1, 3, 4, 5};
        listen(ALL, Optional.of(new LastEventId(Optional.of(new EventId(3, 1)))));

        awaitReceived(1L, 3L, 4L, 5L);
    }

    @Test
    void whoHasSeenALaterEventThanTheNextOneGetsAllThatThereAre() {
        log.restart(4, Instant.EPOCH);
        append(4, 5);
        cursors.stream = new long[] {1, 3, 4, 5};
        listen(ALL, Optional.of(new LastEventId(Optional.of(new EventId(2, Long.MAX_VALUE)))));

        awaitReceived(1L, 3L, 4L, 5L);
    }

    @Test
    void aMereSequenceIsNotTaken() {
        log.restart(1, Instant.EPOCH);
        append(1, 2, 3);
        listen(ALL, Optional.of(LastEventId.parse("2")));
        cursors.stream = new long[] {1, 2, 3};

        awaitReceived(1L, 2L, 3L);
    }

    @Test
    void anEventThatTheLogDoesNotHaveYetIsTaken() {
        log.restart(1, Instant.EPOCH);
        append(1, 2);
        cursors.stream = new long[] {1, 2, 3};
        listenAfter(3);
        await().until(() -> !cursors.opened.isEmpty());

        append(3, 4);

        awaitReceived(4L);
    }

    @Test
    void aListenerThatIsBehindAStreamThatIsSetBackGetsAllOfIt() {
        log.restart(101, Instant.EPOCH);
        append(101);
        cursors.unavailable = Integer.MAX_VALUE;
        listenAfter(50);
        await().until(() -> !cursors.opened.isEmpty());

        log.restart(1, Instant.EPOCH);
        append(1, 2);

        awaitReceived(1L, 2L);
    }

    @Test
    void theNameIsGivenToTheStream() {
        log.restart(101, Instant.EPOCH);
        append(101);
        cursors.stream = new long[] {50, 60, 101};
        listen(
                query(null, "name", null),
                Optional.of(new LastEventId(Optional.of(event(50, "name").id()))));

        awaitReceived(60L, 101L);
        assertThat(cursors.opened).containsExactly("sequence 50 name name");
    }

    @Test
    void eventsSinceATimeAreReadFromTheStream() {
        log.restart(1, Instant.EPOCH);
        append(1, 2, 3);
        cursors.stream = new long[] {2, 3};
        listen(query(null, null, "1970-01-01T00:00:02Z"), Optional.empty());

        awaitReceived(2L, 3L);
        assertThat(cursors.opened).containsExactly("time 1970-01-01T00:00:02Z");
    }

    @Test
    void eventsSinceASequenceBeginWithIt() {
        log.restart(1, Instant.EPOCH);
        append(1, 2, 3, 4, 5);
        listen(query(null, null, "2"), Optional.empty());

        awaitReceived(2L, 3L, 4L, 5L);
    }

    @Test
    void aStreamThatIsCreatedAgainIsSentFromItsBeginning() {
        log.restart(1, Instant.EPOCH);
        append(1, 2, 3);
        listen();
        awaitReceived(1L, 2L, 3L);

        log.restart(1, Instant.EPOCH);
        append(1, 2);

        awaitReceived(1L, 2L, 3L, 1L, 2L);
    }

    @Test
    void listenersAreCountedUntilTheyGo() {
        log.restart(1, Instant.EPOCH);
        listen();
        assertThat(feed.listeners()).isEqualTo(1);

        end();

        assertThat(feed.listeners()).isZero();
    }

    @Test
    void aListenerThatIsGoneIsNotCountedAnyMore() {
        feed.enter();

        assertThatIOException().isThrownBy(() -> feed.serve(closed(), new Deadline(), ALL, Optional.empty()));

        assertThat(feed.listeners()).isZero();
    }

    private static OutputStream closed() throws IOException {
        OutputStream out = OutputStream.nullOutputStream();
        out.close();
        return out;
    }

    @Test
    void thereAreNoMoreListenersThanTheMaximum() {
        for (int i = 0; i < BUDGET.listeners(); i++) {
            feed.enter();
        }

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(feed::enter)
                .withMessage("there are 1000 listeners already")
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(503));
        assertThat(feed.listeners()).isEqualTo(BUDGET.listeners());
    }

    @Test
    void aClosedFeedTakesNoListeners() {
        feed.close();

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(feed::enter)
                .withMessage("this replica is ending")
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(503));
        assertThat(feed.listeners()).isZero();
    }

    /** A stream whose sequences are given by tests. */
    private static final class FakeCursors implements StreamCursors {
        private final List<String> opened = new CopyOnWriteArrayList<>();
        private long[] stream = {};
        private int unavailable;
        private int atMost = Integer.MAX_VALUE;
        private OptionalLong last = OptionalLong.empty();

        @Override
        public @Nullable StreamCursor open(StreamCursor.Request request) throws IOException, JetStreamApiException {
            Instant time = request.time();
            opened.add((time == null ? "sequence " + request.sequence() : "time " + time)
                    + (request.name() == null ? "" : " name " + request.name()));
            return open(time == null ? request.sequence() : time.getEpochSecond());
        }

        private @Nullable StreamCursor open(long first) throws IOException, JetStreamApiException {
            if (unavailable-- > 0) {
                return null;
            }
            long[] rest =
                    Arrays.stream(stream).filter(sequence -> sequence >= first).toArray();
            return StreamCursor.of(FakeOrderedMessages.of(rest).limit(atMost), StreamFixtures.DECODER);
        }

        @Override
        public OptionalLong lastSequence() {
            return last;
        }
    }
}
