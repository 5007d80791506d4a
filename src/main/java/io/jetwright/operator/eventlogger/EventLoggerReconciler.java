package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.EventLogger;
import io.jetwright.api.EventLoggerSpec;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import io.jetwright.operator.pods.AllowedImages;
import io.jetwright.operator.pods.NamedSecrets;
import io.jetwright.operator.pods.PodImage;
import io.jetwright.operator.pods.PodInputs;
import io.jetwright.operator.pods.PodInputsResolver;
import io.jetwright.operator.pods.PodReferences;
import io.jetwright.operator.pods.Refusals;
import io.jetwright.operator.report.Assessment;
import io.jetwright.operator.report.Containment;
import io.jetwright.operator.report.Events;
import io.jetwright.operator.report.News;
import io.jetwright.operator.report.Reporter;
import io.jetwright.operator.wake.Again;
import io.jetwright.operator.wake.Hub;
import io.jetwright.operator.wake.Subscriber;
import io.jetwright.operator.wake.Wakeups;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reconciles EventLoggers: applies what they consist of, by a workflow, and reports how it is. Everything that matters is
 * watched, so nothing is requested at rest.
 */
@ControllerConfiguration(name = "eventlogger", fieldManager = EventLoggerReconciler.FIELD_MANAGER)
public final class EventLoggerReconciler implements Reconciler<EventLogger> {
    /**
     * Another field manager than that of the controller of Consumers: with the same one, that controller would remove the spec
     * that is applied here when it applies its finalizer.
     */
    static final String FIELD_MANAGER = "jetwright-eventlogger";

    /** When permissions and kinds that are missing are asked for again. */
    private static final Duration FORBIDDEN = Duration.ofSeconds(5);

    /** When what was refused is applied again: no event tells that a quota is raised, or that a conflict is over. */
    private static final Duration REFUSED = Duration.ofSeconds(30);

    /**
     * When an event logger is looked at again, in the caches, without a request: no event tells that the stream of its Stream
     * resource has come to belong to somebody else, or that its pods have been unready for long.
     */
    private static final Duration LOOKED_AT_AGAIN = Duration.ofSeconds(5);

    private final Hub hub;
    private final NamedSecrets<EventLogger> secrets;
    private final PodInputsResolver<EventLogger> resolver;
    private final EventLoggerReporter reporter;
    private final EventLoggerWorkflow workflow;
    private final Wakeups<EventLogger> wakeups = new Wakeups<>();
    private volatile @Nullable IndexerResourceCache<EventLogger> all;

    /**
     * A reconciler.
     *
     * @param streams the Stream resources, by their names
     * @param image the container image of event loggers that name no other
     * @param allowedImages the others that event loggers may name
     * @param namespaces those that the operator watches; empty for all
     */
    public EventLoggerReconciler(
            Routes routes,
            Hub hub,
            Function<ResourceID, Optional<io.jetwright.api.Stream>> streams,
            Optional<PodImage> image,
            AllowedImages allowedImages,
            Conditions conditions,
            Events events,
            KubernetesClient client,
            Set<String> namespaces) {
        this.hub = hub;
        this.secrets = new NamedSecrets<>(client, logger -> NeededSecrets.of(logger.getSpec()));
        this.resolver = new PodInputsResolver<>(
                routes, streams, secrets::read, image, allowedImages, EventLoggerReconciler::references);
        this.reporter = new EventLoggerReporter(new Reporter<>(EventLogger::new, conditions, events));
        this.workflow = new EventLoggerWorkflow(resolver, new News(events), client, namespaces);
    }

    /** What an event logger names to make its pods of. */
    static PodReferences references(EventLogger logger) {
        EventLoggerSpec spec = logger.getSpec();
        return new PodReferences(
                spec.streamRef(), spec.streamName(), spec.image(), spec.connectionRef(), NeededSecrets.of(spec));
    }

    @Override
    public List<EventSource<?, EventLogger>> prepareEventSources(EventSourceContext<EventLogger> context) {
        all = context.getPrimaryCache();
        hub.subscribe(new Subscriber() {
            @Override
            public void rerouted(String key) {
                wakeups.wake(() -> using(key));
            }
        });
        List<EventSource<?, EventLogger>> sources = new ArrayList<>(workflow.prepare(context));
        sources.add(secrets);
        sources.add(wakeups);
        return sources;
    }

