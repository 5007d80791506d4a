package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.Examples;
import io.jetwright.it.harness.ExpectedConfiguration;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.JetStream;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.PushSubscribeOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The systems that Jetwright grew from: {@code examples/}, as they are, give each what its own documents ask for. The NATS
 * cluster and the app have their own tests.
 */
class SeedsIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator();

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());

    private void applyExamples(String folder) {
        Examples.in(folder).stream().map(namespace::apply).toList().forEach(namespace::awaitReady);
    }

    private static JetStream client() throws IOException {
        return installation.nats().connection().jetStream();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Without those that need other servers, or Pods; they have their own tests. */
    @Test
    void allOfThemFitIntoOneNamespaceAndOneAccount() {
        List<GenericKubernetesResource> all = Examples.folders().stream()
                .filter(folder -> !Set.of("nats-cluster", "event-logger-app", "event-logger-login")
                        .contains(folder))
                .flatMap(folder -> Examples.in(folder).stream())
                .map(namespace::apply)
                .toList();
        all.forEach(namespace::awaitReady);

        assertThat(jetStream.ask("STREAM.NAMES", "").get("streams"))
                .extracting(name -> name.textValue())
                .containsExactlyInAnyOrder(
                        "EVENTS",
                        "MESSAGES",
                        "MESSAGES_DEAD",
                        "TASKS",
                        "AUTH",
                        "COMPUTE",
                        "GATEWAY",
                        "SFS",
                        "DLQ",
                        "KV_sessions",
                        "KV_all-sessions",
                        "ORDERS",
                        "KV_customers",
                        "OBJ_reports");
    }

    @Test
    void eventLogger() throws Exception {
        applyExamples("event-logger");

        assertThat(jetStream.streamConfig("EVENTS")).isEqualTo(ExpectedConfiguration.stream("""
                name: EVENTS
                subjects: [events.>]
                storage: file
                max_age: 86400000000000
                """));
        assertThat(jetStream.consumerConfig("EVENTS", "event-logger"))
                .isEqualTo(ExpectedConfiguration.pushConsumer("""
                name: event-logger
                durable_name: event-logger
                deliver_policy: all
                ack_policy: explicit
                filter_subject: events.>
                deliver_subject: deliver.event-logger
                """));

        client().publish("events.deploy", bytes("before the logger came"));
        JetStreamSubscription logger =
                client().subscribe("events.>", PushSubscribeOptions.bind("EVENTS", "event-logger"));
        assertDelivered(logger.nextMessage(PATIENCE), "before the logger came");
        client().publish("events.user.login", bytes("admin"));
        assertDelivered(logger.nextMessage(PATIENCE), "admin");
        logger.unsubscribe();
    }

    private static void assertDelivered(Message message, String text) throws Exception {
        assertThat(message).isNotNull();
        assertThat(new String(message.getData(), StandardCharsets.UTF_8)).isEqualTo(text);
        message.ackSync(PATIENCE);
    }

    @Test
    void taskQueue() throws Exception {
        applyExamples("task-queue");

        assertThat(jetStream.streamConfig("TASKS")).isEqualTo(ExpectedConfiguration.stream("""
                name: TASKS
                subjects: [tasks.*, tasks.status.*]
                retention: workqueue
                max_age: 604800000000000
                storage: file
                num_replicas: 1
                """));
        assertThat(jetStream.consumerConfig("TASKS", "task-workers"))
                .isEqualTo(ExpectedConfiguration.pullConsumer("""
                name: task-workers
                durable_name: task-workers
                ack_policy: explicit
                max_deliver: 3
                ack_wait: 30000000000
                deliver_policy: all
                """));

        client().publish("tasks.new", bytes("paint the house"));
        JetStreamSubscription worker = client().subscribe(null, PullSubscribeOptions.bind("TASKS", "task-workers"));
        assertDelivered(worker.fetch(1, PATIENCE).get(0), "paint the house");
        eventually(
                () -> assertThat(jetStream.stream("TASKS").at("/state/messages").asLong())
                        .as("tasks that are left")
                        .isZero());
        worker.unsubscribe();
    }

    @Test
    void theConsumerThatTheTaskQueueItselfAsksForIsRefusedWithItsCure() {
        namespace.applyReady(Examples.text("task-queue/stream.yaml"));
        String asked = """
                streamRef: {name: tasks}
                durableName: task-workers
                ackPolicy: explicit
                maxDeliver: 3
                ackWait: 30s
                deliverPolicy: %s
                """;

        GenericKubernetesResource workers = namespace.apply(consumer("task-workers", asked.formatted("new")));
        assertThat(namespace.awaitNotReady(workers, "Rejected"))
                .isEqualTo(
                        "JetStream refused: consumer must be deliver all on workqueue stream (10101). A workqueue stream hands every message to one worker: set spec.deliverPolicy to all, or remove spec.deliverPolicy");

        namespace.apply(consumer("task-workers", asked.formatted("all")));
        namespace.awaitReady(workers);
    }

    @Test
    void ingestion() {
        applyExamples("ingestion");

        assertThat(jetStream.streamConfig("MESSAGES")).isEqualTo(ExpectedConfiguration.stream("""
                name: MESSAGES
                subjects: [messages.>]
                storage: file
                max_age: 86400000000000
                max_bytes: 1073741824
                """));
        assertThat(jetStream.consumerConfig("MESSAGES", "workers")).isEqualTo(ExpectedConfiguration.pullConsumer("""
                name: workers
                durable_name: workers
                ack_policy: explicit
                max_deliver: 3
                filter_subject: messages.ingest.>
                """));
    }

    @Test
    void eventDriven() {
        applyExamples("event-driven");

        assertEventStream("AUTH", "auth.>", "User and session events");
        assertEventStream("COMPUTE", "compute.>", "Container and SSH key events");
        assertEventStream("GATEWAY", "gateway.>", "Routing events");
        assertEventStream("SFS", "sfs.>", "Namespace and file events");
        assertSubscriber("AUTH", "sfs-service", "filter_subject: auth.user.>");
        assertSubscriber("AUTH", "compute-service", "filter_subject: auth.user.>");
        assertSubscriber("AUTH", "gateway-service", "filter_subject: auth.user.>");
        assertSubscriber("COMPUTE", "gateway-service", "filter_subjects: [compute.container.>, compute.ingress.>]");
    }

    private void assertEventStream(String name, String subject, String description) {
        assertThat(jetStream.streamConfig(name))
                .isEqualTo(ExpectedConfiguration.stream("""
                name: %s
                description: %s
                subjects: [%s]
                retention: limits
                max_age: 604800000000000
                num_replicas: 1
                """.formatted(name, description, subject)));
    }

    private void assertSubscriber(String stream, String name, String filter) {
        assertThat(jetStream.consumerConfig(stream, name))
                .isEqualTo(ExpectedConfiguration.pullConsumer("""
                name: %s
                durable_name: %s
                ack_policy: explicit
                max_deliver: 5
                ack_wait: 1000000000
                backoff: [1000000000, 5000000000, 30000000000]
                """.formatted(name, name), filter));
    }
}
