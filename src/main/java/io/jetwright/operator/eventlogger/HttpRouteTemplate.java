package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReferenceBuilder;
import io.jetwright.api.EventLogger;
import io.jetwright.api.EventLoggerHttpRoute;
import io.jetwright.api.GatewayReference;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The HTTPRoute of an event logger. What its schema has defaults for is always there, since the API server adds what is
 * omitted, and its lists are compared as a whole.
 */
final class HttpRouteTemplate {
    private HttpRouteTemplate() {}

    /** Empty where there is to be none. */
    static Optional<HTTPRoute> route(EventLogger logger) {
        EventLoggerHttpRoute spec = logger.getSpec().httpRoute();
        return spec == null || !logger.getSpec().hasHttpRoute() ? Optional.empty() : Optional.of(route(logger, spec));
    }

    private static HTTPRoute route(EventLogger logger, EventLoggerHttpRoute spec) {
        return new HTTPRouteBuilder()
                .withMetadata(EventLoggerWorkflow.METADATA.of(logger, spec.annotations()))
                .withNewSpec()
                .withParentRefs(Stream.ofNullable(spec.parentRefs())
                        .flatMap(List::stream)
                        .map(HttpRouteTemplate::parent)
                        .toList())
                .withHostnames(Objects.requireNonNullElse(spec.hostnames(), List.of()))
                .addNewRule()
                .addNewMatch()
                .withNewPath("PathPrefix", Objects.requireNonNullElse(spec.path(), "/"))
                .endMatch()
                .addNewBackendRef()
                .withGroup("")
                .withKind("Service")
                .withName(logger.getMetadata().getName())
                .withPort(logger.getSpec().port())
                .withWeight(1)
                .endBackendRef()
                .endRule()
                .endSpec()
                .build();
    }

    private static ParentReference parent(GatewayReference gateway) {
        return new ParentReferenceBuilder()
                .withGroup("gateway.networking.k8s.io")
                .withKind("Gateway")
                .withName(gateway.name())
                .withNamespace(gateway.namespace())
                .withSectionName(gateway.sectionName())
                .withPort(gateway.port())
                .build();
    }
}
