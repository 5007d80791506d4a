package io.jetwright.operator.asset;

import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.JetwrightResource;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamSpec;
import io.jetwright.operator.asset.kind.ConsumerKind;
import io.jetwright.operator.asset.kind.DeadLetters;
import io.jetwright.operator.asset.kind.Kind;
import io.jetwright.operator.report.StatusPatch;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reconciles Consumers, and does so again when their stream comes, goes or is made anew. */
@ControllerConfiguration(
        name = "consumer",
        finalizerName = JetwrightResource.FINALIZER,
        fieldManager = StatusPatch.FIELD_MANAGER)
public final class ConsumerReconciler extends AssetReconciler<Consumer, ConsumerSpec, ConsumerStatus> {
    public ConsumerReconciler(AssetParts parts) {
        super(parts);
    }

    @Override
    Kind<Consumer, ConsumerSpec, ConsumerStatus> kind(
            AssetParts parts, EventSourceContext<Consumer> context, List<EventSource<?, Consumer>> sources) {
        var cache = context.getPrimaryCache();
        var streams = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Stream.class, Consumer.class)
                        .withName("streams")
                        .withSecondaryToPrimaryMapper(
                                stream -> ConsumerKind.dependents(cache, stream).collect(Collectors.toSet()))
                        .withPrimaryToSecondaryMapper((Consumer consumer) -> java.util.Set.of())
                        .withOnAddFilter(ConsumerReconciler::isReportedOn)
                        .withOnUpdateFilter(ConsumerReconciler::concerns)
                        .build(),
                context);
        sources.add(streams);
        var deadLetters = new DeadLetters(parts.routes(), cache, streams, parts.relay()::problem, parts.clock());
        var letterEvents = new DeadLetterEvents(deadLetters, streams::isRunning);
        sources.add(letterEvents);
        parts.relay().watch(() -> deadLetters.all().findAny().isPresent(), letterEvents::wakeAll);
        return ConsumerKind.of(deadLetters);
    }

    /** What the rules of dead letters look at in a Stream resource. */
    private static List<Object> letterFields(Stream stream) {
        StreamSpec spec = stream.getSpec();
        return java.util.stream.Stream.of(
                        spec.subjects(),
                        spec.retention(),
                        spec.maxAge(),
                        spec.maxMsgsPerSubject(),
                        spec.noAck(),
                        spec.mirror(),
                        spec.sources(),
                        spec.subjectTransform())
                .map(Optional::ofNullable)
                .<Object>map(each -> each)
                .toList();
    }

    /** Whether a change of a Stream resource concerns the Consumers on it. */
    static boolean concerns(Stream after, Stream before) {
        return isReportedOn(after) != isReportedOn(before)
                || !Objects.equals(created(after), created(before))
                || !letterFields(after).equals(letterFields(before));
    }

    /** Whether a Stream resource that is seen for the first time concerns the Consumers on it. */
    static boolean isReportedOn(Stream stream) {
        return stream.getStatus() != null;
    }

    private static @Nullable String created(Stream stream) {
        return stream.getStatus() == null ? null : stream.getStatus().created();
    }
}
