package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final int MANY_BYTES = 1 << 20;
    private static final Instant BEFORE = Instant.EPOCH;

    private final EventLog log = new EventLog(3, 16 << 20);

    private void append(long... sequences) {
        for (long sequence : sequences) {
            log.append(event(sequence, 10));
        }
    }

    private static Event event(long sequence, int size) {
        return new Event(sequence, sequence % 2 == 0 ? "even" : "odd", Instant.ofEpochSecond(sequence), new byte[size]);
    }

    private List<Long> history(@Nullable String limit, @Nullable String name) {
        EventQuery query = EventQuery.of(Optional.ofNullable(limit), Optional.ofNullable(name), Optional.empty());
        return sequences(log, query);
    }

    private static List<Long> sequences(EventLog log, EventQuery query) {
        EventLog.History history = log.history(query);
        List<Event> events = LongStream.range(history.start(), history.end())
                .mapToObj(log::at)
                .map(Objects::requireNonNull)
                .filter(query::matches)
                .toList();
        assertThat(history.count()).isEqualTo(events.size());
        assertThat(history.length())
                .isEqualTo(events.stream().mapToLong(Event::length).sum());
        assertThat(history.last())
                .isEqualTo(events.isEmpty() ? null : events.getLast().id());
        return events.stream().map(Event::sequence).toList();
    }

    private static List<Long> sequences(EventLog.Batch batch) {
        return batch.events().stream().map(Event::sequence).toList();
    }

    private EventLog.Batch from(long position) throws InterruptedException {
        return Objects.requireNonNull(log.from(position, 100, MANY_BYTES, AT_ONCE));
    }

    @Test
    void theHistoryIsTheNewestOldestFirst() {
        log.restart(1, BEFORE);
        append(1, 2, 5, 6, 7);

        assertThat(history(null, null)).containsExactly(5L, 6L, 7L);
        assertThat(history("2", null)).containsExactly(6L, 7L);
        assertThat(history("0", null)).isEmpty();
        assertThat(history("100", null)).containsExactly(5L, 6L, 7L);
        assertThat(history(null, "odd")).containsExactly(5L, 7L);
        assertThat(history("1", "odd")).containsExactly(7L);
    }

    @Test
    void whatIsThereAlreadyIsNotThereTwice() {
        log.restart(1, BEFORE);
        append(1, 2, 2, 1, 3);

        assertThat(history(null, null)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void listenersGoOnFromTheHistoryWithoutGapOrRepetition() throws InterruptedException {
        log.restart(1, BEFORE);
        append(1, 2, 3, 4);
        EventLog.History history = log.history(EventQuery.of(Optional.of("1"), Optional.empty(), Optional.empty()));
        append(5, 6);

        assertThat(history.before()).isEqualTo(3);
        assertThat(sequences(from(history.start()))).containsExactly(4L, 5L, 6L);
        EventLog.Batch next = from(history.end());
        assertThat(sequences(next)).containsExactly(5L, 6L);
        assertThat(from(next.nextPosition()).events()).isEmpty();
    }

    @Test
    void aPlaceIsFoundAgainBySequenceUnlessSomethingIsMissing() throws InterruptedException {
        log.restart(101, BEFORE);
        append(101, 105);

        assertThat(sequences(from(log.positionAfter(101)))).containsExactly(105L);
        assertThat(sequences(from(log.positionAfter(103)))).containsExactly(105L);
        assertThat(sequences(from(log.positionAfter(100)))).containsExactly(101L, 105L);
        assertThat(from(log.positionAfter(105)).events()).isEmpty();
        assertThat(log.positionAfter(99)).isEqualTo(-1);
    }

    @Test
    void whoFallsTooFarBehindIsTold() throws InterruptedException {
        log.restart(1, BEFORE);
        append(1);
        long position = log.positionAfter(0);
        for (long sequence = 2; sequence < 20_000; sequence++) {
            append(sequence);
        }

        assertThat(log.from(position, 100, MANY_BYTES, AT_ONCE)).isNull();
        assertThat(log.positionAfter(1)).isEqualTo(-1);
        assertThat(history(null, null)).containsExactly(19_997L, 19_998L, 19_999L);
    }

    @Test
    void largeEventsPushOthersOut() {
        var large = new EventLog(100, 16 << 20);
        large.restart(1, BEFORE);
        for (int i = 1; i <= 50; i++) {
            large.append(event(i, 1 << 20));
        }

        List<Long> held = sequences(large, EventQuery.of(Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(held).hasSize(15).endsWith(50L);
    }

    @Test
    void whatTheStreamHasForgottenIsForgotten() {
        log.restart(1, BEFORE);
        append(1, 2, 3);
        log.trim(3);
        assertThat(history(null, null)).containsExactly(3L);
        log.trim(4);
        assertThat(history(null, null)).isEmpty();
    }

    @Test
    void aStreamThatIsMadeAnewIsToldToListeners() throws InterruptedException {
        log.restart(1, BEFORE);
        append(1, 2, 3);
        long position = log.positionAfter(2);
        log.restart(1, BEFORE);
        append(1, 2);

        assertThat(history(null, null)).containsExactly(1L, 2L);
        assertThat(log.from(position, 100, MANY_BYTES, AT_ONCE)).isNull();
        assertThat(sequences(from(log.positionAfter(0)))).containsExactly(1L, 2L);
        assertThat(from(log.positionAfter(0)).epoch()).isEqualTo(log.epoch()).isEqualTo(2);
    }

    @Test
    void whoHasAnEventOfTheLogGoesOnAfterIt() {
        log.restart(1, BEFORE);
        append(1, 2, 5);

        assertThat(log.positionAfter(event(2, 1).id())).isEqualTo(log.positionAfter(2));
        assertThat(log.positionAfter(new EventId(2, 0))).isEqualTo(-1);
        assertThat(log.positionAfter(event(3, 1).id())).isEqualTo(-1);
        assertThat(log.positionAfter(event(9, 1).id())).isEqualTo(-1);
    }

    @Test
    void eventsAreGivenOutUpToASizeAndOneAtLeast() throws InterruptedException {
        log.restart(1, BEFORE);
        append(1, 2, 3);
        int two = 2 * event(1, 10).frameLength();

        assertThat(Objects.requireNonNull(log.from(0, 100, two, AT_ONCE)).events())
                .hasSize(2);
        assertThat(Objects.requireNonNull(log.from(0, 100, two, AT_ONCE)).isNewest())
                .isFalse();
        assertThat(Objects.requireNonNull(log.from(2, 100, 1, AT_ONCE)).events())
                .hasSize(1);
        assertThat(Objects.requireNonNull(log.from(2, 100, 1, AT_ONCE)).isNewest())
                .isTrue();
        assertThat(Objects.requireNonNull(log.from(0, 2, two, AT_ONCE)).nextPosition())
                .isEqualTo(2);
    }

    @Test
    void oneCanWaitForAMessage() throws InterruptedException {
        log.restart(1, BEFORE);
        append(1);
        assertThat(log.await(1, Instant.ofEpochSecond(1), AT_ONCE)).isTrue();
        assertThat(log.await(2, Instant.ofEpochSecond(2), AT_ONCE)).isFalse();
        Thread appending = Thread.startVirtualThread(() -> append(2));
        assertThat(log.await(2, Instant.ofEpochSecond(2), Duration.ofMinutes(1)))
                .isTrue();
        appending.join();
    }

    @Test
    void aMessageOfAStreamThatWasSetBackIsNotThereBeforeTheLogBeginsAnew() throws InterruptedException {
        log.restart(1, BEFORE);
        append(1, 2, 3);
        Instant later = Instant.ofEpochSecond(10);
        assertThat(log.await(2, later, AT_ONCE)).isFalse();

        log.restart(2, later);

        assertThat(log.await(1, later, AT_ONCE)).isTrue();
        assertThat(log.await(2, later, AT_ONCE)).isFalse();
    }
}
