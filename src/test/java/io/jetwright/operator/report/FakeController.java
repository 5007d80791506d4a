package io.jetwright.operator.report;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DefaultContext;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.ManagedInformerEventSource;
import io.jetwright.api.Connection;
import io.jetwright.api.Consumer;
import io.jetwright.api.Stream;
import io.jetwright.operator.connection.FakeApiServer;
import java.util.List;
import java.util.Optional;

/** A controller of the Java Operator SDK that watches its resources, and leaves it to the test to reconcile them. */
public final class FakeController<R extends HasMetadata> implements AutoCloseable {
    private final Controller<R> controller;

    private FakeController(FakeApiServer kubernetes, Reconciler<R> reconciler) {
        var service = ConfigurationService.newOverriddenConfigurationService(overrider -> overrider
                .withKubernetesClient(kubernetes.client())
                .withCloseClientOnStop(false)
                .checkingCRDAndValidateLocalModel(false)
                .withParseResourceVersions(true));
        controller = new Controller<>(reconciler, service.getConfigurationFor(reconciler), kubernetes.client());
        source().start();
    }

    /** One of Streams; these are all that the API server has now. */
    public static FakeController<Stream> ofStreams(FakeApiServer kubernetes) {
        return new FakeController<>(kubernetes, new Streams());
    }

    /** One of Consumers; these are all that the API server has now. */
    public static FakeController<Consumer> ofConsumers(FakeApiServer kubernetes) {
        return new FakeController<>(kubernetes, new Consumers());
    }

    /** One of Connections; these are all that the API server has now. */
    public static FakeController<Connection> ofConnections(FakeApiServer kubernetes) {
        return new FakeController<>(kubernetes, new Connections());
    }

    private ControllerEventSource<R> source() {
        return controller.getEventSourceManager().getControllerEventSource();
    }

    /** What the Java Operator SDK gives to a reconciler beside the resource. */
    public Context<R> context(R resource) {
        return new DefaultContext<>(null, controller, resource, false, false);
    }

    /** The resource that the next reconciliation would start from. */
    public Optional<R> next(R resource) {
        return source().get(ResourceID.fromResource(resource));
    }

    /** What the Java Operator SDK gives to a reconciler for its event sources, with this cache. */
    public EventSourceContext<R> preparation(IndexerResourceCache<R> cache) {
        return new EventSourceContext<>(
                cache,
                controller.getConfiguration(),
                controller.getClient(),
                controller.getConfiguration().getResourceClass());
    }

    /**
     * Starts event sources.
     *
     * @param woken told the name of each resource that is to be reconciled
     */
    @SuppressWarnings({"rawtypes", "unchecked"}) // the Java Operator SDK gives sources of other resources the same
    public void start(List<EventSource<?, R>> sources, java.util.function.Consumer<String> woken) {
        for (EventSource<?, R> source : sources) {
            if (source instanceof ManagedInformerEventSource informers) {
                informers.setControllerConfiguration(controller.getConfiguration());
            }
            source.setEventHandler(
                    event -> woken.accept(event.getRelatedCustomResourceID().getName()));
            source.start();
        }
    }

    @Override
    public void close() {
        source().stop();
    }

    @ControllerConfiguration(fieldManager = StatusPatch.FIELD_MANAGER)
    private static final class Streams implements Reconciler<Stream> {
        @Override
        public UpdateControl<Stream> reconcile(Stream resource, Context<Stream> context) {
            return UpdateControl.noUpdate();
        }
    }

    @ControllerConfiguration(fieldManager = StatusPatch.FIELD_MANAGER)
    private static final class Consumers implements Reconciler<Consumer> {
        @Override
        public UpdateControl<Consumer> reconcile(Consumer resource, Context<Consumer> context) {
            return UpdateControl.noUpdate();
        }
    }

    @ControllerConfiguration(fieldManager = StatusPatch.FIELD_MANAGER)
    private static final class Connections implements Reconciler<Connection> {
        @Override
        public UpdateControl<Connection> reconcile(Connection resource, Context<Connection> context) {
            return UpdateControl.noUpdate();
        }
    }
}
