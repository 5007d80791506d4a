package io.jetwright.operator.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.EventLogger;
import io.jetwright.operator.report.Assessment;
import io.jetwright.status.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRouteAcceptanceTest {
    private static final EventLogger LOGGER = logger(
            "{enabled: true, parentRefs: [{name: public, namespace: gateways, sectionName: https}, {name: internal}]}");

    private static final String INTERNAL_ACCEPTS =
            ", {parentRef: {name: internal}, conditions: [{type: Accepted, status: \"True\"}]}";

    private static EventLogger logger(String httpRoute) {
        return Serialization.unmarshal("""
                kind: EventLogger
                metadata: {name: log, namespace: shop}
                spec: {streamName: A, httpRoute: %s}
                """.formatted(httpRoute), EventLogger.class);
    }

    /** The second generation of the route, with the status that controllers have given it. */
    private static HTTPRoute route(String parents) {
        HTTPRoute status = Serialization.unmarshal(
                "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nstatus: {parents: [%s]}\n"
                        .formatted(parents),
                HTTPRoute.class);
        HTTPRoute route = HttpRouteTemplate.route(LOGGER).orElseThrow();
        route.getMetadata().setGeneration(2L);
        route.setStatus(status.getStatus());
        return route;
    }

    private static String ofPublic(String conditions) {
        return "{parentRef: {name: public, namespace: gateways, sectionName: https}, conditions: [%s]}"
                .formatted(conditions);
    }

    private static Optional<Assessment> obstacle(String parents) {
        return HttpRouteAcceptance.obstacle(LOGGER, route(parents));
    }

    @Test
    void withoutAnHttpRouteThereIsNothingToAccept() {
        assertThat(HttpRouteAcceptance.obstacle(logger("{enabled: false}"), null))
                .isEmpty();
    }

    @Test
    void itIsBeingCreated() {
        assertThat(HttpRouteAcceptance.obstacle(LOGGER, null))
                .contains(new Assessment(Reason.HTTP_ROUTE_NOT_READY, "its HTTPRoute is being created"));
    }

    @Test
    void allGatewaysThatAreNamedHaveToAcceptIt() {
        String accepts =
                "{type: Accepted, status: \"True\", observedGeneration: 2}, {type: ResolvedRefs, status: \"True\", observedGeneration: 2}";
        assertThat(obstacle(ofPublic(accepts) + INTERNAL_ACCEPTS)).isEmpty();
        assertThat(obstacle(ofPublic(accepts)))
                .contains(
                        new Assessment(
                                Reason.HTTP_ROUTE_NOT_READY,
                                "the Gateway shop/internal has not yet said whether it accepts the HTTPRoute log: if it stays so, see whether there is this Gateway, and whether the controller of its class runs"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{type: Accepted, status: Unknown}",
                "{type: ResolvedRefs, status: \"True\"}",
                "{type: Accepted, status: \"True\", observedGeneration: 1}",
                "{type: Accepted, status: \"False\", observedGeneration: 1, reason: NoMatchingParent, message: none}"
            })
    void untilAGatewayHasAnsweredForThisGenerationItIsNotReady(String conditions) {
        assertThat(obstacle(ofPublic(conditions) + INTERNAL_ACCEPTS))
                .map(Assessment::reason)
                .contains(Reason.HTTP_ROUTE_NOT_READY);
    }

    @Test
    void whatIsSaidOfAnotherListenerDoesNotCount() {
        assertThat(obstacle("{parentRef: {name: public, namespace: gateways, sectionName: http},"
                        + " conditions: [{type: Accepted, status: \"True\"}]}" + INTERNAL_ACCEPTS))
                .map(Assessment::message)
                .hasValueSatisfying(message ->
                        assertThat(message).startsWith("the Gateway gateways/public has not yet said whether"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: Accepted, status: "False", reason: NotAllowedByListeners, message: no} | the Gateway gateways/public does not accept its HTTPRoute log (NotAllowedByListeners): no; have its listeners allow routes of this namespace (allowedRoutes)
            {type: Accepted, status: "False", reason: NoMatchingListenerHostname, message: no} | the Gateway gateways/public does not accept its HTTPRoute log (NoMatchingListenerHostname): no; have spec.httpRoute.hostnames and the host names of its listeners overlap
            {type: Accepted, status: "False", reason: NoMatchingParent, message: no} | the Gateway gateways/public does not accept its HTTPRoute log (NoMatchingParent): no; correct sectionName or port in spec.httpRoute.parentRefs
            {type: Accepted, status: "False", reason: UnsupportedValue, message: no} | the Gateway gateways/public does not accept its HTTPRoute log (UnsupportedValue): no; correct spec.httpRoute, or the Gateway
            {type: Accepted, status: "True"}, {type: ResolvedRefs, status: "False", reason: BackendNotFound, message: no} | the Gateway gateways/public cannot follow its HTTPRoute log (BackendNotFound): no; correct spec.httpRoute, or the Gateway
            """)
    void aGatewayThatRefusesIsNamedWithItsWordsAndTheCure(String conditions, String message) {
        assertThat(obstacle(ofPublic(conditions))).contains(new Assessment(Reason.HTTP_ROUTE_NOT_ACCEPTED, message));
    }

    @Test
    void ofSeveralControllersOneThatAcceptsItIsEnough() {
        String refuses = ofPublic("{type: Accepted, status: \"False\", reason: NoMatchingParent, message: none}");
        assertThat(obstacle(refuses + ", " + ofPublic("{type: Accepted, status: \"True\"}") + INTERNAL_ACCEPTS))
                .isEmpty();
    }
}
