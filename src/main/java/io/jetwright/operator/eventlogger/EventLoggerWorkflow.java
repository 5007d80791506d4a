package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
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
import io.jetwright.operator.pods.PodInputs;
import io.jetwright.operator.pods.PodInputsResolver;
import io.jetwright.operator.pods.WatchPermissions;
import io.jetwright.operator.report.News;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The workflow of event loggers: the resources that one of them owns, all of which are applied at once. */
final class EventLoggerWorkflow {
    /** The names and labels of what event loggers own. */
    static final OwnedMetadata METADATA = new OwnedMetadata("event-logger");

    /** Without Consumers, which the operator watches anyway. */
    private static final List<Class<? extends HasMetadata>> WATCHED =
            List.of(Deployment.class, Service.class, Ingress.class);

    private final KubernetesSerialization serialization;
    private final OwnedResource<GenericKubernetesResource, EventLogger> consumer;
    private final OwnedResource<Deployment, EventLogger> deployment;
    private final OwnedResource<Service, EventLogger> service;
    private final OwnedResource<Ingress, EventLogger> ingress;
    private final Workflow<EventLogger> workflow;

    EventLoggerWorkflow(PodInputsResolver<EventLogger> resolver, News news, KubernetesSerialization serialization) {
        this.serialization = serialization;
        consumer = OwnedResource.generic(
                ConsumerTemplate.KIND,
                METADATA,
                logger -> Optional.of(ConsumerTemplate.consumer(logger)),
                ConsumerUpdateFilter::accept,
                news);
        deployment = OwnedResource.of(
                Deployment.class,
                METADATA,
                logger -> resolver.resolve(logger) instanceof PodInputs.Resolved inputs
                        ? Optional.of(DeploymentTemplate.deployment(logger, inputs))
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

    /**
     * What the operator must be allowed before it starts the event sources.
     *
     * @param namespaces those that the operator watches; empty for all
     */
    static WatchPermissions permissions(KubernetesClient client, Set<String> namespaces) {
        return new WatchPermissions(
                client,
                namespaces,
                WATCHED,
                "an EventLogger",
                "allow its service account to get, list, watch, create and patch deployments, services and ingresses, and to delete ingresses (docs/guides/event-logger.md)");
    }

    /** The event sources of what event loggers own, not yet started. */
    List<EventSource<?, EventLogger>> eventSources(EventSourceContext<EventLogger> context) {
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
