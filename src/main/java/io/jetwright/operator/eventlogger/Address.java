package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressLoadBalancerIngress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressLoadBalancerStatus;
import io.jetwright.api.EventLogger;
import io.jetwright.api.EventLoggerHttpRoute;
import io.jetwright.api.EventLoggerIngress;
import io.jetwright.api.EventLoggerSpec;
import io.jetwright.api.ServiceType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The URL of an event logger: that of its Ingress, HTTPRoute or load balancer as soon as it is known, else that in the cluster. */
final class Address {
    private static final int HTTPS_PORT = 443;

    private Address() {}

    /**
     * The URL; a pure function.
     *
     * @param service null while there is none
     * @param ingress null while there is none
     */
    static String of(EventLogger logger, @Nullable Service service, @Nullable Ingress ingress) {
        return ofIngress(logger, ingress)
                .or(() -> ofHttpRoute(logger.getSpec()))
                .or(() -> ofLoadBalancer(logger, service))
                .orElseGet(() -> "http://%s.%s.svc:%d"
                        .formatted(
                                logger.getMetadata().getName(),
                                logger.getMetadata().getNamespace(),
                                logger.getSpec().port()));
    }

    private static Optional<String> ofIngress(EventLogger logger, @Nullable Ingress ingress) {
        EventLoggerIngress spec = logger.getSpec().ingress();
        if (spec == null || !logger.getSpec().hasIngress()) {
            return Optional.empty();
        }
        String scheme = spec.tlsSecretName() == null ? "http://" : "https://";
        String path = logger.getSpec().basePath();
        Optional<String> host = spec.host() != null && !spec.host().startsWith("*")
                ? Optional.of(spec.host())
                : spec.host() == null ? address(ingress) : Optional.empty();
        return host.map(each -> scheme + each + path);
    }

    /** A listener's protocol is known to its Gateway only, so it is told from its name or port. */
    private static Optional<String> ofHttpRoute(EventLoggerSpec spec) {
        EventLoggerHttpRoute route = spec.httpRoute();
        if (route == null || !spec.hasHttpRoute()) {
            return Optional.empty();
        }
        boolean isSecure = Stream.ofNullable(route.parentRefs())
                .flatMap(List::stream)
                .anyMatch(gateway -> Objects.equals(gateway.port(), HTTPS_PORT)
                        || (gateway.sectionName() != null
                                && gateway.sectionName().startsWith("https")));
        return Stream.ofNullable(route.hostnames())
                .flatMap(List::stream)
                .filter(host -> !host.startsWith("*"))
                .findFirst()
                .map(host -> (isSecure ? "https://" : "http://") + host + spec.basePath());
    }

    private static Optional<String> address(@Nullable Ingress ingress) {
        IngressLoadBalancerStatus balancer = ingress == null || ingress.getStatus() == null
                ? null
                : ingress.getStatus().getLoadBalancer();
        List<IngressLoadBalancerIngress> points =
                balancer == null ? List.of() : Objects.requireNonNullElse(balancer.getIngress(), List.of());
        return points.stream()
                .map(point -> point.getHostname() == null ? point.getIp() : point.getHostname())
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Optional<String> ofLoadBalancer(EventLogger logger, @Nullable Service service) {
        boolean isBalanced =
                logger.getSpec().service() != null && logger.getSpec().service().type() == ServiceType.LOAD_BALANCER;
        LoadBalancerStatus balancer = !isBalanced || service == null || service.getStatus() == null
                ? null
                : service.getStatus().getLoadBalancer();
        List<LoadBalancerIngress> points =
                balancer == null ? List.of() : Objects.requireNonNullElse(balancer.getIngress(), List.of());
        return points.stream()
                .map(point -> point.getHostname() == null ? point.getIp() : point.getHostname())
                .filter(Objects::nonNull)
                .findFirst()
                .map(host -> "http://%s:%d".formatted(host, logger.getSpec().port()));
    }
}
