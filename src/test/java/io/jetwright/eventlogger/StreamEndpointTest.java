package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamEndpointTest {
    @Test
    void headHasTheContentTypeOfTheStreamAndNoBody() {
        Answer answer = StreamEndpoint.head();

        assertThat(answer.contentType()).isEqualTo("text/event-stream");
        assertThat(answer.length()).isZero();
    }
}
