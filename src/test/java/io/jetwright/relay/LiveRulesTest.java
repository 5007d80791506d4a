package io.jetwright.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.DeadLetter;
import io.jetwright.operator.connection.Route;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveRulesTest {
    private static final String SOURCE = "name: ORDERS, retention: workqueue, subjects: [\"orders.>\"]";

    private static JsonNode config(String yaml) {
        return Serialization.unmarshal("--- {" + yaml + "}", JsonNode.class);
    }

    /** What is told of letters on {@code dlq.<second token>}. */
    private static String told(String source, String letters, String... filters) {
        var rules = new DeadLetter(null, "DEAD", "dlq.{token(2)}", null, null);
        var assignment = new Assignment(
                "shop",
                "worker",
                1,
                "",
                new Route.Pending(),
                Optional.empty(),
                "ORDERS",
                "worker",
                Instant.EPOCH,
                rules,
                "DEAD",
                "");
        var consumer = new LiveConsumer(
                "ORDERS", "worker", Instant.EPOCH, true, List.of(), 3, List.of(filters), config(source), "", false);
        try {
            return "warning "
                    + LiveRules.check(assignment, consumer, config("name: DEAD, " + letters))
                            .orElse("none");
        } catch (Obstacle e) {
            return "problem " + e.getMessage();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            retention: limits, subjects: [dlq.*]                                 | warning none
            retention: limits, subjects: [dlq.*], max_age: 0                     | warning none
            retention: interest, subjects: [dlq.*]                               | problem spec.deadLetter: the stream DEAD has retention: interest
            retention: limits, no_ack: true, subjects: [dlq.*]                   | problem spec.deadLetter: the stream DEAD has noAck
            retention: limits, mirror: {name: ORIGIN}                            | problem spec.deadLetter: the stream DEAD is a mirror
            retention: limits, sources: [{name: ORIGIN}]                         | problem spec.deadLetter.subject: the stream DEAD takes no subjects
            retention: limits, subjects: [other.*]                               | problem spec.deadLetter.subject: the stream DEAD takes other.*
            retention: limits, subjects: [dlq.eu]                                | warning spec.deadLetter.subject: the stream DEAD takes dlq.eu
            retention: limits, subjects: [dlq.*], max_age: 3600000000000         | warning the stream DEAD keeps letters for 1h
            retention: limits, subjects: [dlq.*], max_msgs_per_subject: 5        | warning the stream DEAD keeps no more than 5 letters
            """)
    void theStreamOfLettersIsLookedAtAsItIs(String letters, String told) {
        assertThat(told(SOURCE, letters, "orders.>")).startsWith(told);
    }

    @Test
    void theStreamOfTheMessagesIsLookedAtToo() {
        String letters = "retention: limits, subjects: [dlq.eu], max_age: 3600000000000";
        assertThat(told(SOURCE + ", max_age: 3600000000000", letters, "orders.eu"))
                .isEqualTo("warning none");
        assertThat(told(SOURCE + ", sources: [{name: DEAD}]", letters, "orders.eu"))
                .startsWith("problem spec.deadLetter: the dead letters would come back")
                .contains("to ORDERS, which copies it");
    }
}
