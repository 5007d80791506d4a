package io.jetwright.operator;

import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.Stream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reconciles Consumers, and does so again when their stream comes, goes or is made anew. */
@ControllerConfiguration(
        name = "consumer",
        finalizerName = AssetController.FINALIZER,
        fieldManager = AssetController.FIELD_MANAGER)
final class ConsumerReconciler implements Reconciler<Consumer>, Cleaner<Consumer> {
    private final Parts parts;
    private @Nullable AssetController<Consumer, ConsumerSpec, ConsumerStatus> controller;

    ConsumerReconciler(Parts parts) {
        this.parts = parts;
    }

    @Override
    public List<EventSource<?, Consumer>> prepareEventSources(EventSourceContext<Consumer> context) {
        var cache = context.getPrimaryCache();
        var streams = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Stream.class, Consumer.class)
                        .withName("streams")
                        .withSecondaryToPrimaryMapper(
                                stream -> ConsumerKind.idsFor(cache, stream).collect(Collectors.toSet()))
                        .withPrimaryToSecondaryMapper((Consumer consumer) -> java.util.Set.of())
                        .withOnAddFilter(ConsumerReconciler::isReportedOn)
                        .withOnUpdateFilter((after, before) -> isReportedOn(after) != isReportedOn(before)
                                || !Objects.equals(created(after), created(before)))
                        .build(),
                context);
        var prepared = new AssetController<>(
                parts,
                new ConsumerKind(parts.defaultConnection(), cache, streams, parts.clock()),
                () -> cache.list(consumer -> true));
        controller = prepared;
        return List.of(streams, prepared.wakeups());
    }

    private static boolean isReportedOn(Stream stream) {
        return stream.getStatus() != null;
    }

    private static @Nullable String created(Stream stream) {
        return stream.getStatus() == null ? null : stream.getStatus().created();
    }

    @Override
    public UpdateControl<Consumer> reconcile(Consumer resource, Context<Consumer> context) {
        return controller().reconcile(resource, context);
    }

    @Override
    public DeleteControl cleanup(Consumer resource, Context<Consumer> context) {
        return controller().cleanup(resource, context);
    }

    private AssetController<Consumer, ConsumerSpec, ConsumerStatus> controller() {
        if (controller == null) {
            throw new IllegalStateException("reconciled before the event sources were prepared");
        }
        return controller;
    }
}
