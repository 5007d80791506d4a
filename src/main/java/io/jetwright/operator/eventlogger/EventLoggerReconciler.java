package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.jetwright.api.EventLogger;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import io.jetwright.operator.pods.Refusals;
import io.jetwright.operator.report.Assessment;
import io.jetwright.operator.report.News;
import io.jetwright.operator.report.StatusPatch;
import io.jetwright.operator.wake.Hub;
import io.jetwright.operator.wake.Subscriber;
import io.jetwright.operator.wake.Wakeups;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reconciles EventLoggers: applies what they consist of, by a workflow, and reports how it is. Everything that matters is
 * watched, so nothing is asked again and again.
 */
@ControllerConfiguration(name = "eventlogger", fieldManager = EventLoggerReconciler.FIELD_MANAGER)
public final class EventLoggerReconciler implements Reconciler<EventLogger> {
    /**
     * Not that of the other controllers: what one applies to a Consumer under a name, such as its finalizer, takes away all
     * else that was applied under the same name.
     */
    static final String FIELD_MANAGER = "jetwright-eventlogger";

    /** For what is on its way; its own event mostly comes before. */
    private static final Duration COMING = Duration.ofSeconds(2);

    /** For rights that are missing. */
    private static final Duration FORBIDDEN = Duration.ofSeconds(5);

    /** For what nothing tells of, such as a quota that is raised, or the end of what stands in the way. */
    private static final Duration REFUSED = Duration.ofSeconds(30);

    private final Hub hub;
    private final Planner planner;
    private final EventLoggerReporter reporter;
    private final EventLoggerWorkflow workflow;
    private final Watches watches;
    private final Wakeups<EventLogger> wakeups = new Wakeups<>();
    private volatile @Nullable IndexerResourceCache<EventLogger> all;

    /**
     * A reconciler.
     *
     * @param streams the Stream resources, by their names
     * @param image the container image of event loggers that name no other
     */
    public EventLoggerReconciler(
            Routes routes,
            Hub hub,
            Function<ResourceID, Optional<io.jetwright.api.Stream>> streams,
            Optional<String> image,
            Conditions conditions,
            News news,
            WatchRights rights,
            KubernetesSerialization serialization) {
        this.hub = hub;
        this.planner = new Planner(routes, streams, image);
        this.reporter = new EventLoggerReporter(conditions, news);
        this.workflow = new EventLoggerWorkflow(planner, news, serialization);
        this.watches = new Watches(rights);
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
        List<EventSource<?, EventLogger>> sources = new ArrayList<>(watches.prepare(workflow.watches(context)));
        sources.add(wakeups);
        return sources;
    }

    /** The event loggers that use a Connection, by its key (see {@link io.jetwright.operator.connection.Routes}). */
    public Stream<EventLogger> using(String connection) {
        return all().filter(logger -> planner.connectionKey(logger).equals(connection));
    }

    private Stream<EventLogger> all() {
        IndexerResourceCache<EventLogger> cache = all;
        return cache == null ? Stream.empty() : cache.list();
    }

    @Override
    public UpdateControl<EventLogger> reconcile(EventLogger logger, Context<EventLogger> context) {
        if (!watches.areStarted()) {
            Optional<String> missing = watches.start(context);
            if (missing.isPresent()) {
                report(logger, new Assessment(Reason.FORBIDDEN, missing.get()), null, Actual.UNKNOWN, context);
                return UpdateControl.<EventLogger>noUpdate().rescheduleAfter(FORBIDDEN);
            }
            wakeups.wake(this::all);
        }
        if (Boolean.TRUE.equals(logger.getSpec().suspend())) {
            report(logger, new Assessment(Reason.SUSPENDED, "suspend: true leaves all as it is"), null, context);
            return UpdateControl.noUpdate();
        }
        Plan plan = planner.plan(logger);
        WorkflowReconcileResult result = workflow.reconcile(logger, context);
        Optional<Assessment> refusal = Refusals.assess(result);
        if (refusal.isPresent()) {
            report(logger, refusal.get(), plan, context);
            return UpdateControl.<EventLogger>noUpdate().rescheduleAfter(REFUSED);
        }
        result.throwAggregateExceptionIfErrorsPresent();
        return switch (plan) {
            case Plan.Pending pending -> UpdateControl.<EventLogger>noUpdate().rescheduleAfter(COMING);
            case Plan.Blocked blocked -> {
                report(logger, new Assessment(blocked.reason(), blocked.message()), plan, context);
                yield UpdateControl.noUpdate();
            }
            case Plan.Complete complete -> {
                Actual actual = workflow.actual(logger, context);
                report(logger, Availability.of(actual.consumer(), actual.deployment()), plan, actual, context);
                yield UpdateControl.noUpdate();
            }
        };
    }

    private void report(EventLogger logger, Assessment assessment, @Nullable Plan plan, Context<EventLogger> context) {
        report(logger, assessment, plan, workflow.actual(logger, context), context);
    }

    private void report(
            EventLogger logger,
            Assessment assessment,
            @Nullable Plan plan,
            Actual actual,
            Context<EventLogger> context) {
        boolean isNew = logger.getStatus() == null
                || !Objects.equals(
                        logger.getStatus().observedGeneration(),
                        logger.getMetadata().getGeneration());
        if (isNew && planner.route(logger) instanceof Route.Open open) {
            hub.used(open.settings());
        }
        String stream = plan instanceof Plan.Complete complete ? complete.stream() : null;
        reporter.report(logger, assessment, stream, actual)
                .ifPresent(fresh -> StatusPatch.apply(logger, fresh, context));
    }
}
