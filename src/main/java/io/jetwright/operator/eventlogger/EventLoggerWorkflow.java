package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceUtils;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Workflow;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowBuilder;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import io.javaoperatorsdk.operator.processing.event.EventSourceRetriever;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.api.Consumer;
import io.jetwright.api.EventLogger;
import io.jetwright.api.EventLoggerSpec;
import io.jetwright.operator.pods.DependentEventSources;
import io.jetwright.operator.pods.OptionalResource;
import io.jetwright.operator.pods.OwnedMetadata;
import io.jetwright.operator.pods.OwnedResource;
import io.jetwright.operator.pods.PodInputs;
import io.jetwright.operator.pods.PodInputsResolver;
import io.jetwright.operator.pods.WatchPermissions;
import io.jetwright.operator.report.Assessment;
import io.jetwright.operator.report.News;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** The workflow of event loggers: the resources that one of them owns, all of which are applied at once. */
final class EventLoggerWorkflow {
    /** The names and labels of what event loggers own. */
    static final OwnedMetadata METADATA = new OwnedMetadata("event-logger");

    private static final String CURE = "allow its service account to %s %s (docs/guides/event-logger.md)";

    private final KubernetesClient client;
    private final Set<String> namespaces;
    private final PodInputsResolver<EventLogger> resolver;
    private final News news;
    private final OwnedResource<GenericKubernetesResource, EventLogger> consumer;
    private final OwnedResource<Deployment, EventLogger> deployment;
    private final OwnedResource<Service, EventLogger> service;
    private final OptionalResource<Ingress, EventLogger> ingress;
    private final OptionalResource<HTTPRoute, EventLogger> httpRoute;

    /** Of what every event logger consists of. Consumers are not among it, since the operator watches them anyway. */
    private final DependentEventSources<EventLogger> required;

    private final List<OptionalResource<?, EventLogger>> optional;

    /**
     * A workflow whose resources are not watched yet.
     *
     * @param namespaces those that the operator watches; empty for all
     */
    EventLoggerWorkflow(
            PodInputsResolver<EventLogger> resolver, News news, KubernetesClient client, Set<String> namespaces) {
        this.client = client;
        this.namespaces = namespaces;
        this.resolver = resolver;
        this.news = news;
        consumer = OwnedResource.generic(
                ConsumerTemplate.KIND,
                METADATA,
                logger -> Optional.of(ConsumerTemplate.consumer(logger)),
                ConsumerUpdateFilter::accept,
                news);
        deployment = OwnedResource.of(
                Deployment.class,
                METADATA,
                logger -> resolved(logger).map(inputs -> DeploymentTemplate.deployment(logger, inputs)),
                news);
        service = OwnedResource.of(
                Service.class, METADATA, logger -> Optional.of(ServiceTemplate.service(logger, Instant.now())), news);
        required = new DependentEventSources<>(
                "EventLoggers",
                Level.WARN,
                new WatchPermissions(
                        client,
                        false,
                        namespaces,
                        List.of(Deployment.class, Service.class),
                        "an EventLogger",
                        CURE.formatted("get, list, watch, create and patch", "deployments and services")));
        ingress = optional(Ingress.class, "ingress", EventLoggerSpec::hasIngress, IngressTemplate::ingress);
        httpRoute = optional(HTTPRoute.class, "httpRoute", EventLoggerSpec::hasHttpRoute, HttpRouteTemplate::route);
        optional = List.of(
                ingress,
                httpRoute,
                optional(
                        PodDisruptionBudget.class,
                        "podDisruptionBudget",
                        EventLoggerSpec::hasPodDisruptionBudget,
                        PodDisruptionBudgetTemplate::budget),
                optional(NetworkPolicy.class, "networkPolicy", EventLoggerSpec::hasNetworkPolicy, logger -> resolved(
                                logger)
                        .flatMap(inputs -> NetworkPolicyTemplate.policy(logger, inputs))));
    }

    private Optional<PodInputs.Resolved> resolved(EventLogger logger) {
        return resolver.resolve(logger) instanceof PodInputs.Resolved inputs ? Optional.of(inputs) : Optional.empty();
    }

    private <R extends HasMetadata> OptionalResource<R, EventLogger> optional(
            Class<R> kind,
            String field,
            Predicate<EventLoggerSpec> isWanted,
            Function<EventLogger, Optional<R>> desired) {
        return new OptionalResource<>(
                OwnedResource.of(kind, METADATA, desired, news),
                logger -> isWanted.test(logger.getSpec()),
                new WatchPermissions(
                        client,
                        kind == HTTPRoute.class,
                        namespaces,
                        List.of(kind),
                        "spec.%s of an EventLogger".formatted(field),
                        CURE.formatted("get, list, watch, create, patch and delete", HasMetadata.getPlural(kind))));
    }

    /** The event sources to start with the controller: those that Kubernetes lets the operator start. */
    List<EventSource<?, EventLogger>> prepare(EventSourceContext<EventLogger> context) {
        List<EventSource<?, EventLogger>> sources = new ArrayList<>(required.prepare(
                List.copyOf(EventSourceUtils.dependentEventSources(context, consumer, deployment, service))));
        optional.forEach(each -> sources.addAll(each.prepare(context)));
        return sources;
    }

    /** Whether what every event logger consists of is watched. */
    boolean isStarted() {
        return required.areStarted();
    }

    /** Begins to watch what every event logger consists of; returns what is missing for it, or empty. */
    Optional<Assessment> start(EventSourceRetriever<EventLogger> controller) {
        return required.start(controller);
    }

    /** Begins to watch what else this one asks for; returns what is missing for it, or empty. */
    Optional<Assessment> missing(EventLogger logger, EventSourceRetriever<EventLogger> controller) {
        return optional.stream().flatMap(each -> each.missing(logger, controller).stream()).toList().stream()
                .findFirst();
    }

    WorkflowReconcileResult reconcile(EventLogger logger, Context<EventLogger> context) {
        return workflow().reconcile(logger, context);
    }

    /** Of what is watched. */
    private Workflow<EventLogger> workflow() {
        var workflow = new WorkflowBuilder<EventLogger>();
        workflow.addDependentResource(consumer);
        workflow.addDependentResource(deployment);
        workflow.addDependentResource(service);
        optional.stream().filter(OptionalResource::isStarted).forEach(each -> each.addTo(workflow));
        return workflow.withThrowExceptionFurther(false).build();
    }

    /** What it owns, as far as it is watched. */
    Actual actual(EventLogger logger, Context<EventLogger> context) {
        GenericKubernetesResource found = find(consumer, logger, context);
        return new Actual(
                found == null ? null : client.getKubernetesSerialization().convertValue(found, Consumer.class),
                find(deployment, logger, context),
                find(service, logger, context),
                ingress.find(logger, context).orElse(null),
                httpRoute.find(logger, context).orElse(null));
    }

    private static <R extends HasMetadata> @Nullable R find(
            OwnedResource<R, EventLogger> resource, EventLogger logger, Context<EventLogger> context) {
        return resource.getSecondaryResource(logger, context).orElse(null);
    }
}
