package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.eventLogger;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.LimitedAccount;
import io.jetwright.it.harness.OperatorProcess;
import io.jetwright.it.harness.TestNamespace;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator that may not do what EventLoggers take does all else. */
class EventLoggerRightsIT {
    @RegisterExtension
    static final Installation installation = Installation.withoutOperator()
            .environment("IMAGE", "jetwright.io/jetwright:test")
            .environment("CLUSTER_ID", "test");

    private final TestNamespace namespace = installation.namespace();
    private final OperatorProcess operator = installation.newOperator();

    @Test
    void whatIsMissingIsSaidOnceAndInEachEventLoggerUntilItIsAllowed() {
        var account = new LimitedAccount(installation, "without-workloads");
        operator.set("KUBECONFIG", account.mayUseOurResources());
        operator.start();
        namespace.applyReady(stream("events", "{name: EVENTS, subjects: [\"events.>\"]}"));

        GenericKubernetesResource logger = namespace.apply(eventLogger("log", "{streamRef: {name: events}}"));
        GenericKubernetesResource another =
                namespace.apply(eventLogger("another", "{streamRef: {name: events}, suspend: true}"));

        String missing = "the operator may not list deployments.apps in namespace " + namespace.name();
        assertThat(namespace.awaitNotReady(logger, "Forbidden"))
                .startsWith(missing)
                .contains("allow its service account to get, list, watch, create and patch deployments");
        assertThat(namespace.awaitNotReady(another, "Forbidden")).startsWith(missing);
        assertThat(namespace.condition(logger, "Stalled").getStatus()).isEqualTo("True");
        assertThat(operator.log())
                .filteredOn(line -> line.contains("EventLoggers are left alone"))
                .singleElement()
                .asString()
                .contains(missing);
        eventually(() -> assertThat(namespace.events(logger))
                .extracting(Event::getType, Event::getReason, Event::getCount)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("Warning", "Forbidden", 1)));

        account.mayRunEventLoggers();

        namespace.awaitNotReady(logger, "DeploymentNotReady");
        namespace.awaitNotReady(another, "Suspended");
        assertThat(namespace
                        .client()
                        .services()
                        .inNamespace(namespace.name())
                        .withName("log")
                        .get())
                .isNotNull();
        assertThat(namespace.events(logger))
                .filteredOn(event -> event.getType().equals("Warning"))
                .hasSize(1);
    }

    /** What one EventLogger asks for beyond that concerns no other one, and not its own pods either. */
    @Test
    void whatOnlySomeAskForIsMissingInTheseUntilItIsAllowed() {
        var account = new LimitedAccount(installation, "without-policies");
        account.mayRunEventLoggers();
        operator.set("KUBECONFIG", account.mayUseOurResources());
        operator.start();
        assertThat(operator.log()).noneMatch(line -> line.contains("left alone"));
        namespace.applyReady(stream("events", "{name: EVENTS, subjects: [\"events.>\"]}"));

        GenericKubernetesResource modest = namespace.apply(logger("modest", ""));
        GenericKubernetesResource fenced = namespace.apply(logger("fenced", ", networkPolicy: {enabled: true}"));
        GenericKubernetesResource several = namespace.apply(logger("several", ", replicas: 2"));

        namespace.awaitNotReady(modest, "DeploymentNotReady");
        assertThat(namespace.awaitNotReady(fenced, "Forbidden"))
                .contains(
                        "may not list networkpolicies.networking.k8s.io in namespace " + namespace.name(),
                        "which spec.networkPolicy of an EventLogger takes",
                        "allow its service account to get, list, watch, create, patch and delete networkpolicies");
        assertThat(namespace.awaitNotReady(several, "Forbidden"))
                .contains("may not list poddisruptionbudgets.policy", "spec.podDisruptionBudget");
        for (String name : List.of("modest", "fenced", "several")) {
            eventually(() -> assertThat(deployment(name)).isNotNull());
        }

        account.mayMake("networking.k8s.io", "networkpolicies");

        namespace.awaitNotReady(fenced, "DeploymentNotReady");
        assertThat(namespace
                        .client()
                        .network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(namespace.name())
                        .withName("fenced")
                        .get())
                .isNotNull();
        assertThat(namespace.condition(several, "Ready").getReason()).isEqualTo("Forbidden");
    }

    private static String logger(String name, String more) {
        return eventLogger(name, "{streamRef: {name: events}, consumer: {durableName: %s}%s}".formatted(name, more));
    }

    private @Nullable Deployment deployment(String name) {
        return namespace
                .client()
                .apps()
                .deployments()
                .inNamespace(namespace.name())
                .withName(name)
                .get();
    }

    @Test
    void withoutTheRightToListEventLoggersThereAreNone() {
        var account = new LimitedAccount(installation, "without-event-loggers");
        operator.set(
                "KUBECONFIG",
                account.mayUseOurResources(
                        "streams",
                        "streams/status",
                        "consumers",
                        "consumers/status",
                        "keyvalues",
                        "objectstores",
                        "connections"));

        operator.start();

        namespace.applyReady(stream("events", "{name: EVENTS, subjects: [\"events.>\"]}"));
        assertThat(operator.log())
                .filteredOn(line -> line.contains("eventloggers.jetwright.io"))
                .singleElement()
                .asString()
                .contains(
                        "There are no EventLoggers until the operator is started again",
                        "may not list and watch eventloggers.jetwright.io in namespace " + namespace.name());
    }
}
