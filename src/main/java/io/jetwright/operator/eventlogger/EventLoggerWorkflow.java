package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceUtils;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Workflow;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowBuilder;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.api.Consumer;
import io.jetwright.api.EventLogger;
import io.jetwright.operator.pods.OwnedMetadata;
import io.jetwright.operator.pods.OwnedResource;
import io.jetwright.operator.report.News;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What event loggers consist of; all of it is applied at once. */
final class EventLoggerWorkflow {
    /** What names and labels all that an event logger owns. */
    static final OwnedMetadata METADATA = new OwnedMetadata("event-logger");

    private final KubernetesSerialization serialization;
    private final OwnedResource<GenericKubernetesResource, EventLogger> consumer;
    private final OwnedResource<Deployment, EventLogger> deployment;
    private final OwnedResource<Service, EventLogger> service;
    private final OwnedResource<Ingress, EventLogger> ingress;
    private final Workflow<EventLogger> workflow;

    EventLoggerWorkflow(Planner planner, News news, KubernetesSerialization serialization) {
        this.serialization = serialization;
        consumer = OwnedResource.generic(
                ConsumerTemplate.KIND,
                METADATA,
                logger -> Optional.of(ConsumerTemplate.consumer(logger)),
                ConsumerView::isNews,
                news);
        deployment = OwnedResource.of(
                Deployment.class,
                METADATA,
                logger -> planner.plan(logger) instanceof Plan.Complete plan
                        ? Optional.of(DeploymentTemplate.deployment(logger, plan))
                        : Optional.empty(),
                news);
        service =
                OwnedResource.of(Service.class, METADATA, logger -> Optional.of(ServiceTemplate.service(logger)), news);
        ingress = OwnedResource.of(Ingress.class, METADATA, IngressTemplate::ingress, news);
        workflow = new WorkflowBuilder<EventLogger>()
                .addDependentResource(consumer)
                .addDependentResource(deployment)
                .addDependentResource(service)
                .addDependentResourceAndConfigure(ingress)
                .withReconcilePrecondition((dependent, logger, context) ->
                        logger instanceof EventLogger each && each.getSpec().hasIngress())
                .withThrowExceptionFurther(false)
                .build();
    }

    /** The watches, which are not yet started. */
    List<EventSource<?, EventLogger>> watches(EventSourceContext<EventLogger> context) {
        return List.copyOf(EventSourceUtils.dependentEventSources(context, consumer, deployment, service, ingress));
    }

    WorkflowReconcileResult reconcile(EventLogger logger, Context<EventLogger> context) {
        return workflow.reconcile(logger, context);
    }

    Actual actual(EventLogger logger, Context<EventLogger> context) {
        GenericKubernetesResource found = find(consumer, logger, context);
        return new Actual(
                found == null ? null : serialization.convertValue(found, Consumer.class),
                find(deployment, logger, context),
                find(service, logger, context),
                find(ingress, logger, context));
    }

    private static <R extends HasMetadata> @Nullable R find(
            OwnedResource<R, EventLogger> resource, EventLogger logger, Context<EventLogger> context) {
        return resource.getSecondaryResource(logger, context).orElse(null);
    }
}
