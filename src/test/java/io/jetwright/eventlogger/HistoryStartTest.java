package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryStartTest {
    private final AtomicInteger counts = new AtomicInteger();

    /** A stream in which only each nth sequence up to the last event is an event. */
    private long find(long first, long last, int historySize, long nth, long lastEvent)
            throws IOException, JetStreamApiException {
        return HistoryStart.find(first, last, historySize, sequence -> {
            counts.incrementAndGet();
            return events(first, nth, lastEvent, sequence);
        });
    }

    private static long events(long first, long nth, long lastEvent, long from) {
        return LongStream.iterate(first, sequence -> sequence <= lastEvent, sequence -> sequence + nth)
                .filter(sequence -> sequence >= from)
                .count();
    }

    @ParameterizedTest
    @CsvSource({
        // first, last, history, start
        "1, 1000, 100, 901",
        "1, 100, 100, 1",
        "1, 50, 100, 1",
        "951, 1000, 100, 951",
        "0, 0, 100, 1",
        "501, 500, 100, 501"
    })
    void withoutGapsTheHistoryBeginsWithItsOldestEvent(long first, long last, int historySize, long start)
            throws Exception {
        assertThat(find(first, last, historySize, 1, last)).isEqualTo(start);
        assertThat(counts).hasValueLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        // first, last, history, each nth is an event, last event
        "1, 100000, 100, 10, 100000",
        "1, 100000, 100, 999, 100000",
        "1, 100000, 100, 1000, 100000",
        "1, 100000, 100, 5000, 100000",
        "90000, 100000, 100, 50, 100000",
        "1, 100000, 1, 10, 100000",
        "1, 1000000, 100, 1, 200",
        "1, 1000000, 100, 1, 5000",
        "1, 1000000, 100, 7, 5000",
        "1, 1000000, 100, 1, 99"
    })
    void withGapsTheHistoryIsCompleteAndAtMostFourTimesItsSizeIsRead(
            long first, long last, int historySize, long nth, long lastEvent) throws Exception {
        long start = find(first, last, historySize, nth, lastEvent);

        long all = events(first, nth, lastEvent, first);
        assertThat(start).isBetween(first, last);
        assertThat(events(first, nth, lastEvent, start)).isBetween(Math.min(all, historySize), 4L * historySize);
        assertThat(counts).hasValueLessThan(50);
    }

    @Test
    void aStreamWithFewerEventsThanTheHistoryIsReadFromItsFirstSequence() throws Exception {
        assertThat(find(17, 100_000, 100, 5_000, 100_000)).isEqualTo(17);
    }
}
