package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.connection;
import static io.jetwright.it.harness.Manifests.eventLogger;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.jetwright.eventlogger.Schemas;
import io.jetwright.it.harness.Eventually;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.TestNamespace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An EventLogger whose pods run: hardened, ready by their probes, reached through their Service. */
@Order(1) // takes long
class EventLoggerPodIT {
    @RegisterExtension
    static final Installation installation =
            Installation.withOperator().nodes().environment("EVENT_LOGGER_ALLOWED_IMAGES", "*");

    private final TestNamespace namespace = installation.namespace();

    private GenericKubernetesResource deploy(String more) {
        return namespace.awaitReady(Eventually.START, declare(more));
    }

    private GenericKubernetesResource declare(String more) {
        namespace.applyReady(stream("events", "{name: EVENTS, subjects: [\"events.>\"]}"));
        return namespace.apply(eventLogger(
                "event-logger",
                "{streamRef: {name: events}, image: \"%s\", imagePullPolicy: IfNotPresent%s}"
                        .formatted(installation.kubernetes().loadImage(), more)));
    }

    private List<String> pods() {
        return namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withLabel("app.kubernetes.io/instance", "event-logger")
                .list()
                .getItems()
                .stream()
                .map(Pod::getMetadata)
                .filter(pod -> pod.getDeletionTimestamp() == null)
                .map(pod -> pod.getName())
                .toList();
    }

    private URI address(String path) {
        installation.kubernetes().hostAddress();
        String address = namespace
                .client()
                .services()
                .inNamespace(namespace.name())
                .withName("event-logger")
                .require()
                .getSpec()
                .getClusterIP();
        return URI.create("http://" + address + ":8080" + path);
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.timeout(Duration.ofSeconds(5)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address(path)));
    }

    private String publish(String event) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address("/publish"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(event)));
    }

    @Test
    void whatIsPublishedThroughTheServiceIsShownStillAfterThePodWasReplaced() throws Exception {
        GenericKubernetesResource logger = deploy("");
        assertThat(publish("{\"name\":\"deploy\",\"data\":\"nginx v2\"}"))
                .isEqualTo("{\"status\":\"published\",\"subject\":\"events.deploy\"}");
        eventually(() -> assertThat(get("/events")).contains("\"nginx v2\"", "\"events.deploy\""));
        assertThat(namespace.read(logger).<Integer>get("status", "readyReplicas"))
                .isEqualTo(1);

        List<String> before = pods();
        namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withName(before.get(0))
                .delete();

        eventually(Eventually.START, () -> assertThat(pods()).hasSize(1).isNotEqualTo(before));
        namespace.awaitReady(Eventually.START, logger);
        eventually(Eventually.START, () -> assertThat(get("/events")).contains("\"nginx v2\"", "\"events.deploy\""));
    }

    /** Ready is to publish and to read; so no pod is, and the page is reached all the same. */
    @Test
    void whileNatsIsAwayThePageStillSaysSo() throws Exception {
        GenericKubernetesResource logger = deploy("");
        publish("{\"name\":\"deploy\",\"data\":\"nginx v2\"}");
        eventually(() -> assertThat(get("/events")).contains("nginx v2"));

        installation.nats().kill();
        try {
            eventually(
                    Eventually.START, () -> assertThat(namespace.read(logger).<Integer>get("status", "readyReplicas"))
                            .isZero());
            eventually(Eventually.START, () -> assertThat(get("/status"))
                    .contains("\"ready\":false", "NATS is away: none of its servers can be reached"));
            assertThat(get("/")).contains(">Event logger</title>");
            assertThat(get("/events")).contains("nginx v2");
            assertThat(publish("{\"name\":\"deploy\"}")).contains("503", "NATS is away");
        } finally {
            installation.nats().start();
        }
        namespace.awaitReady(Eventually.START, logger);
        assertThat(publish("{\"name\":\"deploy\",\"data\":2}")).contains("published");
    }

    /** Nothing but the pod's own Events says what it waits for. */
    @Test
    void thePodWaitsForTheConfigMapOfTheTypesAndDecodesEventsByThem() throws Exception {
        GenericKubernetesResource logger = declare("""
                , protobuf: {descriptors: {configMapRef: {name: event-types}},
                  types: [{subject: events.user.*, message: auth.UserCreated}]}
                """);
        eventually(Eventually.START, () -> assertThat(namespace
                        .client()
                        .v1()
                        .events()
                        .inNamespace(namespace.name())
                        .withField("reason", "FailedMount")
                        .list()
                        .getItems())
                .extracting(Event::getMessage)
                .anyMatch(message -> message.contains("configmap \"event-types\" not found")));
        eventually(() -> assertThat(namespace.awaitNotReady(logger, "DeploymentNotReady"))
                .isEqualTo("0 of 1 pods are ready"));

        namespace.client().resource(Schemas.configMap(namespace.name())).create();
        namespace.awaitReady(Eventually.START, logger);
        installation.nats().connection().jetStream().publish("events.user.7", Schemas.userCreated(7, "Zoë"));

        eventually(() -> assertThat(get("/events"))
                .contains("\"userId\":\"7\"", "\"displayName\":\"Zoë\"", "\"type\":\"auth.UserCreated\""));
    }

    /** As {@code kubectl drain} does it; the client tries again for as long as the budget does not allow it (429). */
    private void evict(String pod) {
        assertThat(namespace
                        .client()
                        .pods()
                        .inNamespace(namespace.name())
                        .withName(pod)
                        .evict(new EvictionBuilder()
                                .withNewMetadata()
                                .withNamespace(namespace.name())
                                .withName(pod)
                                .endMetadata()
                                .build()))
                .isTrue();
    }

    private boolean isReady(String pod) {
        return namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withName(pod)
                .isReady();
    }

    @Test
    void aNodeIsDrainedOfOnePodAfterTheOther() {
        GenericKubernetesResource logger = deploy(", replicas: 2");
        List<String> before = pods();
        assertThat(before).hasSize(2);
        eventually(() -> assertThat(namespace
                        .client()
                        .policy()
                        .v1()
                        .podDisruptionBudget()
                        .inNamespace(namespace.name())
                        .withName("event-logger")
                        .require()
                        .getStatus()
                        .getDisruptionsAllowed())
                .isEqualTo(1));

        evict(before.get(0));
        evict(before.get(1));

        assertThat(pods())
                .as("in the place of the first one")
                .doesNotContainAnyElementsOf(before)
                .anyMatch(this::isReady);
        namespace.awaitReady(Eventually.START, logger);
    }

    @Test
    void aSecretThatChangesReplacesThePods() throws Exception {
        namespace.putSecret("app-nats", Map.of("token", "one"));
        namespace.apply(connection(
                "app",
                "{servers: [\"%s\"], token: {secret: {name: app-nats}}}"
                        .formatted(installation.nats().url())));
        GenericKubernetesResource logger = deploy(", connectionRef: {name: app}");
        List<String> before = pods();
        assertThat(get("/health")).isEqualTo("{\"nats_connected\":true,\"status\":\"ok\"}");

        namespace.putSecret("app-nats", Map.of("token", "another"));

        eventually(Eventually.START, () -> assertThat(pods()).hasSize(1).doesNotContainAnyElementsOf(before));
        namespace.awaitReady(Eventually.START, logger);
    }
}
