package io.jetwright.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.Consumer;
import io.jetwright.api.Stream;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.connection.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignmentsTest {
    private static final Route ROUTE =
            new Route.Open(new ConnectionSettings(ConnectionSettings.servers(List.of("nats://a:4222")), null));
    private static final String STATUS =
            "{observedGeneration: 3, stream: orders, consumer: worker, created: \"2026-11-26T18:00:00.5Z\"%s}";

    private static Consumer consumer(String name, String metadata, String spec, String status) {
        return Serialization.unmarshal(
                "--- {apiVersion: jetwright.io/v1beta1, kind: Consumer, metadata: {namespace: shop, name: %s%s}, spec: {streamName: orders%s}, status: %s}"
                        .formatted(name, metadata, spec, status),
                Consumer.class);
    }

    private static Stream stream(String status) {
        return Serialization.unmarshal(
                "--- {apiVersion: jetwright.io/v1beta1, kind: Stream, metadata: {namespace: shop, name: dead}, spec: {}, status: %s}"
                        .formatted(status),
                Stream.class);
    }

    private static Map<String, Assignment> of(Optional<Stream> dead, Consumer... consumers) {
        return new Assignments(
                        (namespace, name) -> dead,
                        key -> ROUTE,
                        key -> key.isEmpty() ? Optional.of("CAPTURE") : Optional.empty())
                .of(List.of(consumers));
    }

    private static Assignment only(Optional<Stream> dead, Consumer consumer) {
        return Objects.requireNonNull(of(dead, consumer).get("shop/worker"));
    }

    @Test
    void aConsumerThatExistsAndHasDeadLettersIsServed() {
        Consumer worker = consumer("worker", "", ", deadLetter: {streamName: DEAD}", STATUS.formatted(""));

        Assignment assignment = only(Optional.empty(), worker);

        assertThat(assignment)
                .isEqualTo(new Assignment(
                        "shop",
                        "worker",
                        3,
                        "",
                        ROUTE,
                        Optional.of("CAPTURE"),
                        "orders",
                        "worker",
                        Instant.parse("2026-11-26T18:00:00.5Z"),
                        Objects.requireNonNull(worker.getSpec().deadLetter()),
                        "DEAD",
                        ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                 | ''                                        | {stream: orders, consumer: worker, created: "2026-11-26T18:00:00Z"}
            ''                                                 | ", deadLetter: {streamName: D}"           | {observedGeneration: 1}
            ''                                                 | ", deadLetter: {streamName: D}, suspend: true" | {stream: orders, consumer: worker, created: "2026-11-26T18:00:00Z"}
            ''                                                 | ", deadLetter: {streamName: D}"           | {stream: orders, consumer: worker, created: "2026-11-26T18:00:00Z", conditions: [{type: DeadLetters, status: "False", reason: LetterLoop}]}
            ", deletionTimestamp: \"2026-11-26T18:00:00Z\"" | ", deadLetter: {streamName: D}"           | {stream: orders, consumer: worker, created: "2026-11-26T18:00:00Z"}
            """, quoteCharacter = '\'')
    void othersAreNot(String metadata, String spec, String status) {
        assertThat(of(Optional.empty(), consumer("worker", unquoted(metadata), unquoted(spec), status)))
                .isEmpty();
    }

    private static String unquoted(String text) {
        return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }

    @Test
    void whatChangesWithEachMessageIsNoChange() {
        Consumer before = consumer("worker", "", ", deadLetter: {streamName: DEAD}", STATUS.formatted(", pending: 1"));
        Consumer after = consumer(
                "worker",
                "",
                ", deadLetter: {streamName: DEAD}",
                STATUS.formatted(", pending: 2, deadLetters: {stored: 5}"));

        assertThat(of(Optional.empty(), before)).isEqualTo(of(Optional.empty(), after));
    }

    @Test
    void aConsumerInJetStreamIsServedOnceForTheOldestResource() {
        String rules = ", deadLetter: {streamName: DEAD}";
        Consumer older = consumer("b", ", creationTimestamp: \"2026-01-01T00:00:00Z\"", rules, STATUS.formatted(""));
        Consumer newer = consumer("a", ", creationTimestamp: \"2026-01-02T00:00:00Z\"", rules, STATUS.formatted(""));
        Consumer elsewhere = consumer("c", "", rules, STATUS.formatted(", connection: shop/nats"));

        assertThat(of(Optional.empty(), newer, older, elsewhere)).containsOnlyKeys("shop/b", "shop/c");
    }

    @Test
    void whatIsInTheWayOfTheStreamOfDeadLettersIsSaid() {
        Consumer worker = consumer("worker", "", ", deadLetter: {streamRef: {name: dead}}", STATUS.formatted(""));

        assertThat(only(Optional.empty(), worker).obstacle())
                .isEqualTo(
                        "there is no Stream dead in namespace shop: create it, or correct spec.deadLetter.streamRef");
        assertThat(only(Optional.of(stream("{}")), worker).obstacle())
                .startsWith("the Stream dead is not in JetStream yet");
        assertThat(only(Optional.of(stream("{stream: D, connection: shop/other}")), worker)
                        .obstacle())
                .startsWith("the Stream dead is on another Connection than this consumer");
        assertThat(only(Optional.of(stream("{stream: D}")), worker))
                .satisfies(assignment -> assertThat(assignment.letters()).isEqualTo("D"))
                .satisfies(assignment -> assertThat(assignment.obstacle()).isEmpty());
    }

    @Test
    void theConsumerOfAdvisoriesIsAnotherOneForEachResourceAndInstallation() {
        Consumer worker = consumer("worker", "", ", deadLetter: {streamName: DEAD}", STATUS.formatted(""));
        Consumer moved =
                consumer("worker", "", ", deadLetter: {streamName: DEAD}", STATUS.formatted(", connection: shop/nats"));
        Assignment one = only(Optional.empty(), worker);
        Assignment other = only(Optional.empty(), moved);

        assertThat(AdvisoryConsumer.name(one, "a/b/c"))
                .matches("jetwright-[0-9a-f]{20}")
                .isEqualTo(AdvisoryConsumer.name(one, "a/b/c"))
                .isNotEqualTo(AdvisoryConsumer.name(one, "a/b/d"))
                .isNotEqualTo(AdvisoryConsumer.name(other, "a/b/c"));
    }
}
