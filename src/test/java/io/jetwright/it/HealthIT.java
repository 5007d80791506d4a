package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.connection;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.eventLogger;
import static io.jetwright.it.harness.Manifests.keyValue;
import static io.jetwright.it.harness.Manifests.objectStore;
import static io.jetwright.it.harness.Manifests.redrive;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.gitops.HealthScript;
import io.jetwright.gitops.HealthScript.Health;
import io.jetwright.gitops.KStatus;
import io.jetwright.it.harness.DeadLetters;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.Kubectl;
import io.jetwright.it.harness.OperatorProcess;
import io.jetwright.it.harness.Ports;
import io.jetwright.it.harness.RelayProcess;
import io.jetwright.it.harness.TestNamespace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How resources of every kind look, in every state, to Argo CD, to kstatus (Flux, Helm) and to kubectl wait. */
class HealthIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator()
            .environment("RESYNC_INTERVAL", "1s")
            .environment("EVENT_LOGGER_ALLOWED_IMAGES", "example.com/*");

    private static final HealthScript ARGO_CD = HealthScript.in(Path.of("examples/argocd/health/jetwright.lua"));

    private final TestNamespace namespace = installation.namespace();
    private final OperatorProcess operator = installation.operator();
    private final Kubectl kubectl = new Kubectl(installation.kubernetes(), namespace);

    /** The states, each with the answers that are to be given. */
    private enum State {
        FRESH("Progressing", KStatus.IN_PROGRESS),
        PROGRESSING("Progressing", KStatus.IN_PROGRESS),
        HEALTHY("Healthy", KStatus.CURRENT),
        CHANGED("Progressing", KStatus.IN_PROGRESS),
        REFUSED("Degraded", KStatus.FAILED),
        UNREACHABLE("Progressing", KStatus.IN_PROGRESS),
        SUSPENDED("Suspended", KStatus.IN_PROGRESS),
        DELETING("Progressing", KStatus.TERMINATING);

        private final String argoCd;
        private final KStatus kstatus;

        State(String argoCd, KStatus kstatus) {
            this.argoCd = argoCd;
            this.kstatus = kstatus;
        }
    }

    private void assertAll(State state, List<GenericKubernetesResource> resources, String message) {
        for (GenericKubernetesResource each : resources) {
            String resource = each.getKind() + "/" + each.getMetadata().getName();
            eventually(() -> {
                GenericKubernetesResource current = namespace.read(each);
                Health health = ARGO_CD.assess(current);
                assertThat(health.status()).as(resource + ": " + health).isEqualTo(state.argoCd);
                assertThat(health.message()).as(resource).containsPattern(message);
                assertThat(KStatus.of(current)).as(resource).isEqualTo(state.kstatus);
            });
            Kubectl.Answer answer = kubectl.run("wait", "--for=condition=Ready", "--timeout=0s", resource);
            assertThat(answer.exitCode() == 0)
                    .as(resource + ": " + answer.said())
                    .isEqualTo(state == State.HEALTHY);
        }
    }

    private List<GenericKubernetesResource> applyAll(String... manifests) {
        return List.of(manifests).stream().map(namespace::apply).toList();
    }

    /** The event logger with an Ingress to which nobody gives an address: that is Argo CD's to show at the Ingress itself. */
    private List<GenericKubernetesResource> ofEveryKind() {
        return applyAll(
                stream("orders", "subjects: [\"orders.>\"]"),
                consumer("billing", "streamRef: {name: orders}"),
                keyValue("sessions", "{}"),
                objectStore("reports", "{}"),
                connection(
                        "nats",
                        "servers: [\"%s\"]".formatted(installation.nats().url())),
                eventLogger("log", "{streamRef: {name: orders}, image: example.com/log, ingress: {enabled: true}}"));
    }

    private List<GenericKubernetesResource> healthy() {
        List<GenericKubernetesResource> resources = ofEveryKind();
        namespace.reportPodReady("log");
        resources.forEach(namespace::awaitReady);
        return resources;
    }

    @Test
    void fresh() {
        operator.terminate();

        assertAll(State.FRESH, ofEveryKind(), "^Waiting for Jetwright\\. If this stays");
    }

    @Test
    void progressing() {
        assertAll(
                State.PROGRESSING,
                applyAll(
                        stream("orders", "connectionRef: {name: later}"),
                        consumer("billing", "streamRef: {name: later}"),
                        keyValue("sessions", "connectionRef: {name: later}"),
                        objectStore("reports", "connectionRef: {name: later}"),
                        connection("nats", "{servers: [nats://127.0.0.1], creds: {secret: {name: later}}}"),
                        eventLogger("log", "{streamRef: {name: later}, image: example.com/log}")),
                "^(ConnectionNotFound|StreamNotReady|SecretNotFound): .*later");
    }

    @Test
    void progressingWhileWhatIsInTheWayIsBeingDeleted() {
        GenericKubernetesResource old =
                namespace.applyReady(stream("old", "{subjects: [\"orders.>\"], deletionPolicy: DeleteIfEmpty}"));
        new JetStreamApi(installation.nats()).publish("orders.a", 1);
        namespace.delete(old);
        namespace.awaitNotReady(old, "WaitingUntilEmpty");

        assertAll(
                State.PROGRESSING, applyAll(stream("renamed", "subjects: [\"orders.>\"]")), "^Blocked: .*[(]10065[)]");
        new JetStreamApi(installation.nats()).purge("old");
    }

    @Test
    void progressingWhilePodsStart() {
        namespace.applyReady(stream("orders", "subjects: [\"orders.>\"]"));

        assertAll(
                State.PROGRESSING,
                applyAll(eventLogger("log", "{streamRef: {name: orders}, image: example.com/log}")),
                "^DeploymentNotReady: ");
    }

    @Test
    void healthyWhenJetStreamAgrees() {
        assertAll(State.HEALTHY, healthy(), "^(InSync|Connected|Available): ");
    }

    @Test
    void kubectlWaitsUntilItIsHealthy() throws Exception {
        GenericKubernetesResource billing = namespace.apply(consumer("billing", "streamRef: {name: orders}"));
        assertAll(State.PROGRESSING, List.of(billing), "^StreamNotReady: ");
        CompletableFuture<Kubectl.Answer> waiting = CompletableFuture.supplyAsync(
                () -> kubectl.run("wait", "--for=condition=Ready", "--timeout=60s", "consumer/billing"));

        namespace.apply(stream("orders", "subjects: [\"orders.>\"]"));

        assertThat(waiting.get().successful()).contains("condition met");
        assertAll(State.HEALTHY, List.of(billing), "^InSync: ");
    }

    @Test
    void changedAndNotYetSeen() {
        List<GenericKubernetesResource> resources = healthy();
        operator.terminate();

        applyAll(
                stream("orders", "{subjects: [\"orders.>\"], description: Changed}"),
                consumer("billing", "{streamRef: {name: orders}, description: Changed}"),
                keyValue("sessions", "description: Changed"),
                objectStore("reports", "description: Changed"),
                connection("nats", "servers: [nats://127.0.0.1:1]"),
                eventLogger("log", "{streamRef: {name: orders}, image: example.com/log:2}"));

        assertAll(State.CHANGED, resources, "^Waiting for Jetwright to see the last change");
    }

    @Test
    void refused() {
        namespace.applyReady(stream("tasks", "{subjects: [tasks], retention: workqueue}"));
        namespace.putSecret("password", Map.of("other", "x"));

        assertAll(
                State.REFUSED,
                applyAll(
                        stream("orders", "replicas: 3"),
                        consumer("billing", "{streamRef: {name: tasks}, deliverPolicy: new}"),
                        keyValue("sessions", "replicas: 3"),
                        objectStore("reports", "replicas: 3"),
                        connection("nats", "{servers: [nats://127.0.0.1], user: {secret: {name: password}}}"),
                        eventLogger("log", "streamRef: {name: tasks}")),
                "^(Rejected: JetStream refused: .*|SecretInvalid: .*password.*|ImageUnknown: .*image)");
    }

    @Test
    void unreachable() {
        String away = "connectionRef: {name: away}";
        assertAll(
                State.UNREACHABLE,
                applyAll(
                        connection("away", "servers: [nats://127.0.0.1:%d]".formatted(Ports.free())),
                        stream("orders", away),
                        consumer("billing", "{streamName: ORDERS, %s}".formatted(away)),
                        keyValue("sessions", away),
                        objectStore("reports", away),
                        eventLogger("log", "{streamName: ORDERS, image: example.com/log, %s}".formatted(away))),
                "^Unreachable: ");
    }

    @Test
    void unreachableAfterHavingBeenHealthy() {
        List<GenericKubernetesResource> resources = healthy();

        installation.nats().stop();

        assertAll(State.UNREACHABLE, resources, "^Unreachable: ");
    }

    @Test
    void suspended() {
        assertAll(
                State.SUSPENDED,
                applyAll(
                        stream("orders", "suspend: true"),
                        consumer("billing", "{streamName: ORDERS, suspend: true}"),
                        keyValue("sessions", "suspend: true"),
                        objectStore("reports", "suspend: true"),
                        eventLogger("log", "{streamName: ORDERS, suspend: true}")),
                "^Suspended: ");
    }

    @Test
    void deleting() throws Exception {
        String keep = "deletionPolicy: DeleteIfEmpty";
        List<GenericKubernetesResource> resources = new ArrayList<>(applyAll(
                stream("orders", "{subjects: [\"orders.>\"], %s}".formatted(keep)),
                keyValue("sessions", keep),
                objectStore("reports", keep),
                consumer("billing", "{streamRef: {name: orders}, %s}".formatted(keep)),
                connection(
                        "nats",
                        "servers: [\"%s\"]".formatted(installation.nats().url()))));
        resources.forEach(namespace::awaitReady);
        namespace.applyReady(stream("user", "connectionRef: {name: nats}"));
        for (String subject : List.of("orders.new", "$KV.sessions.alice", "$O.reports.C.january")) {
            installation.nats().connection().jetStream().publish(subject, "1".getBytes(StandardCharsets.UTF_8));
        }

        resources.forEach(namespace::delete);

        assertAll(State.DELETING, resources, "^Being deleted. (WaitingUntilEmpty|InUse): ");
    }

    @Test
    void deletingWhatIsHeldBySomebodyElse() {
        namespace.applyReady(stream("orders", "subjects: [\"orders.>\"]"));
        GenericKubernetesResource log = TestNamespace.parse(
                        eventLogger("log", "{streamRef: {name: orders}, image: example.com/log}"))
                .get(0);
        log.getMetadata().setFinalizers(List.of("example.com/hold"));
        GenericKubernetesResource held = namespace.apply(log);

        namespace.delete(held);

        assertAll(State.DELETING, List.of(held), "^Being deleted");
    }

    /** One after the other, since they depend on each other. */
    @Test
    void redrivesInEachState() throws Exception {
        var jetStream = new JetStreamApi(installation.nats());
        jetStream.createStream("{name: WORK, subjects: [\"work.>\"], retention: workqueue}");
        jetStream.createStream("{name: DEAD, subjects: [\"dead.>\"]}");
        var letters = new DeadLetters(installation.nats());
        letters.store(500, "WORK", "work.a");
        RelayProcess relay = installation.newRelay();

        var first = applyAll(redrive("first", "{streamName: DEAD, ratePerSecond: 5, maxDeadAgainPercent: 10}"));
        assertAll(State.FRESH, first, "^Waiting for Jetwright[.] If this stays, see whether the relay of dead letters");

        relay.start();
        assertAll(State.PROGRESSING, first, "^Redriving: dead letters of the stream DEAD are sent");
        var second = applyAll(redrive("second", "{streamName: DEAD, limit: 1}"));
        assertAll(State.PROGRESSING, second, "^WaitingForRedrive: .*/first");

        String created = jetStream.stream("DEAD").get("created").asText();
        String published = Instant.now().toString(); // by the first one
        for (int i = 1; i <= 200; i++) {
            letters.store(
                    DeadLetters.letter("WORK", "work.a", i)
                            .put("Dead-Letter-Published", published)
                            .put("Dead-Letter-Original-Nats-Msg-Id", "redrive/DEAD/" + created + "/" + i),
                    "died again");
        }
        assertAll(State.REFUSED, first, "^DeadAgain: stopped");
        assertAll(State.HEALTHY, second, "^Redriven: 1 of 1 dead letters were sent");
        assertAll(
                State.REFUSED,
                applyAll(redrive("astray", "{streamName: DEAD, to: {subject: \"nowhere.{subject}\"}}")),
                "^Refused: .*no stream takes messages on nowhere.work.a");

        relay.terminate();
        applyAll(redrive("second", "{streamName: DEAD, limit: 1, ttlSecondsAfterFinished: 86400}"));
        assertAll(
                State.CHANGED, second, "^Waiting for Jetwright to see the last change.*the relay of dead letters runs");
        relay.start();
        assertAll(State.HEALTHY, second, "^Redriven: ");
    }
}
