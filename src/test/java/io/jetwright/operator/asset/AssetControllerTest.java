package io.jetwright.operator.asset;

import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.BaseControl;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.jetwright.api.Consumer;
import io.jetwright.api.Drift;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamSpec;
import io.jetwright.api.StreamStatus;
import io.jetwright.jetstream.Live;
import io.jetwright.operator.asset.kind.Sight;
import io.jetwright.operator.connection.FakeApiServer;
import io.jetwright.operator.report.FakeController;
import io.jetwright.operator.report.StatusPatch;
import io.jetwright.operator.wake.Again;
import io.jetwright.operator.wake.FakeSubscriber;
import io.jetwright.operator.wake.Hub;
import io.jetwright.operator.wake.PromptHub;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Difference;
import io.jetwright.plan.Settings;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AssetControllerTest {
    private static final Duration RESYNC = Duration.ofMinutes(10);

    private final Stage<Stream, StreamSpec, StreamStatus> stage = Stage.ofStreams();
    private final Stream orders = stream("orders", "{}");
    private final FakeApiServer kubernetes = new FakeApiServer();
    private final FakeSubscriber news = new FakeSubscriber();
    private final Hub hub = PromptHub.of(settings -> java.util.stream.Stream.of("shop/nats"));
    private final Again again = new Again(RESYNC, RandomGenerator.getDefault());
    private @Nullable FakeController<Stream> streams;

    AssetControllerTest() {
        hub.subscribe(news);
    }

    @AfterEach
    void close() {
        if (streams != null) {
            streams.close();
        }
        kubernetes.close();
    }

    /** Has seen the Stream. */
    private FakeController<Stream> fakeController() {
        if (streams == null) {
            kubernetes.put(stage.cache.put(orders));
            streams = FakeController.ofStreams(kubernetes);
        }
        return streams;
    }

    private Stream current() {
        return fakeController().next(orders).orElseThrow();
    }

    private static <R extends HasMetadata> java.util.function.Consumer<R> statuses(
            FakeController<R> controller, R resource) {
        return fresh -> StatusPatch.apply(resource, fresh, controller.context(resource));
    }

    private UpdateControl<Stream> reconcile() {
        Stream current = current();
        return stage.controller(again, hub).reconcile(current, statuses(fakeController(), current));
    }

    private DeleteControl cleanup() {
        Stream current = current();
        return stage.controller(again, hub).cleanup(current, statuses(fakeController(), current));
    }

    private static Duration delay(BaseControl<?> control) {
        return Duration.ofMillis(control.getScheduleDelay().orElseThrow());
    }

    private static Outcome seen(long messages) {
        var info = JsonNodeFactory.instance.objectNode();
        info.putObject("state").put("messages", messages);
        return Outcome.of(
                Reason.IN_SYNC,
                "JetStream agrees",
                new Sight.Seen(new StreamName("orders"), new Live(new Settings(Map.of()), info)));
    }

    private boolean isWritten(Outcome outcome) {
        var fresh = stage.report(orders, outcome);
        fresh.ifPresent(each -> orders.setStatus(each.getStatus()));
        return fresh.isPresent();
    }

    @Test
    void whatIsWrittenIsTheStatusAndNothingElse() {
        Stream fresh = stage.report(orders, seen(3)).orElseThrow();
        assertThat(fresh.getSpec()).isNull();
        assertThat(fresh.getMetadata())
                .isEqualTo(new ObjectMetaBuilder()
                        .withName("orders")
                        .withNamespace("shop")
                        .build());
        assertThat(fresh.getStatus().messages()).isEqualTo(3);
        assertThat(fresh.getStatus().observedGeneration()).isEqualTo(1);
        assertThat(orders.getStatus()).isNull();
    }

    @Test
    void theStatusIsWrittenOnlyIfItChanged() {
        assertThat(isWritten(seen(3))).isTrue();
        stage.clock.advance(Duration.ofMinutes(1));
        assertThat(isWritten(seen(3))).isFalse();
        assertThat(isWritten(seen(4))).isTrue();
        orders.getMetadata().setGeneration(2L);
        assertThat(isWritten(seen(4))).isTrue();
        assertThat(isWritten(seen(4))).isFalse();
    }

    @Test
    void aDeedIsToldAndIsNoReasonToWrite() {
        isWritten(seen(3));
        assertThat(isWritten(seen(3).deed("DriftRepaired", "it is repaired"))).isFalse();
        assertThat(stage.events()).containsExactly("Normal DriftRepaired: it is repaired");
    }

    @Test
    void driftIsShownUntilThereIsNone() {
        isWritten(seen(0).drift(List.of(new Difference("maxAge", "1d", "2d"))));
        assertThat(orders.getStatus().drift()).containsExactly(new Drift("maxAge", "1d", "2d"));
        assertThat(isWritten(seen(0))).isTrue();
        assertThat(orders.getStatus().drift()).isNull();
    }

    @Test
    void transitionTimesAreThoseOfTheTransitions() {
        isWritten(seen(0));
        stage.clock.advance(Duration.ofMinutes(1));
        isWritten(seen(1));
        assertThat(Conditions.find(orders.getStatus().conditions(), "Ready")
                        .orElseThrow()
                        .getLastTransitionTime())
                .isEqualTo("2026-06-01T12:00:00Z");
    }

    @Test
    void whatWasReadIsRememberedUntilTheResourceIsGone() {
        reconcile();
        assertThat(stage.readings.size()).isEqualTo(1);
        cleanup();
        assertThat(stage.readings.size()).isZero();
    }

    @Test
    void aNewResourceIsReportedOnAndItsConnectionAndItsStreamAreTold() {
        UpdateControl<Stream> control = reconcile();
        assertThat(control.isNoUpdate()).isTrue();
        assertThat(delay(control))
                .isBetween(
                        RESYNC.multipliedBy(9).dividedBy(10),
                        RESYNC.multipliedBy(11).dividedBy(10));
        assertThat(current().getStatus().created()).isNotNull();
        assertThat(news.heard()).containsExactly("used shop/nats", "done to stream orders");
    }

    @Test
    void aResourceThatIsInSyncIsToldToNobody() {
        reconcile();
        news.heard();
        int writes = kubernetes.writes().size();
        reconcile();
        assertThat(news.heard()).isEmpty();
        assertThat(kubernetes.writes()).hasSize(writes);
    }

    @Test
    void aDeedOfAResourceThatWasReportedOnIsToldWithoutItsConnection() {
        reconcile();
        news.heard();
        stage.jetStream.remove(new StreamName("orders"));
        reconcile();
        assertThat(news.heard()).containsExactly("done to stream orders");
    }

    @Test
    void aResourceThatCannotUseItsConnectionIsReportedOnAndToldToNobody() {
        stage.routes.close("", Reason.SECRET_NOT_FOUND, "there is no Secret");
        reconcile();
        assertThat(Conditions.find(current().getStatus().conditions(), "Ready")
                        .orElseThrow()
                        .getReason())
                .isEqualTo("SecretNotFound");
        assertThat(news.heard()).isEmpty();
    }

    @Test
    void whatIsPendingIsNotReportedAndIsLookedAtSoon() {
        stage.routes.pending("");
        assertThat(delay(reconcile())).isEqualTo(Again.SOON);
        assertThat(kubernetes.writes()).isEmpty();
        assertThat(news.heard()).isEmpty();
    }

    @Test
    void aResourceThatGoesReleasesItsStreamAndItsConnection() {
        reconcile();
        news.heard();
        assertThat(cleanup().isRemoveFinalizer()).isTrue();
        assertThat(stage.jetStream.has(new StreamName("orders"))).isFalse();
        assertThat(news.heard()).containsExactly("changed stream orders", "used shop/nats");
    }

    @Test
    void aResourceThatCannotGoIsReportedOnAndToldToNobody() {
        reconcile();
        news.heard();
        stage.jetStream.goDown();
        DeleteControl control = cleanup();
        assertThat(control.isRemoveFinalizer()).isFalse();
        assertThat(delay(control)).isLessThanOrEqualTo(Duration.ofSeconds(30));
        assertThat(Conditions.find(current().getStatus().conditions(), "Ready")
                        .orElseThrow()
                        .getReason())
                .isEqualTo("Unreachable");
        assertThat(news.heard()).isEmpty();
    }

    @Test
    void aResourceWhoseDeletionIsPendingIsNotReportedOn() {
        stage.routes.pending("");
        stage.routes.forget();
        DeleteControl control = cleanup();
        assertThat(control.isRemoveFinalizer()).isFalse();
        assertThat(delay(control)).isLessThan(Duration.ofSeconds(5));
        assertThat(kubernetes.writes()).isEmpty();
        assertThat(news.heard()).isEmpty();
    }

    @Test
    void aConsumerThatComesOrGoesIsCounted() {
        var consumers = Stage.ofConsumers(new FakeCache<>());
        consumers.jetStream.put(new StreamName("ORDERS"), new Settings(Map.of()));
        Consumer billing = consumers.cache.put(consumer("billing", "{streamName: ORDERS}"));
        kubernetes.put(billing);
        try (var fakeController = FakeController.ofConsumers(kubernetes)) {
            var controller = consumers.controller(again, hub);
            controller.reconcile(billing, statuses(fakeController, billing));
            assertThat(news.heard())
                    .containsExactly(
                            "used shop/nats", "done to consumer billing of stream ORDERS", "counted stream ORDERS");

            Consumer known = fakeController.next(billing).orElseThrow();
            controller.cleanup(known, statuses(fakeController, known));
            assertThat(news.heard())
                    .containsExactly(
                            "changed consumer billing of stream ORDERS", "used shop/nats", "counted stream ORDERS");
        }
    }

    /** No advisory tells that a stream has come to its new servers. */
    @Test
    void whatMovesIsLookedAtAfterAsLongAsItHasBeenMoving() {
        var cluster = JsonNodeFactory.instance.objectNode().put("leader", "n1");
        cluster.putObject("desired").put("created", "2026-06-01T10:59:56.123456789Z");
        stage.jetStream.cluster(cluster);
        assertThat(delay(reconcile())).isBetween(Duration.ofMillis(3600), Duration.ofMillis(4400));

        cluster.remove("desired");
        assertThat(delay(reconcile())).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
    }

    @Test
    void whatIsBlockedIsStalledOnlyWhenNothingIsOnItsWayAnyMore() {
        stage.jetStream.reject("create", 10065, "subjects overlap");
        assertThat(delay(reconcile())).isBetween(Duration.ofMillis(900), Duration.ofMillis(1100));
        assertThat(reason()).isEqualTo("Blocked");
        assertThat(stage.events()).isEmpty();

        stage.clock.advance(Duration.ofSeconds(4));
        assertThat(delay(reconcile())).isBetween(Duration.ofMillis(3600), Duration.ofMillis(4400));
        assertThat(reason()).isEqualTo("Rejected");
        assertThat(stage.events()).containsExactly("Warning Rejected: subjects overlap");
    }

    private String reason() {
        return Conditions.find(current().getStatus().conditions(), "Ready")
                .orElseThrow()
                .getReason();
    }

    /** What was lost is told even if the refusal may pass, and what is free now to those who wait for it. */
    @Test
    void anObjectThatWasDeletedForOneThatIsRefusedIsToldByAnEventAndToThoseWhoWait() {
        stage.reconciled(orders);
        kubernetes.put(stage.cache.put(orders));
        stage.changed(orders, stream("orders", "{storage: memory, recreatePolicy: Always}"));
        kubernetes.put(stage.cache.put(orders));
        stage.jetStream.reject("create", 10047, "insufficient storage");
        news.freed();

        reconcile();

        assertThat(stage.events())
                .containsExactly(
                        "Normal Deleted: stream orders was deleted, with 0 messages, and the new one is refused: insufficient storage");
        assertThat(news.freed()).isEqualTo(1);
    }

    @Test
    void aRefusedDeletionIsFinalUntilItIsTriedAgain() {
        stage.reconciled(orders);
        kubernetes.put(stage.cache.put(orders));
        stage.jetStream.reject("delete", 10065, "no");

        cleanup();

        assertThat(reason()).isEqualTo("Rejected");
    }
}
