package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventIdTest {
    @ParameterizedTest
    @CsvSource({"2026-02-13T08:19:35.123456789Z", "1970-01-01T00:00:00Z", "2261-12-31T23:59:59.999999999Z"})
    void isReadAsItWasWritten(Instant time) {
        EventId id = EventId.of(42, time);

        assertThat(EventId.parse(id.toString())).hasValue(id);
    }

    @ParameterizedTest
    @CsvSource({
        // sequence, nanoseconds, can follow 10 at 100
        "10, 100, true",
        "11, 100, true",
        "15, 200, true",
        "10, 101, false",
        "10, 99, false",
        "11, 99, false",
        "9, 200, false"
    })
    void anotherTimeIsAnotherEventAndAnEarlierOneIsOfAStreamThatWasSetBack(
            long sequence, long nanoseconds, boolean canFollow) {
        assertThat(new EventId(sequence, nanoseconds).canFollow(new EventId(10, 100)))
                .isEqualTo(canFollow);
    }

    @Test
    void whatIsNoIdIsNotRead() {
        assertThat(EventId.parse("42")).isEmpty();
        assertThat(EventId.parse("42-")).isEmpty();
    }
}
