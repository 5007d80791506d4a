package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.connection;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.eventLogger;
import static io.jetwright.it.harness.Manifests.keyValue;
import static io.jetwright.it.harness.Manifests.objectStore;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.it.harness.ChartAccount;
import io.jetwright.it.harness.Helm;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.OperatorProcess;
import io.jetwright.it.harness.Programs;
import io.jetwright.it.harness.TestNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart grants is what the operator asks for, as the API server's audit log tells; nothing less, nothing more. */
class ChartRightsIT {
    @RegisterExtension
    static final Installation installation = Installation.withoutOperator()
            .ownApiServer()
            .environment("IMAGE", "jetwright.io/jetwright:test")
            .environment("LEADER_ELECTION", "true")
            .environment("RESYNC_INTERVAL", "2s");

    private static final List<Class<? extends HasMetadata>> OPTIONAL =
            List.of(Ingress.class, HTTPRoute.class, NetworkPolicy.class, PodDisruptionBudget.class);

    private static final String ALL_THAT_IS_OPTIONAL =
            "replicas: 2, ingress: {enabled: true}, networkPolicy: {enabled: true}, httpRoute: {enabled: true, parentRefs: [{name: public}]}";

    private final TestNamespace namespace = installation.namespace();

    @BeforeAll
    static void installTheGatewayApi() {
        installation.kubernetes().install(Programs.httpRoutes());
    }

    /**
     * One right, or the use of one.
     *
     * @param resource with its subresource, as in {@code streams/status}
     */
    private record Right(String group, String resource, String verb) implements Comparable<Right> {
        @Override
        public int compareTo(Right other) {
            return toString().compareTo(other.toString());
        }
    }

    private static Set<Right> granted(List<GenericKubernetesResource> rendered) {
        Set<Right> rights = new TreeSet<>();
        for (GenericKubernetesResource resource : rendered) {
            if (!resource.getKind().endsWith("Role")) {
                continue;
            }
            List<?> rules = resource.get("rules");
            for (Object each : rules) {
                PolicyRule rule = Serialization.unmarshal(Serialization.asJson(each), PolicyRule.class);
                for (String group : rule.getApiGroups()) {
                    for (String name : rule.getResources()) {
                        rule.getVerbs().forEach(verb -> rights.add(new Right(group, name, verb)));
                    }
                }
            }
        }
        return rights;
    }

    private List<JsonNode> requests() throws Exception {
        List<JsonNode> requests = new ArrayList<>();
        for (String line : installation.controlPlane().auditLog()) {
            JsonNode request = new JsonMapper().readTree(line);
            if (request.at("/user/username").asText().startsWith("system:serviceaccount:" + namespace.name() + ":r")
                    && !request.path("requestURI").asText().startsWith("/apis/authorization.k8s.io/")) {
                requests.add(request);
            }
        }
        return requests;
    }

    /** To create by server-side apply is a patch that needs the right to create as well. */
    private static Set<Right> used(List<JsonNode> requests) {
        Set<Right> rights = new TreeSet<>();
        for (JsonNode request : requests) {
            JsonNode object = request.path("objectRef");
            if (object.has("resource")) {
                String group = object.path("apiGroup").asText();
                String sub = object.path("subresource").asText();
                String resource = object.path("resource").asText() + (sub.isEmpty() ? "" : "/" + sub);
                String verb = request.path("verb").asText();
                rights.add(new Right(group, resource, verb));
                if (verb.equals("patch") && request.at("/responseStatus/code").asInt() == 201) {
                    rights.add(new Right(group, resource, "create"));
                }
            }
        }
        return rights;
    }

    /** The SDK reads a resource anew if somebody else changed it while its finalizer was removed. */
    private static Set<Right> usedAfterAConflict() {
        Set<Right> rights = new TreeSet<>();
        for (String resource : List.of("connections", "consumers", "keyvalues", "objectstores", "streams")) {
            rights.add(new Right("jetwright.io", resource, "get"));
        }
        return rights;
    }

    private OperatorProcess start(Set<String> watched) {
        OperatorProcess operator = installation.newOperator();
        operator.set("LEADER_ELECTION_NAMESPACE", namespace.name());
        operator.set("WATCH_NAMESPACES", String.join(",", watched));
        operator.start();
        return operator;
    }

    /** All that an operator does in its life, once. */
    private void liveALife(TestNamespace other) {
        other.label("team", "shop");
        namespace.putSecret("login", Map.of("username", "test", "password", "test"));
        var shop = namespace.applyReady(connection(
                "shop",
                "{servers: [\"%s\"], user: {secret: {name: login}}, allowedNamespaces: {selector: {matchLabels: {team: shop}}}}"
                        .formatted(installation.nats().url())));
        var guest = other.applyReady(stream(
                "guest",
                "{subjects: [guest], connectionRef: {name: shop, namespace: %s}}".formatted(namespace.name())));
        var events = namespace.applyReady(stream("events", "{subjects: [\"events.>\"], connectionRef: {name: shop}}"));
        var workers = namespace.applyReady(consumer("workers", "streamRef: {name: events}"));
        var bucket = namespace.applyReady(keyValue("settings", "history: 3"));
        var files = namespace.applyReady(objectStore("files", "description: files"));
        loseAndRepairTwice(bucket);
        var logger = namespace.apply(eventLogger("log", "{streamName: events, %s}".formatted(ALL_THAT_IS_OPTIONAL)));
        namespace.awaitNotReady(logger, "DeploymentNotReady");
        eventually(() -> assertThat(optional()).hasSize(4));
        namespace.apply(eventLogger("log", "{streamName: events}"));
        eventually(() -> assertThat(optional()).isEmpty());
        beInTheWayOfAnEventLogger();
        other.delete(guest);
        other.awaitGone(guest);
        var mine = List.of(logger, workers, events, bucket, files, shop);
        mine.forEach(namespace::delete);
        mine.forEach(namespace::awaitGone);
    }

