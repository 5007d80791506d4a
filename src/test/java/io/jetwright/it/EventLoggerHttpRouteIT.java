package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.eventLogger;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteStatusBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.OperatorProcess;
import io.jetwright.it.harness.Programs;
import io.jetwright.it.harness.TestNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** HTTPRoutes of event loggers, by the Gateway API's own definition, which comes and goes. */
class EventLoggerHttpRouteIT {
    @RegisterExtension
    static final Installation installation =
            Installation.withOperator().ownApiServer().environment("IMAGE", "jetwright.io/jetwright:test");

    private static final String SPEC =
            "{streamRef: {name: events}, httpRoute: {enabled: %s, parentRefs: [{name: public, namespace: gateways, sectionName: https}], hostnames: [events.example.com], path: /log}}";

    private final TestNamespace namespace = installation.namespace();
    private final OperatorProcess operator = installation.operator();

    private Resource<HTTPRoute> route() {
        return route("log");
    }

    private Resource<HTTPRoute> route(String name) {
        return namespace
                .client()
                .resources(HTTPRoute.class)
                .inNamespace(namespace.name())
                .withName(name);
    }

    /** Says of all Gateways that the route names what their controller would. */
    private void report(String name, boolean isAccepted, String reason, String message) {
        eventually(() -> route(name).editStatus(route -> {
            var status = new HTTPRouteStatusBuilder();
            for (ParentReference parent : route.getSpec().getParentRefs()) {
                status.addNewParent()
                        .withControllerName("example.com/gateways")
                        .withParentRef(parent)
                        .withConditions(new ConditionBuilder()
                                .withType("Accepted")
                                .withStatus(isAccepted ? "True" : "False")
                                .withReason(reason)
                                .withMessage(message)
                                .withObservedGeneration(route.getMetadata().getGeneration())
                                .withLastTransitionTime("2026-01-01T00:00:00Z")
                                .build())
                        .endParent();
            }
            route.setStatus(status.build());
            return route;
        }));
    }

    private void reportAccepted(String name) {
        report(name, true, "Accepted", "");
    }

    private static void removeTheGatewayApi() {
        var definition = installation
                .kubernetes()
                .client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("httproutes.gateway.networking.k8s.io");
        definition.delete();
        eventually(() -> assertThat(definition.get()).isNull());
    }

    @AfterEach
    void clean() {
        removeTheGatewayApi();
    }

    private GenericKubernetesResource applyLogger() {
        namespace.applyReady(stream("events", "{name: EVENTS, subjects: [\"events.>\"]}"));
        return namespace.apply(eventLogger("log", SPEC.formatted(true)));
    }

    @Test
    void withoutTheGatewayApiItIsSaidThatItIsMissingUntilItIsThere() {
        operator.kill();
        operator.start();
        GenericKubernetesResource logger = applyLogger();

        assertThat(namespace.awaitNotReady(logger, "KindNotInstalled"))
                .isEqualTo(
                        "Kubernetes does not know the kind HTTPRoute (gateway.networking.k8s.io/v1), which spec.httpRoute of an EventLogger takes: install its CRD");
        assertThat(namespace.condition(logger, "Reconciling").getStatus()).isEqualTo("True");
        namespace.reportPodReady("log");
        GenericKubernetesResource without = namespace.apply(
                eventLogger("without", "{streamRef: {name: events}, consumer: {durableName: without}}"));
        namespace.reportPodReady("without");
        namespace.awaitReady(without);
        assertThat(namespace.condition(logger, "Ready").getReason()).isEqualTo("KindNotInstalled");

        installation.kubernetes().install(Programs.httpRoutes());

        assertThat(namespace.awaitNotReady(logger, "HttpRouteNotReady"))
                .startsWith("the Gateway gateways/public has not yet said whether it accepts the HTTPRoute log");
        reportAccepted("log");
        namespace.awaitReady(logger);
        assertThat(namespace.read(logger).<String>get("status", "url")).isEqualTo("https://events.example.com/log");
        HTTPRoute made = route().require();
        assertThat(made.getSpec().getHostnames()).containsExactly("events.example.com");
        assertThat(made.getSpec().getParentRefs()).singleElement().satisfies(parent -> {
            assertThat(parent.getName()).isEqualTo("public");
            assertThat(parent.getNamespace()).isEqualTo("gateways");
            assertThat(parent.getSectionName()).isEqualTo("https");
        });
    }

    @Test
    void aGatewayThatDoesNotAcceptItIsToldWithItsWordsUntilItDoes() {
        installation.kubernetes().install(Programs.httpRoutes());
        operator.kill();
        operator.start();
        GenericKubernetesResource logger = applyLogger();
        namespace.reportPodReady("log");

        report("log", false, "NotAllowedByListeners", "no listener takes routes of this namespace");
        assertThat(namespace.awaitNotReady(logger, "HttpRouteNotAccepted"))
                .isEqualTo(
                        "the Gateway gateways/public does not accept its HTTPRoute log (NotAllowedByListeners): no listener takes routes of this namespace; have its listeners allow routes of this namespace (allowedRoutes)");
        assertThat(namespace.condition(logger, "Stalled").getStatus()).isEqualTo("True");

        reportAccepted("log");
        namespace.awaitReadySoon(logger);
    }

    @Test
    void itIsRepairedAndLeftAtRestAndGoesWhenItIsDisabled() {
        installation.kubernetes().install(Programs.httpRoutes());
        operator.kill();
        operator.start();
        GenericKubernetesResource logger = applyLogger();
        namespace.reportPodReady("log");
        reportAccepted("log");
        namespace.awaitReady(logger);
        String before = version();

        operator.kill();
        operator.start();
        GenericKubernetesResource probe =
                namespace.apply(eventLogger("probe", "{streamRef: {name: events}, consumer: {durableName: probe}}"));
        namespace.awaitNotReady(probe, "DeploymentNotReady");
        assertThat(version()).isEqualTo(before);

        route().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"hostnames\": [\"other.example.com\"]}}");
        eventually(() -> assertThat(route().require().getSpec().getHostnames()).containsExactly("events.example.com"));

        namespace.apply(eventLogger("log", SPEC.formatted(false)));
        eventually(() -> assertThat(route().get()).isNull());
        namespace.awaitNotReady(logger, "DeploymentNotReady");
    }

    /** The watch of a kind that goes must take nothing else with it. */
    @Test
    void theGatewayApiMayBeRemoved() {
        installation.kubernetes().install(Programs.httpRoutes());
        GenericKubernetesResource logger = applyLogger();
        namespace.reportPodReady("log");
        reportAccepted("log");
        namespace.awaitReady(logger);

        removeTheGatewayApi();

        GenericKubernetesResource without = namespace.apply(
                eventLogger("without", "{streamRef: {name: events}, consumer: {durableName: without}}"));
        namespace.reportPodReady("without");
        namespace.awaitReady(without);
        GenericKubernetesResource late = namespace.apply(
                eventLogger(
                        "late",
                        "{streamRef: {name: events}, consumer: {durableName: late}, httpRoute: {enabled: true, parentRefs: [{name: public}]}}"));
        assertThat(namespace.awaitNotReady(late, "KindNotInstalled")).contains("HTTPRoute", "install its CRD");
        namespace.reportPodReady("late");

        installation.kubernetes().install(Programs.httpRoutes());
        reportAccepted("late");
        namespace.awaitReady(late);
        assertThat(operator.log()).filteredOn(line -> line.contains("Started;")).hasSize(1);
    }

    private String version() {
        return route().require().getMetadata().getResourceVersion();
    }
}
