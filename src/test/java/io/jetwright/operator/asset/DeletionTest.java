package io.jetwright.operator.asset;

import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.existing;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.StreamStatus;
import io.jetwright.jetstream.FakeJetStream;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Owner;
import io.jetwright.plan.Settings;
import io.jetwright.status.Reason;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeletionTest {
    private static final StreamName ORDERS = new StreamName("ORDERS");
    private static final ConsumerName BILLING = new ConsumerName("ORDERS", "billing");

    private final Stage<Stream, StreamSpec, StreamStatus> stage = Stage.ofStreams();
    private final FakeJetStream jetStream = stage.jetStream;

    private static Stream orders(String more) {
        return stream("orders", "{name: ORDERS%s}".formatted(more));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", deletionPolicy: Delete"})
    void theStreamGoesWithItsResourceAndItsMessages(String policy) {
        Stream orders = stage.reconciled(orders(policy));
        jetStream.fill(ORDERS, 3);
        assertThat(stage.cleanup(orders)).isEmpty();
        assertThat(jetStream.requests()).containsExactly("read stream ORDERS", "delete stream ORDERS");
        assertThat(jetStream.has(ORDERS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deletionPolicy: Retain", "managementPolicy: Observe", "suspend: true"})
    void theStreamStaysAndIsNotEvenAskedFor(String policy) {
        Stream orders = stage.reconciled(orders(""));
        stage.changed(orders, orders(", " + policy));
        jetStream.goDown();
        assertThat(stage.cleanup(orders)).isEmpty();
        assertThat(jetStream.requests()).isEmpty();
    }

    @Test
    void whatIsGoneAlreadyIsNoObstacle() {
        Stream orders = stage.reconciled(orders(""));
        jetStream.remove(ORDERS);
        assertThat(stage.cleanup(orders)).isEmpty();
        assertThat(jetStream.requests()).containsExactly("read stream ORDERS");
    }

    @Test
    void whatAnotherResourceOwnsStays() {
        Stream orders = orders("");
        jetStream.put(ORDERS, stage.desired(orders.getSpec(), ORDERS, new Owner("here", "shop", "another")));
        assertThat(stage.cleanup(orders)).isEmpty();
        assertThat(jetStream.requests()).containsExactly("read stream ORDERS");
    }

    @Test
    void whatNobodyOwnsStays() {
        jetStream.put(ORDERS, new Settings(Map.of()));
        assertThat(stage.cleanup(orders(""))).isEmpty();
        assertThat(jetStream.has(ORDERS)).isTrue();
    }

    @Test
    void deletionIfEmptyWaitsUntilTheLastMessageIsGone() {
        Stream orders = stage.reconciled(orders(", deletionPolicy: DeleteIfEmpty"));
        jetStream.fill(ORDERS, 3);
        Outcome obstacle = stage.cleanup(orders).orElseThrow();
        assertThat(obstacle.reason()).isEqualTo(Reason.WAITING_UNTIL_EMPTY);
        assertThat(obstacle.message()).startsWith("stream ORDERS has 3 messages");
        assertThat(stage.report(orders, obstacle).orElseThrow().getStatus().messages())
                .isEqualTo(3);
        assertThat(jetStream.has(ORDERS)).isTrue();

        jetStream.fill(ORDERS, 0);
        assertThat(stage.cleanup(orders)).isEmpty();
        assertThat(jetStream.has(ORDERS)).isFalse();
    }

    @Test
    void whileNatsIsAwayTheResourceWaitsAndSaysHowToLetGo() {
        Stream orders = stage.reconciled(orders(""));
        jetStream.goDown();
        Outcome obstacle = stage.cleanup(orders).orElseThrow();
        assertThat(obstacle.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(obstacle.message())
                .startsWith("stream ORDERS is to be deleted first: ")
                .endsWith("set spec.deletionPolicy: Retain");
        jetStream.comeBack();
        assertThat(stage.cleanup(orders)).isEmpty();
        assertThat(jetStream.has(ORDERS)).isFalse();
    }

    @Test
    void aResourceThatWasNeverReportedOnGoesAtOnceWhileNatsIsAway() {
        jetStream.goDown();
        assertThat(stage.cleanup(orders(""))).isEmpty();
    }

    @Test
    void aResourceThatNeverReachedJetStreamGoesAtOnce() {
        jetStream.goDown();
        Stream orders = stage.reconciled(orders(""));
        assertThat(stage.cleanup(orders)).isEmpty();
        jetStream.deny();
        assertThat(stage.cleanup(orders)).isEmpty();
        jetStream.disable();
        assertThat(stage.cleanup(orders)).isEmpty();
    }

    @Test
    void aRefusedDeletionIsToldAndTriedAgain() {
        Stream orders = stage.reconciled(orders(""));
        jetStream.reject("delete", 10050, "JetStream refused: stream delete failed (10050)");
        Outcome obstacle = stage.cleanup(orders).orElseThrow();
        assertThat(obstacle.reason()).isEqualTo(Reason.REJECTED);
        assertThat(obstacle.message()).contains("(10050)");
    }

    @Test
    void aRefusalIsAnAnswerSoThatEvenAResourceThatWasNeverReportedOnWaits() {
        Stream orders = orders("");
        jetStream.put(ORDERS, stage.desired(orders, ORDERS));
        jetStream.reject("delete", 10050, "JetStream refused: stream delete failed (10050)");
        assertThat(stage.cleanup(orders).orElseThrow().reason()).isEqualTo(Reason.REJECTED);
    }

    @Test
    void aConsumerIsDeletedEvenWhenItsStreamResourceWentBeforeIt() {
        var streams = new FakeCache<Stream>();
        var consumers = Stage.ofConsumers(streams);
        Stream orders = streams.put(orders(""));
        orders.setStatus(existing("ORDERS"));
        consumers.jetStream.put(ORDERS, new Settings(Map.of()));
        Consumer billing = consumers.reconciled(consumer("billing", "{streamRef: {name: orders}}"));
        streams.remove(orders);
        consumers.reconciled(billing);
        assertThat(consumers.cleanup(billing)).isEmpty();
        assertThat(consumers.jetStream.requests())
                .containsExactly("read consumer billing of stream ORDERS", "delete consumer billing of stream ORDERS");
    }

    @Test
    void aConsumerWhoseStreamIsGoneHasNothingToDelete() {
        var consumers = Stage.ofConsumers(new FakeCache<>());
        consumers.jetStream.put(ORDERS, new Settings(Map.of()));
        Consumer billing = consumers.reconciled(consumer("billing", "{streamName: ORDERS}"));
        consumers.jetStream.remove(ORDERS);
        assertThat(consumers.cleanup(billing)).isEmpty();
        assertThat(consumers.jetStream.has(BILLING)).isFalse();
    }

    @Test
    void aConsumerThatNeverHadAStreamGoesAtOnce() {
        var consumers = Stage.ofConsumers(new FakeCache<>());
        Consumer billing = consumers.reconciled(consumer("billing", "{streamRef: {name: missing}}"));
        assertThat(consumers.cleanup(billing)).isEqualTo(Optional.empty());
        assertThat(consumers.jetStream.requests()).isEmpty();
    }

    @Test
    void deletionIfEmptyOfAConsumerWaitsForWhatIsPending() {
        var consumers = Stage.ofConsumers(new FakeCache<>());
        consumers.jetStream.put(ORDERS, new Settings(Map.of()));
        Consumer billing =
                consumers.reconciled(consumer("billing", "{streamName: ORDERS, deletionPolicy: DeleteIfEmpty}"));
        consumers.jetStream.fill(BILLING, 2);
        assertThat(consumers.cleanup(billing).orElseThrow().reason()).isEqualTo(Reason.WAITING_UNTIL_EMPTY);
        consumers.jetStream.fill(BILLING, 0);
        assertThat(consumers.cleanup(billing)).isEmpty();
    }

    /** A Consumer on the Connection {@code a}, as its Stream resource says, which is then deleted. */
    private static final class Abandoned {
        final FakeCache<Stream> streams = new FakeCache<>();
        final Stage<Consumer, ConsumerSpec, ConsumerStatus> stage = Stage.ofConsumers(streams);
        final FakeJetStream onA = stage.server(FakeRoutes.server("a"));
        final Consumer billing;

        Abandoned() {
            stage.routes.put("shop/a", FakeRoutes.server("a"));
            onA.put(ORDERS, new Settings(Map.of()));
            Stream orders = streams.put(stream("orders", "{name: ORDERS, connectionRef: {name: a}}"));
            orders.setStatus(Serialization.unmarshal(
                    "{\"created\": \"%s\"}".formatted(FakeJetStream.CREATED), StreamStatus.class));
            billing = stage.reconciled(consumer("billing", "{streamRef: {name: orders}}"));
            streams.remove(orders);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConsumerIsDeletedOnTheConnectionThatItLivedOn(boolean isReconciledMeanwhile) {
        var abandoned = new Abandoned();
        if (isReconciledMeanwhile) {
            assertThat(abandoned.stage.reconciled(abandoned.billing).getStatus().pending())
                    .isNull();
        }
        assertThat(abandoned.stage.cleanup(abandoned.billing)).isEmpty();
        assertThat(abandoned.onA.has(BILLING)).isFalse();
        assertThat(abandoned.stage.jetStream.requests()).isEmpty();
    }

    @Test
    void aDefaultConnectionOnWhichAConsumerNeverLivedDoesNotHoldItUp() {
        var abandoned = new Abandoned();
        abandoned.stage.jetStream.goDown();
        assertThat(abandoned.stage.cleanup(abandoned.billing)).isEmpty();
        assertThat(abandoned.onA.has(BILLING)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConsumerWhoseConnectionIsGoneWaitsAndSaysHowToLetGo(boolean isReconciledMeanwhile) {
        var abandoned = new Abandoned();
        if (isReconciledMeanwhile) {
            abandoned.stage.reconciled(abandoned.billing);
        }
        abandoned.stage.routes.remove("shop/a");
        Outcome obstacle = abandoned.stage.cleanup(abandoned.billing).orElseThrow();
        assertThat(obstacle.reason()).isEqualTo(Reason.CONNECTION_NOT_FOUND);
        assertThat(obstacle.message())
                .contains("there is no Connection shop/a")
                .endsWith("To let go of it as it is, set spec.deletionPolicy: Retain");
        abandoned.stage.routes.put("shop/a", FakeRoutes.server("a"));
        assertThat(abandoned.stage.cleanup(abandoned.billing)).isEmpty();
        assertThat(abandoned.onA.has(BILLING)).isFalse();
    }

    @Test
    void aConsumerWhoseStreamVanishedGoesAtOnceEvenIfItsConnectionDoesNotAnswer() {
        var abandoned = new Abandoned();
        Consumer byName =
                abandoned.stage.reconciled(consumer("billing", "{streamName: ORDERS, connectionRef: {name: a}}"));
        abandoned.onA.remove(ORDERS);
        abandoned.stage.reconciled(byName);
        abandoned.onA.goDown();
        assertThat(abandoned.stage.cleanup(byName)).isEmpty();
    }

    @Test
    void aStreamIsDeletedOnTheDefaultConnectionThatItLivedOn() {
        stage.routes.put("nats/former", FakeRoutes.server("former"));
        FakeJetStream former = stage.server(FakeRoutes.server("former"));
        Stream orders = orders("");
        former.put(ORDERS, stage.desired(orders, ORDERS));
        orders.setStatus(Serialization.unmarshal(
                "{\"created\": \"%s\", \"connection\": \"nats/former\"}".formatted(FakeJetStream.CREATED),
                StreamStatus.class));
        assertThat(stage.cleanup(orders)).isEmpty();
        assertThat(former.has(ORDERS)).isFalse();
    }

    @Test
    void whatWaitsUntilItIsEmptyStillSaysWhereItLives() {
        stage.routes.put("shop/a", FakeRoutes.server("a"));
        Stream orders = stage.reconciled(orders(", connectionRef: {name: a}, deletionPolicy: DeleteIfEmpty"));
        jetStream.fill(ORDERS, 1);
        Outcome obstacle = stage.cleanup(orders).orElseThrow();
        assertThat(stage.report(orders, obstacle).orElseThrow().getStatus().connection())
                .isEqualTo("shop/a");
    }
}