    /** The second time the same Event is counted, not made. */
    private void loseAndRepairTwice(GenericKubernetesResource bucket) {
        var jetStream = new JetStreamApi(installation.nats());
        for (int time = 1; time <= 2; time++) {
            jetStream.ask("STREAM.DELETE.KV_settings", "");
            eventually(() -> assertThat(jetStream.hasStream("KV_settings")).isTrue());
        }
        eventually(() -> assertThat(namespace.events(bucket))
                .anyMatch(event -> event.getCount() != null && event.getCount() > 1));
    }

    /** What has its name, and is somebody else's, is looked at, and left as it is. */
    private void beInTheWayOfAnEventLogger() {
        namespace.applyAll("""
                apiVersion: v1
                kind: Service
                metadata: {name: taken}
                spec: {ports: [{name: http, port: 1234}]}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: taken}
                spec:
                  selector: {matchLabels: {app: taken}}
                  template:
                    metadata: {labels: {app: taken}}
                    spec: {containers: [{name: taken, image: taken}]}
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: routed}
                spec: {defaultBackend: {service: {name: taken, port: {number: 1234}}}}
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: routed}
                spec: {}
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: routed}
                spec: {podSelector: {}}
                ---
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: routed}
                spec: {selector: {matchLabels: {app: taken}}}
                """);
        for (String name : List.of("taken", "routed")) {
            var blocked = namespace.apply(eventLogger(
                    name,
                    "{streamName: events, consumer: {durableName: %s}, %s}".formatted(name, ALL_THAT_IS_OPTIONAL)));
            assertThat(namespace.awaitNotReady(blocked, "Conflict"))
                    .contains(name.equals("taken") ? "there is a " : "there is a HTTPRoute");
            namespace.delete(blocked);
            namespace.awaitGone(blocked);
        }
    }

    /**
     * Only once no operator runs: one that sees what was in the way go, before it sees that the event logger went, makes its
     * own, which is left to the garbage collector.
     */
    private void clearTheWay() {
        optional().forEach(each -> namespace.client().resource(each).delete());
    }

    private List<HasMetadata> optional() {
        return OPTIONAL.stream()
                .flatMap(kind ->
                        namespace.client().resources(kind).inNamespace(namespace.name()).list().getItems().stream())
                .map(HasMetadata.class::cast)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachRightThatIsGrantedIsUsedAndNothingIsForbidden(boolean everywhere) throws Exception {
        TestNamespace other = installation.kubernetes().namespace("other");
        Set<String> watched = everywhere ? Set.of() : Set.of(namespace.name(), other.name());
        OperatorProcess operator = start(watched);
        int before = requests().size();

        liveALife(other);

        assertThat(operator.terminate()).isEqualTo(143);
        clearTheWay();
        List<JsonNode> requests = requests();
        assertThat(requests).hasSizeGreaterThan(before);
        assertThat(requests)
                .noneMatch(request -> request.at("/responseStatus/code").asInt() == 403);
        Set<Right> used = used(requests);
        used.addAll(usedAfterAConflict());
        assertThat(granted(ChartAccount.render("jetwright", namespace.name(), watched, true)))
                .isEqualTo(used);
    }

    /** Where EventLoggers are not run, nothing is granted on what they would consist of, and they are told. */
    @Test
    void withoutEventLoggersNothingIsGrantedForThemButToSaySo() throws Exception {
        OperatorProcess operator = installation.newOperator();
        operator.set("LEADER_ELECTION_NAMESPACE", namespace.name());
        operator.set("EVENT_LOGGER_ENABLED", "false");
        operator.start();

        var logger = namespace.apply(eventLogger("log", "{streamName: events, replicas: 2}"));

        assertThat(namespace.awaitNotReady(logger, "EventLoggerDisabled"))
                .contains("told not to run EventLoggers", "eventLogger.enabled set to true", "EVENT_LOGGER_ENABLED");
        assertThat(namespace.condition(logger, "Stalled").getStatus()).isEqualTo("True");
        eventually(() -> assertThat(namespace.events(logger))
                .extracting(Event::getReason)
                .containsExactly("EventLoggerDisabled"));
        assertThat(operator.terminate()).isEqualTo(143);
        assertThat(requests())
                .noneMatch(request -> request.at("/responseStatus/code").asInt() == 403);
        Set<Right> granted = granted(ChartAccount.render("jetwright", namespace.name(), Set.of(), false));
        assertThat(granted)
                .contains(new Right("jetwright.io", "eventloggers/status", "patch"))
                .doesNotContain(new Right("jetwright.io", "consumers", "create"))
                .noneMatch(right -> List.of("apps", "networking.k8s.io", "policy", "gateway.networking.k8s.io")
                        .contains(right.group()))
                .noneMatch(right -> right.resource().equals("services"));
        namespace.delete(logger);
        namespace.awaitGone(logger);
    }

    @Test
    void withoutClusterWideNeedsNothingOfTheClustersScopeIsGranted() {
        String rendered = Helm.alone()
                .template(
                        "jetwright",
                        "jetwright",
                        "--set-json=watchNamespaces=[\"shop\"]",
                        "--set=clusterId=test,rbac.namespaces=false,rbac.leases=false,rbac.aggregate=false,crds.install=false");

        assertThat(TestNamespace.parse(rendered))
                .extracting(GenericKubernetesResource::getKind)
                .doesNotContain("ClusterRole", "ClusterRoleBinding");
    }
}
