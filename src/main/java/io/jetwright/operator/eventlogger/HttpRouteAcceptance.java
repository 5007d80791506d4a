package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.jetwright.api.EventLogger;
import io.jetwright.operator.report.Assessment;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import io.jetwright.status.Truth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the Gateways that an HTTPRoute names lead to it, as their controllers say in its status: the conditions {@code Accepted}
 * and {@code ResolvedRefs} of each parent
 * (<a href="https://gateway-api.sigs.k8s.io/reference/spec/#routeparentstatus">RouteParentStatus</a>); pure functions.
 */
final class HttpRouteAcceptance {
    private static final String ACCEPTED = "Accepted";

    /** What helps, by the reason that the Gateway API has for it. */
    private static final Map<String, String> CURES = Map.of(
            "NotAllowedByListeners",
            "have its listeners allow routes of this namespace (allowedRoutes)",
            "NoMatchingListenerHostname",
            "have spec.httpRoute.hostnames and the host names of its listeners overlap",
            "NoMatchingParent",
            "correct sectionName or port in spec.httpRoute.parentRefs");

    private HttpRouteAcceptance() {}

    /**
     * What keeps a Gateway that is named from leading to the event logger; empty if all of them lead to it, or none is asked for.
     * A Gateway that refuses is told before one that has not answered yet.
     *
     * @param route null while there is none
     */
    static Optional<Assessment> obstacle(EventLogger logger, @Nullable HTTPRoute route) {
        if (!logger.getSpec().hasHttpRoute()) {
            return Optional.empty();
        }
        if (route == null) {
            return Optional.of(new Assessment(Reason.HTTP_ROUTE_NOT_READY, "its HTTPRoute is being created"));
        }
        List<Assessment> obstacles = parents(route)
                .flatMap(parent -> obstacle(route, parent).stream())
                .toList();
        return obstacles.stream()
                .filter(each -> each.reason() == Reason.HTTP_ROUTE_NOT_ACCEPTED)
                .findFirst()
                .or(() -> obstacles.stream().findFirst());
    }

    private static Stream<ParentReference> parents(HTTPRoute route) {
        return Stream.ofNullable(route.getSpec().getParentRefs()).flatMap(List::stream);
    }

    /** Of one Gateway; if several controllers speak of it, it is enough that one of them leads to the route. */
    private static Optional<Assessment> obstacle(HTTPRoute route, ParentReference parent) {
        List<Optional<Assessment>> verdicts = Stream.ofNullable(route.getStatus())
                .flatMap(status -> Stream.ofNullable(status.getParents()).flatMap(List::stream))
                .filter(status -> isSame(route, parent, status.getParentRef()))
                .map(status -> obstacle(route, parent, status))
                .toList();
        return verdicts.isEmpty()
                ? Optional.of(unanswered(route, parent))
                : verdicts.stream().filter(Optional::isEmpty).findFirst().orElseGet(() -> verdicts.get(0));
    }

    private static boolean isSame(HTTPRoute route, ParentReference named, ParentReference reported) {
        return named.getName().equals(reported.getName())
                && namespace(route, named).equals(namespace(route, reported))
                && Objects.equals(named.getSectionName(), reported.getSectionName())
                && Objects.equals(named.getPort(), reported.getPort());
    }

    private static Optional<Assessment> obstacle(HTTPRoute route, ParentReference parent, RouteParentStatus status) {
        Optional<Condition> refusal = Stream.of(ACCEPTED, "ResolvedRefs")
                .flatMap(type -> current(route, status, type).stream())
                .filter(condition -> Truth.FALSE.word().equals(condition.getStatus()))
                .findFirst();
        if (refusal.isPresent()) {
            return refusal.map(condition -> refused(route, parent, condition));
        }
        boolean isAccepted = current(route, status, ACCEPTED)
                .filter(condition -> Truth.TRUE.word().equals(condition.getStatus()))
                .isPresent();
        return isAccepted ? Optional.empty() : Optional.of(unanswered(route, parent));
    }

    /** A condition that speaks of an older generation says nothing of this one. */
    private static Optional<Condition> current(HTTPRoute route, RouteParentStatus status, String type) {
        Long generation = route.getMetadata().getGeneration();
        return Conditions.find(status.getConditions(), type)
                .filter(condition -> generation == null
                        || condition.getObservedGeneration() == null
                        || condition.getObservedGeneration() >= generation);
    }

    private static Assessment refused(HTTPRoute route, ParentReference parent, Condition condition) {
        boolean isAccepted = !ACCEPTED.equals(condition.getType());
        String cure = CURES.getOrDefault(
                Objects.requireNonNullElse(condition.getReason(), ""), "correct spec.httpRoute, or the Gateway");
        return new Assessment(
                Reason.HTTP_ROUTE_NOT_ACCEPTED,
                "the %s %s its HTTPRoute %s (%s): %s; %s"
                        .formatted(
                                name(route, parent),
                                isAccepted ? "cannot follow" : "does not accept",
                                route.getMetadata().getName(),
                                condition.getReason(),
                                condition.getMessage(),
                                cure));
    }

    private static Assessment unanswered(HTTPRoute route, ParentReference parent) {
        return new Assessment(
                Reason.HTTP_ROUTE_NOT_READY,
                "the %s has not yet said whether it accepts the HTTPRoute %s: if it stays so, see whether there is this Gateway, and whether the controller of its class runs"
                        .formatted(name(route, parent), route.getMetadata().getName()));
    }

    private static String name(HTTPRoute route, ParentReference parent) {
        return "Gateway " + namespace(route, parent) + "/" + parent.getName();
    }

    private static String namespace(HTTPRoute route, ParentReference parent) {
        return Objects.requireNonNullElse(
                parent.getNamespace(), route.getMetadata().getNamespace());
    }
}
