package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamEndpointTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 42, 999_999_999_999_999_999L})
    void aLastEventIdIsASequence(long sequence) {
        assertThat(StreamEndpoint.sequence(String.valueOf(sequence))).hasValue(sequence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "1.5", " 1", "1000000000000000000000"})
    void anotherLastEventIdIsABadRequest(String id) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> StreamEndpoint.sequence(id))
                .withMessageStartingWith("Last-Event-ID is none of the ids")
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @Test
    void headHasTheContentTypeOfTheStreamAndNoBody() {
        Answer answer = StreamEndpoint.head();

        assertThat(answer.contentType()).isEqualTo("text/event-stream");
        assertThat(answer.length()).isZero();
    }
}
