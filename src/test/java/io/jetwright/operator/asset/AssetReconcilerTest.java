package io.jetwright.operator.asset;

import static io.jetwright.operator.asset.Resources.CONNECTION;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.SettableClock;
import io.jetwright.api.KeyValue;
import io.jetwright.api.ObjectStore;
import io.jetwright.api.Stream;
import io.jetwright.jetstream.Connections;
import io.jetwright.jetstream.Pause;
import io.jetwright.operator.asset.kind.Kinds;
import io.jetwright.operator.asset.kind.Target;
import io.jetwright.operator.connection.FakeApiServer;
import io.jetwright.operator.report.FakeController;
import io.jetwright.operator.report.FakeEvents;
import io.jetwright.operator.report.Readings;
import io.jetwright.operator.wake.Again;
import io.jetwright.operator.wake.Hub;
import io.jetwright.operator.wake.PromptHub;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.status.Conditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AssetReconcilerTest {
    private final FakeApiServer kubernetes = new FakeApiServer();
    private final FakeController<Stream> controller = FakeController.ofStreams(kubernetes);
    private final FakeCache<Stream> cache = new FakeCache<>();
    private final Hub hub = PromptHub.of(settings -> java.util.stream.Stream.empty());
    private final Connections connections = new Connections(hub, (object, verb, outcome, time) -> {}, Pause.NONE);
    private final Kinds kinds = new Kinds();
    private final AssetReconciler<Stream, ?, ?> reconciler = new StreamReconciler(parts());

    private AssetParts parts() {
        var clock = new SettableClock("2026-06-01T12:00:00Z");
        return new AssetParts(
                new FakeRoutes(),
                connections,
                hub,
                kinds,
                new BlockedResources(kinds, settings -> java.util.stream.Stream.of(""), clock),
                Resources.CLUSTER,
                new Conditions(clock),
                new FakeEvents(),
                Resources.writes(clock),
                new Readings(),
                new Again(Duration.ofMinutes(10), RandomGenerator.getDefault()),
                new FakeRelay(),
                clock);
    }

    @AfterEach
    void close() {
        connections.close();
        controller.close();
        kubernetes.close();
    }

    private List<EventSource<?, Stream>> prepare() {
        return reconciler.prepareEventSources(controller.preparation(cache));
    }

    @Test
    void nothingIsReconciledBeforeTheEventSourcesArePrepared() {
        Stream orders = stream("orders", "{}");
        assertThatIllegalStateException()
                .isThrownBy(() -> reconciler.reconcile(orders, controller.context(orders)))
                .withMessage("reconciled before the event sources were prepared");
    }

    @Test
    void otherKindsFindItsResources() {
        Stream orders = cache.put(stream("orders", "{name: ORDERS}"));
        prepare();
        kinds.areFilled();
        assertThat(kinds.naming(new Target.Resolved(CONNECTION, new StreamName("ORDERS"))))
                .containsExactly(orders);
    }

    @Test
    void newsWakesItsResources() {
        cache.put(stream("orders", "{name: ORDERS}"));
        List<String> woken = new ArrayList<>();
        controller.start(prepare(), woken::add);
        hub.released(CONNECTION, new StreamName("ORDERS"));
        assertThat(woken).containsExactly("orders");
    }

    @Test
    void aSuspendedResourceIsReportedOnWithoutAConnection() {
        Stream orders = stream("orders", "{suspend: true}");
        kubernetes.put(orders);
        prepare();
        reconciler.reconcile(orders, controller.context(orders));
        assertThat(kubernetes.writes()).hasSize(1);
        assertThat(reconciler.cleanup(orders, controller.context(orders)).isRemoveFinalizer())
                .isTrue();
    }

    @Test
    void whatNobodyForesawIsReportedAndTriedAgain() {
        Stream orders = stream("orders", "{}");
        kubernetes.put(orders);
        prepare();
        assertThat(reconciler
                        .updateErrorStatus(orders, controller.context(orders), new IllegalStateException("odd"))
                        .isDefaultErrorProcessing())
                .isTrue();
        assertThat(kubernetes.writes()).hasSize(1);
        reconciler.updateErrorStatus(orders, controller.context(orders), new KubernetesClientException("away"));
        assertThat(kubernetes.writes()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("controllers")
    void eachControllerIsNamedAsInMetricsAndWritesAsJetwright(Class<?> type, String name) {
        ControllerConfiguration configuration = type.getAnnotation(ControllerConfiguration.class);
        assertThat(configuration.name()).isEqualTo(name);
        assertThat(configuration.finalizerName()).isEqualTo("jetwright.io/finalizer");
        assertThat(configuration.fieldManager()).isEqualTo("jetwright");
    }

    private static java.util.stream.Stream<Arguments> controllers() {
        return java.util.stream.Stream.of(
                arguments(StreamReconciler.class, "stream"),
                arguments(ConsumerReconciler.class, "consumer"),
                arguments(KeyValueReconciler.class, "keyvalue"),
                arguments(ObjectStoreReconciler.class, "objectstore"));
    }

    @Test
    void eachBucketIsReconciledAsItsKind() {
        var keyValue = new KeyValueReconciler(parts()).kind(parts(), preparation(KeyValue.class), List.of());
        assertThat(keyValue.type()).isEqualTo(KeyValue.class);
        var objectStore = new ObjectStoreReconciler(parts()).kind(parts(), preparation(ObjectStore.class), List.of());
        assertThat(objectStore.type()).isEqualTo(ObjectStore.class);
    }

    private <R extends HasMetadata> EventSourceContext<R> preparation(Class<R> type) {
        return new EventSourceContext<>(new FakeCache<>(), null, kubernetes.client(), type);
    }
}
