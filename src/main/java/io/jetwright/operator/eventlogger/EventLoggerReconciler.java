package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceUtils;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Workflow;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowBuilder;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.jetwright.api.Consumer;
import io.jetwright.api.EventLogger;
import io.jetwright.api.EventLoggerStatus;
import io.jetwright.api.Stream;
import io.jetwright.operator.connection.ConnectionDirectory;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
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

    /** For what nothing tells of, such as a quota that is raised, or the end of what stands in the way. */
    private static final Duration REFUSED = Duration.ofSeconds(30);

    private final ConnectionDirectory directory;
    private final Planner planner;
    private final Conditions conditions;
    private final KubernetesSerialization serialization;
    private final SimpleInboundEventSource<EventLogger> wakeups = new SimpleInboundEventSource<>("connections");
    private final Belonging<GenericKubernetesResource> consumer = new Belonging<>(
            GenericKubernetesResource.class,
            ConsumerTemplate.API_VERSION,
            ConsumerTemplate.KIND,
            logger -> Optional.of(ConsumerTemplate.consumer(logger)),
            ConsumerView::isNews);
    private final Belonging<Deployment> deployment;
    private final Belonging<Service> service =
            Belonging.of(Service.class, logger -> Optional.of(ServiceTemplate.service(logger)));
    private final Belonging<Ingress> ingress = Belonging.of(Ingress.class, IngressTemplate::ingress);
    private final Workflow<EventLogger> workflow;

    /**
     * A reconciler.
     *
     * @param streams the Stream resources, by their names
     * @param image the container image of event loggers that name no other
     */
    public EventLoggerReconciler(
            ConnectionDirectory directory,
            Function<ResourceID, Optional<Stream>> streams,
            Optional<String> image,
            Conditions conditions,
            KubernetesSerialization serialization) {
        this.directory = directory;
        this.planner = new Planner(directory, streams, image);
        this.conditions = conditions;
        this.serialization = serialization;
        this.deployment = Belonging.of(
                Deployment.class,
                logger -> planner.plan(logger) instanceof Plan.Complete plan
                        ? Optional.of(DeploymentTemplate.deployment(logger, plan))
                        : Optional.empty());
        this.workflow = new WorkflowBuilder<EventLogger>()
                .addDependentResource(consumer)
                .addDependentResource(deployment)
                .addDependentResource(service)
                .addDependentResourceAndConfigure(ingress)
                .withReconcilePrecondition((dependent, logger, context) ->
                        logger instanceof EventLogger each && each.getSpec().hasIngress())
                .withThrowExceptionFurther(false)
                .build();
    }

    @Override
    public List<EventSource<?, EventLogger>> prepareEventSources(EventSourceContext<EventLogger> context) {
        var cache = context.getPrimaryCache();
        directory.listen(
                key -> cache.list(logger -> planner.connectionKey(logger).equals(key))
                        .forEach(logger -> wakeups.propagateEvent(ResourceID.fromResource(logger))));
        List<EventSource<?, EventLogger>> sources = new ArrayList<>(
                EventSourceUtils.dependentEventSources(context, consumer, deployment, service, ingress));
        sources.add(wakeups);
        return sources;
    }

    @Override
    public UpdateControl<EventLogger> reconcile(EventLogger logger, Context<EventLogger> context) {
        if (Boolean.TRUE.equals(logger.getSpec().suspend())) {
            return report(logger, new Assessment(Reason.SUSPENDED, "suspend: true leaves all as it is"), null, context);
        }
        Plan plan = planner.plan(logger);
        WorkflowReconcileResult result = workflow.reconcile(logger, context);
        Optional<Assessment> refusal = Refusals.assess(result);
        if (refusal.isPresent()) {
            return report(logger, refusal.get(), plan, context).rescheduleAfter(REFUSED);
        }
        result.throwAggregateExceptionIfErrorsPresent();
        return switch (plan) {
            case Plan.Coming coming -> UpdateControl.<EventLogger>noUpdate().rescheduleAfter(COMING);
            case Plan.Blocked blocked ->
                report(logger, new Assessment(blocked.reason(), blocked.message()), plan, context);
            case Plan.Complete complete ->
                report(
                        logger,
                        Assessment.of(consumer(logger, context), find(deployment, logger, context)),
                        plan,
                        context);
        };
    }

    private @Nullable Consumer consumer(EventLogger logger, Context<EventLogger> context) {
        GenericKubernetesResource found = find(consumer, logger, context);
        return found == null ? null : serialization.convertValue(found, Consumer.class);
    }

    private static <R extends io.fabric8.kubernetes.api.model.HasMetadata> @Nullable R find(
            Belonging<R> belonging, EventLogger logger, Context<EventLogger> context) {
        return belonging.getSecondaryResource(logger, context).orElse(null);
    }

    private UpdateControl<EventLogger> report(
            EventLogger logger, Assessment assessment, @Nullable Plan plan, Context<EventLogger> context) {
        EventLoggerStatus before = logger.getStatus();
        Long generation = logger.getMetadata().getGeneration();
        List<Condition> merged = conditions.merge(
                before == null ? null : before.conditions(), assessment.reason(), assessment.message(), generation);
        Deployment pods = find(deployment, logger, context);
        var after = new EventLoggerStatus(
                generation,
                merged,
                plan instanceof Plan.Complete complete ? complete.stream() : before == null ? null : before.stream(),
                pods == null ? null : Assessment.wanted(pods),
                pods == null ? null : readyPods(pods),
                Address.of(logger, find(service, logger, context), find(ingress, logger, context)));
        if (after.equals(before)) {
            return UpdateControl.noUpdate();
        }
        var fresh = new EventLogger();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(logger.getMetadata().getNamespace())
                .withName(logger.getMetadata().getName())
                .build());
        fresh.setStatus(after);
        return UpdateControl.patchStatus(fresh);
    }

    private static Integer readyPods(Deployment pods) {
        return pods.getStatus() == null
                ? 0
                : Objects.requireNonNullElse(pods.getStatus().getReadyReplicas(), 0);
    }
}