    /** The event loggers that use a Connection, by its key (see {@link io.jetwright.operator.connection.Routes}). */
    public Stream<EventLogger> using(String connection) {
        return all().filter(logger -> resolver.connectionKey(logger).equals(connection));
    }

    private Stream<EventLogger> all() {
        IndexerResourceCache<EventLogger> cache = all;
        return cache == null ? Stream.empty() : cache.list();
    }

    @Override
    public UpdateControl<EventLogger> reconcile(EventLogger logger, Context<EventLogger> context) {
        return Containment.of(() -> apply(logger, context));
    }

    @Override
    public ErrorStatusUpdateControl<EventLogger> updateErrorStatus(
            EventLogger logger, Context<EventLogger> context, Exception failure) {
        Assessment.ofUnforeseen(failure)
                .ifPresent(assessment -> report(logger, assessment, null, Actual.UNKNOWN, context));
        return ErrorStatusUpdateControl.defaultErrorProcessing();
    }

    private UpdateControl<EventLogger> apply(EventLogger logger, Context<EventLogger> context) {
        if (!workflow.isStarted()) {
            Optional<Assessment> missing = workflow.start(context.eventSourceRetriever());
            if (missing.isPresent()) {
                report(logger, missing.get(), null, Actual.UNKNOWN, context);
                return UpdateControl.<EventLogger>noUpdate().rescheduleAfter(FORBIDDEN);
            }
            wakeups.wake(this::all);
        }
        if (Boolean.TRUE.equals(logger.getSpec().suspend())) {
            report(logger, new Assessment(Reason.SUSPENDED, "suspend: true leaves all as it is"), null, context);
            return UpdateControl.noUpdate();
        }
        Optional<Assessment> missing = workflow.missing(logger, context.eventSourceRetriever());
        PodInputs inputs = resolver.resolve(logger);
        WorkflowReconcileResult result = workflow.reconcile(logger, context);
        Optional<Assessment> refusal = Refusals.assess(result);
        if (refusal.isPresent()) {
            report(logger, refusal.get(), inputs, context);
            boolean isKindMissing = refusal.get().reason() == Reason.KIND_NOT_INSTALLED;
            return UpdateControl.<EventLogger>noUpdate().rescheduleAfter(isKindMissing ? FORBIDDEN : REFUSED);
        }
        result.throwAggregateExceptionIfErrorsPresent();
        return switch (inputs) {
            case PodInputs.Pending pending ->
                UpdateControl.<EventLogger>noUpdate().rescheduleAfter(Again.SOON);
            case PodInputs.Blocked blocked -> {
                report(logger, new Assessment(blocked.reason(), blocked.message()), inputs, context);
                yield UpdateControl.noUpdate();
            }
            case PodInputs.Resolved resolved -> {
                Actual actual = workflow.actual(logger, context);
                Assessment assessment = resolved.conflict()
                        .map(conflict -> new Assessment(Reason.CONFLICT, conflict))
                        .or(() -> missing)
                        .orElseGet(() -> Availability.of(logger, actual));
                report(logger, assessment, inputs, actual, context);
                yield again(logger, actual, missing.isPresent());
            }
        };
    }

    private static UpdateControl<EventLogger> again(EventLogger logger, Actual actual, boolean isSomethingMissing) {
        if (isSomethingMissing) {
            return UpdateControl.<EventLogger>noUpdate().rescheduleAfter(FORBIDDEN);
        }
        return logger.getSpec().streamRef() == null && ServiceTemplate.isSettled(actual)
                ? UpdateControl.noUpdate()
                : UpdateControl.<EventLogger>noUpdate().rescheduleAfter(LOOKED_AT_AGAIN);
    }

    private void report(
            EventLogger logger, Assessment assessment, @Nullable PodInputs inputs, Context<EventLogger> context) {
        report(logger, assessment, inputs, workflow.actual(logger, context), context);
    }

    private void report(
            EventLogger logger,
            Assessment assessment,
            @Nullable PodInputs inputs,
            Actual actual,
            Context<EventLogger> context) {
        boolean isNew = logger.getStatus() == null || !logger.getStatus().isCurrent(logger);
        if (isNew && resolver.route(logger) instanceof Route.Open open) {
            hub.used(open.settings());
        }
        String stream = inputs instanceof PodInputs.Resolved resolved ? resolved.stream() : null;
        reporter.report(logger, assessment, stream, actual, context);
    }
}
