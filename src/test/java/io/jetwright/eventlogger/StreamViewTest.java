package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamViewTest {
    private static final String PULL = "{\"ack_policy\": \"explicit\"}";

    @Test
    void hasWhatJetStreamAnswers() {
        StreamView view = StreamView.of(
                StreamFixtures.stream(
                        "{\"name\": \"EVENTS\", \"subjects\": [\"events.>\", \"more\"], \"max_msg_size\": 1000}"),
                "events",
                StreamFixtures.consumer(PULL, 4, 9));

        assertThat(view)
                .isEqualTo(new StreamView(
                        List.of("events.>", "more"),
                        "events",
                        view.created(),
                        5,
                        500,
                        3,
                        7,
                        1000,
                        new StreamView.ConsumerView(4, 2, 1)));
        assertThat(view.created().toInstant()).isEqualTo(StreamFixtures.CREATED.toInstant());
    }

    @Test
    void aConsumerThatDoesNotExistIsNull() {
        StreamView view = StreamView.of(StreamFixtures.stream("{\"name\": \"EVENTS\"}"), "events", null);

        assertThat(view.consumer()).isNull();
        assertThat(view.maxMessageSize()).isNegative();
    }

    @Test
    void theFilterMatchesEveryEvent() {
        assertThat(StreamFixtures.view(List.of(), -1, null).filter()).isEqualTo("events.>");
    }

    @ParameterizedTest
    @CsvSource({
        "events.>, events.user.login, true",
        "events.*, events.login, true",
        "events.*, events.user.login, false",
        "orders events.login, events.login, true",
        "orders, events.login, false"
    })
    void acceptsTheSubjectsOfTheStream(String subjects, String subject, boolean isAccepted) {
        StreamView view = StreamFixtures.view(List.of(subjects.split(" ")), -1, null);

        assertThat(view.accepts(subject)).isEqualTo(isAccepted);
    }

    @Test
    void aMirrorAcceptsAnySubject() {
        assertThat(StreamFixtures.view(List.of(), -1, null).accepts("any.thing"))
                .isTrue();
    }
}
