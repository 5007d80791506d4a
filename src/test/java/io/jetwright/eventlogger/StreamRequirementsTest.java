package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamRequirementsTest {
    private final StreamRequirements requirements = new StreamRequirements(StreamFixtures.SETTINGS);
    private final StreamRequirements withPrefix =
            new StreamRequirements(EventLoggerSettings.of(Map.of("SUBJECT_PREFIX", "shop.events")));

    private static StreamConfiguration stream(RetentionPolicy retention, String... subjects) {
        return StreamConfiguration.builder()
                .name("EVENTS")
                .retentionPolicy(retention)
                .subjects(subjects)
                .build();
    }

    private final StreamRequirements withSubjects =
            new StreamRequirements(EventLoggerSettings.of(Map.of("SUBJECTS", "auth.user.>, auth.session.>")));

    @Test
    void thePrefixIsTheConfiguredOneElseTheOnlyOneOfWhatIsShown() {
        assertThat(withPrefix.prefix(stream(RetentionPolicy.Limits, "orders", "events.>")))
                .isEqualTo("shop.events");
        assertThat(requirements.prefix(stream(RetentionPolicy.Limits, "orders", "events.>")))
                .isEqualTo("events");
        assertThat(requirements.prefix(stream(RetentionPolicy.Limits, "auth.user.>", "auth.session.>")))
                .isEmpty();
        assertThat(requirements.prefix(stream(RetentionPolicy.Limits, "orders")))
                .isEmpty();
        assertThat(withSubjects.prefix(stream(RetentionPolicy.Limits, "auth.>")))
                .isEmpty();
        assertThat(new StreamRequirements(EventLoggerSettings.of(Map.of("SUBJECTS", "auth.user.>")))
                        .prefix(stream(RetentionPolicy.Limits, "auth.>")))
                .isEqualTo("auth.user");
    }

    @Test
    void allOfTheStreamIsShownUnlessSubjectsOrAPrefixAreConfigured() {
        assertThat(requirements.filters()).isEmpty();
        assertThat(withPrefix.filters()).containsExactly("shop.events.>");
        assertThat(withSubjects.filters()).containsExactly("auth.user.>", "auth.session.>");
    }

    @Test
    void aStreamWithLimitsAndWithWhatIsToBeShownCanBeUsed() {
        assertThat(requirements.streamFault(stream(RetentionPolicy.Limits, "orders")))
                .isNull();
        assertThat(withPrefix.streamFault(stream(RetentionPolicy.Limits, "shop.>")))
                .isNull();
        assertThat(withPrefix.streamFault(stream(RetentionPolicy.Limits))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"Interest, interest", "WorkQueue, workqueue"})
    void aStreamThatDropsWhatIsAcknowledgedCannotBeUsed(RetentionPolicy retention, String name) {
        assertThat(requirements.streamFault(stream(retention, "events.>")))
                .isEqualTo(
                        "the stream EVENTS has retention " + name
                                + ", with which events are gone once acknowledged: it takes retention limits to show a history");
    }

    @Test
    void aStreamWithoutWhatIsToBeShownCannotBeUsed() {
        assertThat(withPrefix.streamFault(stream(RetentionPolicy.Limits, "orders", "a.>")))
                .isEqualTo("the stream EVENTS has nothing of shop.events.>: its subjects are orders, a.>; correct"
                        + " SUBJECT_PREFIX");
        assertThat(withSubjects.streamFault(stream(RetentionPolicy.Limits, "auth.user.>")))
                .isEqualTo("the stream EVENTS has nothing of auth.session.>: its subjects are auth.user.>; correct"
                        + " SUBJECTS");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"ack_policy\": \"explicit\"}`, ",
                "`{\"ack_policy\": \"all\"}`, ",
                "`{\"ack_policy\": \"explicit\", \"deliver_subject\": \"\"}`, ",
                "`{\"ack_policy\": \"explicit\", \"deliver_subject\": \"inbox\"}`, "
                        + "` is a push consumer: it takes a pull consumer, which replicas can share`",
                "`{\"ack_policy\": \"none\"}`, ` has ackPolicy none: it takes explicit`"
            })
    void aConsumerHasToBeAPullConsumerWithAcknowledgements(String configuration, @Nullable String fault) {
        assertThat(requirements.consumerFault(StreamFixtures.consumer(configuration, 0, 0)))
                .isEqualTo(fault == null ? null : "the consumer event-logger of the stream EVENTS" + fault);
    }

    @Test
    void aConsumerHasToExist() {
        assertThat(requirements.consumerFault(null))
                .isEqualTo("the consumer event-logger of the stream EVENTS does not exist: create it, or set"
                        + " CREATE_CONSUMER=true");
    }

    @Test
    void theConsumerThatItCreatesMeetsTheRequirements() {
        ConsumerConfiguration configuration = requirements.consumerConfiguration();

        assertThat(configuration.getDurable()).isEqualTo("event-logger");
        assertThat(configuration.getFilterSubjects()).isNull();
        assertThat(withSubjects.consumerConfiguration().getFilterSubjects())
                .containsExactly("auth.user.>", "auth.session.>");
        assertThat(configuration.getAckPolicy()).isEqualTo(AckPolicy.Explicit);
        assertThat(configuration.isHeadersOnly()).isTrue();
        assertThat(requirements.consumerFault(StreamFixtures.consumer(configuration.toJson(), 0, 0)))
                .isNull();
    }
}
