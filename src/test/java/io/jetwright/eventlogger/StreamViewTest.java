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
                List.of("events.>"),
                "events",
                StreamFixtures.consumer(PULL, 4, 9));

        assertThat(view)
                .isEqualTo(new StreamView(
                        List.of("events.>", "more"),
                        List.of("events.>"),
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
        StreamView view = StreamView.of(StreamFixtures.stream("{\"name\": \"EVENTS\"}"), List.of(), "events", null);

        assertThat(view.consumer()).isNull();
        assertThat(view.maxMessageSize()).isNegative();
    }

    @Test
    void showsWhatTheFiltersMatchElseAllOfTheStream() {
        StreamView all = StreamFixtures.view(List.of("events.>", "audit"), List.of(), "events");
        StreamView filtered = StreamFixtures.view(List.of("events.>"), List.of("events.user.>"), "events.user");

        assertThat(all.shows("audit")).isTrue();
        assertThat(all.shownSubjects()).containsExactly("events.>", "audit");
        assertThat(filtered.shows("events.user.login")).isTrue();
        assertThat(filtered.shows("events.deploy")).isFalse();
        assertThat(filtered.shownSubjects()).containsExactly("events.user.>");
        assertThat(StreamFixtures.view(List.of(), List.of(), "").shownSubjects())
                .containsExactly(">");
    }

    @Test
    void aNameIsWhatFollowsThePrefixElseTheWholeSubject() {
        StreamView prefixed = StreamFixtures.view(List.of("events.>", "audit"), List.of(), "events");
        StreamView whole = StreamFixtures.view(List.of("auth.user.>", "auth.session.>"), List.of(), "");

        assertThat(prefixed.name("events.user.login")).isEqualTo("user.login");
        assertThat(prefixed.name("audit")).isEqualTo("audit");
        assertThat(prefixed.name("eventsx.audit")).isEqualTo("eventsx.audit");
        assertThat(prefixed.subject("user.login")).isEqualTo("events.user.login");
        assertThat(whole.name("auth.user.login")).isEqualTo("auth.user.login");
        assertThat(whole.subject("auth.user.login")).isEqualTo("auth.user.login");
    }

    @Test
    void isAlikeWhileTheSameMessagesHaveTheSameNames() {
        StreamView view = StreamFixtures.view(List.of("events.>"), List.of(), "events");

        assertThat(view.isAlike(StreamFixtures.view(List.of("events.>", "audit"), List.of(), "events")))
                .isTrue();
        assertThat(view.isAlike(StreamFixtures.view(List.of("events.>"), List.of(), "")))
                .isFalse();
        assertThat(view.isAlike(StreamFixtures.view(List.of("events.>"), List.of("events.a"), "events")))
                .isFalse();
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
    void acceptsOnlyWhatItShows() {
        StreamView view = StreamFixtures.view(List.of("events.>"), List.of("events.user.>"), "events.user");

        assertThat(view.accepts("events.user.login")).isTrue();
        assertThat(view.accepts("events.deploy")).isFalse();
    }

    @Test
    void aMirrorAcceptsTheConfiguredSubjectsAndNoOthers() {
        StreamView configured = StreamFixtures.view(List.of(), List.of("events.>"), "events");

        assertThat(configured.accepts("events.login")).isTrue();
        assertThat(configured.accepts("$JS.API.STREAM.DELETE.EVENTS")).isFalse();
        assertThat(StreamFixtures.view(List.of(), List.of(), "").accepts("any.thing"))
                .isFalse();
    }
}
