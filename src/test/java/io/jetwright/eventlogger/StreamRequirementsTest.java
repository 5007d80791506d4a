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

    @Test
    void thePrefixIsTheConfiguredOneElseThatOfTheStream() {
        StreamConfiguration stream = stream(RetentionPolicy.Limits, "orders", "events.>");

        assertThat(withPrefix.prefix(stream)).isEqualTo("shop.events");
        assertThat(requirements.prefix(stream)).isEqualTo("events");
        assertThat(requirements.prefix(stream(RetentionPolicy.Limits, "orders")))
                .isNull();
    }

    @Test
    void aStreamWithLimitsAndAPrefixCanBeUsed() {
        assertThat(requirements.streamFault(stream(RetentionPolicy.Limits, "events.>")))
                .isNull();
        assertThat(withPrefix.streamFault(stream(RetentionPolicy.Limits, "orders")))
                .isNull();
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
    void aStreamWithoutAPrefixCannotBeUsed() {
        assertThat(requirements.streamFault(stream(RetentionPolicy.Limits, "orders")))
                .isEqualTo("the stream EVENTS has no subject that ends with a wildcard ([orders]): set SUBJECT_PREFIX");
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
        ConsumerConfiguration configuration = requirements.consumerConfiguration("events");

        assertThat(configuration.getDurable()).isEqualTo("event-logger");
        assertThat(configuration.getFilterSubject()).isEqualTo("events.>");
        assertThat(configuration.getAckPolicy()).isEqualTo(AckPolicy.Explicit);
        assertThat(configuration.isHeadersOnly()).isTrue();
        assertThat(requirements.consumerFault(StreamFixtures.consumer(configuration.toJson(), 0, 0)))
                .isNull();
    }
}
