package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.FollowedExample.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.jetwright.it.harness.Eventually;
import io.jetwright.it.harness.FollowedExample;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.TestNamespace;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The README of {@code examples/nats-cluster}, followed as it stands, on a node: its own names, addresses and policies. */
@Order(1) // takes long
class NatsClusterReadmeIT {
    @RegisterExtension
    static final Installation installation = Installation.withoutNats().nodes();

    private static @Nullable FollowedExample example;

    private final KubernetesClient client = installation.kubernetes().client();
    private final TestNamespace servers = followed().servers();

    private static FollowedExample followed() {
        FollowedExample known = example;
        if (known == null) {
            known = new FollowedExample(installation.kubernetes());
            example = known;
        }
        return known;
    }

    @AfterAll
    static void remove() {
        if (example != null) {
            example.close();
            example = null;
        }
    }

    private GenericKubernetesResource resource(String kind, String name) {
        return client.genericKubernetesResources("jetwright.io/v1beta1", kind)
                .inNamespace(servers.name())
                .withName(name)
                .require();
    }

    private Pod server(int number) {
        return client.pods()
                .inNamespace(servers.name())
                .withName("nats-" + number)
                .require();
    }

    @Test
    void theConnectionLeadsToTheClusterAndTheStreamHasThreeReplicas() {
        GenericKubernetesResource connection = servers.awaitReady(resource("Connection", "nats"));
        assertThat(connection.<String>get("status", "cluster")).isEqualTo("nats");
        assertThat(connection.<String>get("status", "account")).isEqualTo("APP");

        assertHasThreeReplicas();
    }

    private void assertHasThreeReplicas() {
        eventually(Eventually.START, () -> {
            GenericKubernetesResource events = servers.awaitReady(resource("Stream", "events"));
            assertThat(events.<String>get("status", "leader")).startsWith("nats-");
            assertThat(events.<List<Map<String, Object>>>get("status", "replicas"))
                    .hasSize(2)
                    .allSatisfy(replica -> assertThat(replica).containsEntry("current", true));
        });
    }

    @Test
    void theMonitoringPortAnswersThroughThePortForwardOfTheService() throws Exception {
        try (var forward =
                client.services().inNamespace(servers.name()).withName("nats").portForward(8222)) {
            assertThat(get("http://localhost:" + forward.getLocalPort() + "/healthz"))
                    .contains("\"status\":\"ok\"");
        }
    }

    private static String get(String url) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(10))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }

    @Test
    void theDisruptionBudgetIsAboutTheThreeServers() {
        eventually(() -> {
            var budget = client.policy()
                    .v1()
                    .podDisruptionBudget()
                    .inNamespace(servers.name())
                    .withName("nats")
                    .require()
                    .getStatus();
            assertThat(budget.getExpectedPods()).isEqualTo(3);
            assertThat(budget.getDesiredHealthy()).isEqualTo(2);
        });
    }

    @Test
    void theNetworkPolicyAdmitsTheOperatorAndWhoeverIsLabelledForItAndNobodyElse() {
        assertThat(labels(OPERATOR)).containsEntry("nats-client", "true");
        assertThat(admits("nats", labels(OPERATOR))).isTrue();
        assertThat(admits("nats", labels("default"))).isFalse();
        assertThat(admits("monitor", Map.of("nats-monitor", "true"))).isTrue();
        assertThat(admits("monitor", labels(OPERATOR))).isFalse();
        assertThat(admits("cluster", Map.of("nats-client", "true", "nats-monitor", "true")))
                .isFalse();
    }

    private Map<String, String> labels(String namespace) {
        return client.namespaces().withName(namespace).require().getMetadata().getLabels();
    }

    /** Whether a pod of a namespace with these labels reaches the port of a server, as Kubernetes documents policies. */
    private boolean admits(String port, Map<String, String> namespaceLabels) {
        var policy = client.network()
                .v1()
                .networkPolicies()
                .inNamespace(servers.name())
                .withName("nats")
                .require()
                .getSpec();
        assertThat(server(0).getMetadata().getLabels())
                .containsAllEntriesOf(policy.getPodSelector().getMatchLabels());
        assertThat(server(0).getSpec().getContainers().get(0).getPorts())
                .as("the named port of the policy")
                .anyMatch(each -> each.getName().equals(port));
        return policy.getIngress().stream()
                .filter(rule -> rule.getPorts().stream()
                        .anyMatch(each -> each.getPort().getStrVal().equals(port)))
                .flatMap(rule -> rule.getFrom().stream())
                .map(NetworkPolicyPeer::getNamespaceSelector)
                .filter(Objects::nonNull)
                .map(LabelSelector::getMatchLabels)
                .anyMatch(selector -> namespaceLabels.entrySet().containsAll(selector.entrySet()));
    }

    @Test
    void aPodThatEndsPutsItsServerIntoLameDuckModeAndComesBackWithItsData() {
        var pod = client.pods().inNamespace(servers.name()).withName("nats-2");
        String before = server(2).getMetadata().getUid();
        var log = new ByteArrayOutputStream();
        LogWatch watch = pod.watchLog(log);
        try {
            pod.delete();
            eventually(() -> assertThat(log.toString(StandardCharsets.UTF_8)).contains("Entering lame duck mode"));
        } finally {
            watch.close();
        }

        eventually(Eventually.START, () -> {
            assertThat(server(2).getMetadata().getUid()).isNotEqualTo(before);
            assertThat(pod.isReady()).isTrue();
        });
        assertHasThreeReplicas();
    }
}
