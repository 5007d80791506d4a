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
import io.jetwright.operator.report.News;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What event loggers consist of; all of it is applied at once. */
final class EventLoggerWorkflow {
    private final KubernetesSerialization serialization;
    private final Belonging<GenericKubernetesResource> consumer;
    private final Belonging<Deployment> deployment;
    private final Belonging<Service> service;
    private final Belonging<Ingress> ingress;
    private final Workflow<EventLogger> workflow;

    EventLoggerWorkflow(Planner planner, News news, KubernetesSerialization serialization) {
        this.serialization = serialization;
        consumer = new Belonging<>(
                GenericKubernetesResource.class,
                ConsumerTemplate.API_VERSION,
                ConsumerTemplate.KIND,
                logger -> Optional.of(ConsumerTemplate.consumer(logger)),
                ConsumerView::isNews,
                news);
        deployment = Belonging.of(
                Deployment.class,
                logger -> planner.plan(logger) instanceof Plan.Complete plan
                        ? Optional.of(DeploymentTemplate.deployment(logger, plan))
                        : Optional.empty(),
                news);
        service = Belonging.of(Service.class, logger -> Optional.of(ServiceTemplate.service(logger)), news);
        ingress = Belonging.of(Ingress.class, IngressTemplate::ingress, news);
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
            Belonging<R> belonging, EventLogger logger, Context<EventLogger> context) {
        return belonging.getSecondaryResource(logger, context).orElse(null);
    }
}
