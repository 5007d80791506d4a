package io.jetwright.operator.asset;

import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.existing;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamStatus;
import io.jetwright.jetstream.FakeJetStream;
import io.jetwright.operator.asset.kind.Sight;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Settings;
import io.jetwright.status.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConsumerLoopTest {
    private static final StreamName ORDERS = new StreamName("ORDERS");
    private static final ConsumerName BILLING = new ConsumerName("ORDERS", "billing");
    private static final String BY_REFERENCE = "{streamRef: {name: orders}}";

    private final FakeCache<Stream> streams = new FakeCache<>();
    private final Stage<Consumer, ConsumerSpec, ConsumerStatus> stage = Stage.ofConsumers(streams);
    private final FakeJetStream jetStream = stage.jetStream;

    private Stream declared(boolean exists) {
        Stream orders = streams.put(stream("orders", "{name: ORDERS}"));
        orders.setStatus(exists ? existing("ORDERS") : StreamStatus.NOTHING);
        return orders;
    }

    private Consumer billing(String more) {
        return consumer("billing", "{streamName: ORDERS%s}".formatted(more));
    }

    private void existingStream() {
        jetStream.put(ORDERS, new Settings(Map.of()));
    }

    @Test
    void aConsumerOfAStreamInJetStreamCostsOneRequest() {
        existingStream();
        assertThat(stage.reconcile(billing("")).reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(jetStream.requests()).containsExactly("create consumer billing of stream ORDERS");
    }

    @Test
    void durableNameIsItsNameInJetStream() {
        existingStream();
        stage.reconcile(billing(", durableName: BILL"));
        assertThat(jetStream.requests()).containsExactly("create consumer BILL of stream ORDERS");
    }

    @Test
    void theStreamOfAResourceIsTheOneThatTheResourceNames() {
        existingStream();
        declared(true);
        assertThat(stage.reconcile(consumer("billing", BY_REFERENCE)).reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(jetStream.has(BILLING)).isTrue();
    }

    @Test
    void withoutTheStreamsResourceNothingIsAsked() {
        Outcome outcome = stage.reconcile(consumer("billing", BY_REFERENCE));
        assertThat(outcome.reason()).isEqualTo(Reason.STREAM_NOT_READY);
        assertThat(outcome.message()).contains("no Stream resource orders in namespace shop");
        assertThat(jetStream.requests()).isEmpty();
    }

    @Test
    void aStreamResourceInAnotherNamespaceIsAnother() {
        Stream orders = declared(true);
        streams.remove(orders);
        orders.getMetadata().setNamespace("bank");
        streams.put(orders);
        assertThat(stage.reconcile(consumer("billing", BY_REFERENCE)).reason()).isEqualTo(Reason.STREAM_NOT_READY);
    }

    @Test
    void whileTheStreamIsBeingCreatedThereIsNothingToReport() {
        Stream orders = streams.put(stream("orders", "{name: ORDERS}"));
        orders.getMetadata().setCreationTimestamp("2026-06-01T11:59:50Z");
        assertThat(stage.tryReconcile(consumer("billing", BY_REFERENCE))).isEmpty();
        assertThat(stage.tryReconcile(billing(""))).isEmpty();
        assertThat(jetStream.requests()).isEmpty();
    }

    @Test
    void aStreamThatTakesTooLongIsReportedAsMissing() {
        Stream orders = streams.put(stream("orders", "{name: ORDERS}"));
        orders.getMetadata().setCreationTimestamp("2026-06-01T11:59:50Z");
        stage.clock.advance(Duration.ofSeconds(30));
        assertThat(stage.reconcile(consumer("billing", BY_REFERENCE)).reason()).isEqualTo(Reason.STREAM_NOT_READY);
        assertThat(stage.reconcile(billing("")).reason()).isEqualTo(Reason.STREAM_NOT_READY);
        assertThat(jetStream.requests()).containsExactly("create consumer billing of stream ORDERS");
    }

    @Test
    void aStreamResourceThatHasNoStreamIsPointedTo() {
        declared(false);
        Outcome outcome = stage.reconcile(consumer("billing", BY_REFERENCE));
        assertThat(outcome.reason()).isEqualTo(Reason.STREAM_NOT_READY);
        assertThat(outcome.message()).contains("kubectl describe stream orders -n shop");
    }

    @Test
    void aStreamThatVanishesUnderTheConsumerTakesItsNumbersWithIt() {
        existingStream();
        Consumer billing = stage.reconciled(billing(""));
        jetStream.remove(ORDERS);
        Outcome outcome = stage.reconcile(billing);
        assertThat(outcome.reason()).isEqualTo(Reason.STREAM_NOT_READY);
        assertThat(outcome.sight()).isEqualTo(new Sight.Absent());
        assertThat(billing.getStatus().created()).isNull();
        assertThat(billing.getStatus().stream()).isEqualTo("ORDERS");
        existingStream();
        assertThat(stage.reconcile(billing).reason()).isEqualTo(Reason.IN_SYNC);
    }

    @Test
    void anAppliedPauseIsInTheCreationItself() {
        existingStream();
        stage.reconcile(billing(", pauseUntil: \"2026-07-01T00:00:00Z\""));
        assertThat(jetStream.requests()).containsExactly("create consumer billing of stream ORDERS");
        assertThat(pausedUntil()).isEqualTo("2026-07-01T00:00:00Z");
    }

    @Test
    void aPauseThatIsAddedGoesThroughThePauseRequest() {
        existingStream();
        Consumer billing = stage.reconciled(billing(""));
        stage.changed(billing, billing(", pauseUntil: \"2026-07-01T00:00:00Z\""));
        assertThat(stage.reconcile(billing).reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(jetStream.requests())
                .containsExactly(
                        "read consumer billing of stream ORDERS",
                        "update consumer billing of stream ORDERS",
                        "pause consumer billing of stream ORDERS",
                        "read consumer billing of stream ORDERS");
        assertThat(stage.events())
                .containsExactly(
                        "Normal Updated: consumer billing of stream ORDERS is updated: pauseUntil: (none) -> 2026-07-01T00:00:00Z");
    }

    @Test
    void aPauseThatIsRemovedResumesAtOnce() {
        existingStream();
        Consumer billing = stage.reconciled(billing(", pauseUntil: \"2026-07-01T00:00:00Z\""));
        assertThat(stage.reconcile(stage.changed(billing, billing(""))).reason())
                .isEqualTo(Reason.IN_SYNC);
        assertThat(jetStream.get(BILLING).get("pause_until")).isNull();
    }

    @Test
    void aPauseThatSomebodyEndedIsMadeAgainWithoutAnUpdate() {
        existingStream();
        Consumer billing = stage.reconciled(billing(", pauseUntil: \"2026-07-01T00:00:00Z\""));
        jetStream.set(BILLING, "pause_until", null);
        assertThat(stage.reconcile(billing).reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(jetStream.requests())
                .containsExactly(
                        "read consumer billing of stream ORDERS",
                        "pause consumer billing of stream ORDERS",
                        "read consumer billing of stream ORDERS");
        assertThat(pausedUntil()).isEqualTo("2026-07-01T00:00:00Z");
    }

    @Test
    void aPauseThatIsOverIsLeftAsItIs() {
        existingStream();
        Consumer billing = stage.reconciled(billing(", pauseUntil: \"2026-07-01T00:00:00Z\""));
        stage.clock.advance(Duration.ofDays(60));
        jetStream.set(BILLING, "pause_until", null);
        assertThat(stage.reconcile(billing).reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(jetStream.requests()).containsExactly("read consumer billing of stream ORDERS");
    }

    @Test
    void anImmutableChangeSaysWhatANewConsumerWouldMean() {
        existingStream();
        Consumer billing = stage.reconciled(billing(""));
        jetStream.fill(BILLING, 5);
        Outcome outcome = stage.reconcile(stage.changed(billing, billing(", deliverPolicy: new")));
        assertThat(outcome.reason()).isEqualTo(Reason.IMMUTABLE);
        assertThat(outcome.message())
                .contains("deliverPolicy: all -> new", "5 messages pending", "begins again where deliverPolicy says");
    }

    @Test
    void twoConsumersOfOneNameAreTwoWhenTheirStreamsAre() {
        existingStream();
        jetStream.put(new StreamName("INVOICES"), new Settings(Map.of()));
        stage.reconciled(billing(""));
        Consumer other = consumer("other", "{streamName: INVOICES, durableName: billing}");
        assertThat(stage.reconcile(other).reason()).isEqualTo(Reason.IN_SYNC);
    }

    @Test
    void twoResourcesOfOneConsumerAreAConflictWhicheverWayTheyNameTheStream() {
        existingStream();
        declared(true);
        stage.reconciled(billing(""));
        Consumer other = consumer("other", "{streamRef: {name: orders}, durableName: billing}");
        assertThat(stage.reconcile(other).reason()).isEqualTo(Reason.CONFLICT);
    }

    private String pausedUntil() {
        return Objects.requireNonNull(jetStream.get(BILLING).get("pause_until")).asText();
    }
}
