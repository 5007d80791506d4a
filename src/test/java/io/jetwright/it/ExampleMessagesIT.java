package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.it.harness.Examples;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.Kubectl;
import io.jetwright.it.harness.Manifests;
import io.jetwright.it.harness.Ports;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.ConsumerContext;
import io.nats.client.FetchConsumeOptions;
import io.nats.client.FetchConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import io.nats.client.Subscription;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.OrderedConsumerConfiguration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The systems of {@code examples/} at work: an application's messages through what the operator made of their YAML. */
class ExampleMessagesIT {
    private static final int MONITORING = Ports.free();

    @RegisterExtension
    static final Installation installation =
            Installation.withOperator().natsConfiguration("http: \"127.0.0.1:%d\"".formatted(MONITORING));

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());
    private final Kubectl kubectl = new Kubectl(installation.kubernetes(), namespace);

    private void applyExample(String folder) {
        Examples.in(folder).stream().map(namespace::apply).toList().forEach(namespace::awaitReady);
    }

    /** As a person does, who tries a shorter time; returns when JetStream has it. */
    private void patch(String kind, String name, String spec) {
        kubectl.run("patch", kind, name, "--type=merge", "--patch", "spec: {%s}".formatted(spec))
                .successful();
        GenericKubernetesResource resource =
                TestNamespace.parse(Manifests.manifest(kind, name, "")).get(0);
        namespace.awaitReady(resource);
    }

    private static void publish(String subject, String... texts) throws Exception {
        for (String text : texts) {
            installation.nats().connection().jetStream().publish(subject, bytes(text));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Message message) {
        return new String(message.getData(), StandardCharsets.UTF_8);
    }

    /** As one process of the application has it. */
    private static ConsumerContext consumer(String stream, String name) throws Exception {
        return installation.nats().connection().getConsumerContext(stream, name);
    }

    private static Message next(ConsumerContext consumer) throws Exception {
        return present(consumer.next(PATIENCE));
    }

    private static Message present(@Nullable Message message) {
        return Objects.requireNonNull(message, "no message within " + PATIENCE);
    }

    /** Exactly so many, at once, none of them acknowledged. */
    private static List<Message> take(ConsumerContext consumer, int number) throws Exception {
        FetchConsumer fetch = consumer.fetch(FetchConsumeOptions.builder()
                .maxMessages(number)
                .expiresIn(PATIENCE.toMillis())
                .build());
        List<Message> taken = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            taken.add(fetch.nextMessage());
        }
        assertThat(taken).hasSize(number).doesNotContainNull();
        return taken;
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream().map(ExampleMessagesIT::text).toList();
    }

    private static void ack(List<Message> messages) throws Exception {
        for (Message message : messages) {
            message.ackSync(PATIENCE);
        }
    }

    private long messages(String stream) {
        return jetStream.stream(stream).at("/state/messages").asLong();
    }

    private long pending(String stream, String consumer) {
        return jetStream.consumer(stream, consumer).get("num_pending").asLong();
    }

    private static Subscription exhausted(String stream, String consumer) {
        return installation
                .nats()
                .connection()
                .subscribe("$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.%s.%s".formatted(stream, consumer));
    }

    /** What JetStream tells when it gives a message up. */
    private static void assertGivenUp(Subscription advisories, long sequence, int deliveries) throws Exception {
        JsonNode body = Serialization.unmarshal(text(present(advisories.nextMessage(PATIENCE))), JsonNode.class);
        assertThat(body.get("stream_seq").asLong()).isEqualTo(sequence);
        assertThat(body.get("deliveries").asInt()).isEqualTo(deliveries);
    }

    private static List<String> replay(String stream, OrderedConsumerConfiguration from, int number) throws Exception {
        var reader = installation.nats().connection().getStreamContext(stream).createOrderedConsumer(from);
        List<String> read = new ArrayList<>();
        while (read.size() < number) {
            read.add(text(present(reader.next(PATIENCE))));
        }
        return read;
    }

    @Test
    void taskQueueSharesTheWorkAndEachTaskIsDoneOnce() throws Exception {
        applyExample("task-queue");
        Set<String> tasks = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            publish("tasks.new", "task " + i);
            tasks.add("task " + i);
        }

        List<String> done = new ArrayList<>();
        for (int worker = 0; worker < 3; worker++) {
            List<Message> share = take(consumer("TASKS", "task-workers"), 10);
            done.addAll(texts(share));
            ack(share);
        }

        assertThat(done).containsExactlyInAnyOrderElementsOf(tasks);
        eventually(() -> assertThat(messages("TASKS")).isZero());
    }

    @Test
    void taskQueueGivesTheTaskOfALostWorkerToOthersThreeTimesAtMost() throws Exception {
        applyExample("task-queue");
        patch("Consumer", "task-workers", "ackWait: 200ms");
        assertThat(jetStream
                        .consumer("TASKS", "task-workers")
                        .at("/config/ack_wait")
                        .asLong())
                .isEqualTo(200_000_000);
        Subscription advisories = exhausted("TASKS", "task-workers");
        publish("tasks.new", "paint the house");

        for (int delivery = 1; delivery <= 3; delivery++) {
            Message task = next(consumer("TASKS", "task-workers"));
            assertThat(task.metaData().deliveredCount()).isEqualTo(delivery);
        }

        // JetStream notices when a worker asks for more.
        assertThat(consumer("TASKS", "task-workers").next(Duration.ofSeconds(1)))
                .isNull();
        assertGivenUp(advisories, 1, 3);
        assertThat(messages("TASKS")).as("nobody acknowledged it").isEqualTo(1);
    }

    @Test
    void taskQueueGivesARefusedTaskOutAgain() throws Exception {
        applyExample("task-queue");
        publish("tasks.new", "paint the house");

        next(consumer("TASKS", "task-workers")).nak();
        Message again = next(consumer("TASKS", "task-workers"));

        assertThat(again.metaData().deliveredCount()).isEqualTo(2);
        again.ackSync(PATIENCE);
        eventually(() -> assertThat(messages("TASKS")).isZero());
    }

    @Test
    void taskQueueForgetsTasksThatNobodyDid() throws Exception {
        applyExample("task-queue");
        publish("tasks.new", "paint the house");

        patch("Stream", "tasks", "maxAge: 1s");

        eventually(() -> assertThat(messages("TASKS")).isZero());
    }

    /** As its README says: one consumer for all subjects is too few. */
    @Test
    void taskQueueHandsStatusChangesToWorkersUnlessConsumersAreForOneSubjectEach() throws Exception {
        applyExample("task-queue");
        publish("tasks.status.pending", "a status");
        assertThat(text(next(consumer("TASKS", "task-workers")))).isEqualTo("a status");

        patch("Consumer", "task-workers", "filterSubject: tasks.new");
        namespace.applyReady(
                Manifests.consumer("task-status", "{streamRef: {name: tasks}, filterSubject: tasks.status.*}"));
        publish("tasks.status.done", "another status");
        publish("tasks.new", "a task");

        assertThat(text(next(consumer("TASKS", "task-workers")))).isEqualTo("a task");
        assertThat(texts(take(consumer("TASKS", "task-status"), 2))).containsExactly("a status", "another status");
    }

    /** As its README says: the queue itself forgets what is done. */
    @Test
    void taskQueueLeavesACopyOfEachTaskForAnAuditWhereThatIsDeclared() throws Exception {
        applyExample("task-queue");
        namespace.applyReady(Manifests.stream("audit", "{name: AUDIT, subjects: [audit.>]}"));
        patch("Stream", "tasks", "republish: {source: '>', destination: audit.>}");
        publish("tasks.new", "paint the house");

        next(consumer("TASKS", "task-workers")).ackSync(PATIENCE);

        eventually(() -> assertThat(messages("TASKS")).isZero());
        eventually(() -> assertThat(messages("AUDIT")).isEqualTo(1));
        assertThat(installation.nats().jetStream().getMessage("AUDIT", 1).getSubject())
                .isEqualTo("audit.tasks.new");
    }

    @Test
    void eventDrivenFansOutToEachServiceWhatItIsAbout() throws Exception {
        applyExample("event-driven");
        publish("auth.session.9.started", "a session");
        publish("auth.user.7.created", "a user");
        publish("auth.user.7.deleted", "no user");
        publish("compute.container.abc.created", "a container");
        publish("compute.sshkey.5.created", "a key");
        publish("compute.ingress.abc.requested", "a way in");

        for (String service : List.of("sfs-service", "compute-service", "gateway-service")) {
            List<Message> events = take(consumer("AUTH", service), 2);
            assertThat(texts(events)).as(service).containsExactly("a user", "no user");
            ack(events);
            assertThat(pending("AUTH", service)).as(service).isZero();
        }
        assertThat(texts(take(consumer("COMPUTE", "gateway-service"), 2))).containsExactly("a container", "a way in");
        assertThat(pending("COMPUTE", "gateway-service")).isZero();
        assertThat(messages("AUTH")).as("kept for all").isEqualTo(3);
    }

    @Test
    void eventDrivenKeepsTheOrderWithinAnEntity() throws Exception {
        applyExample("event-driven");
        List<String> life = List.of("created", "started", "stopped", "deleted");
        for (String event : life) {
            for (String container : List.of("abc", "def", "ghi")) {
                publish("compute.container.%s.%s".formatted(container, event), event);
            }
        }

        List<Message> events = take(consumer("COMPUTE", "gateway-service"), 12);

        Map<String, List<String>> lives = events.stream()
                .collect(groupingBy(
                        event -> event.getSubject().split("\\.", -1)[2], mapping(ExampleMessagesIT::text, toList())));
        assertThat(lives).containsOnlyKeys("abc", "def", "ghi").allSatisfy((container, its) -> assertThat(its)
                .isEqualTo(life));
    }

    /** As its README says: only what is delivered once comes in order. */
    @Test
    void eventDrivenLosesTheOrderWhereAnEventIsDeliveredAgainUnlessOneIsUnderWayAtATime() throws Exception {
        applyExample("event-driven");
        publish("compute.container.abc.created", "created");
        publish("compute.container.abc.deleted", "deleted");
        List<Message> both = take(consumer("COMPUTE", "gateway-service"), 2);
        both.get(0).nak();
        ack(both.subList(1, 2));
        Message late = next(consumer("COMPUTE", "gateway-service"));
        assertThat(text(late)).as("after it was deleted").isEqualTo("created");
        late.ackSync(PATIENCE);

        patch("Consumer", "compute-gateway", "maxAckPending: 1");
        publish("compute.container.def.created", "created");
        publish("compute.container.def.deleted", "deleted");
        next(consumer("COMPUTE", "gateway-service")).nak();
        for (String event : List.of("created", "deleted")) {
            Message message = next(consumer("COMPUTE", "gateway-service"));
            assertThat(text(message)).isEqualTo(event);
            message.ackSync(PATIENCE);
        }
    }

    @Test
    void eventDrivenDeliversFiveTimesAtMost() throws Exception {
        applyExample("event-driven");
        Subscription advisories = exhausted("AUTH", "sfs-service");
        publish("auth.user.7.created", "a user");

        for (int delivery = 1; delivery <= 5; delivery++) {
            Message event = next(consumer("AUTH", "sfs-service"));
            assertThat(event.metaData().deliveredCount()).isEqualTo(delivery);
            event.nak();
        }

        assertThat(consumer("AUTH", "sfs-service").next(Duration.ofSeconds(1))).isNull();
        assertGivenUp(advisories, 1, 5);
        assertThat(text(next(consumer("AUTH", "compute-service"))))
                .as("of another service")
                .isEqualTo("a user");
    }

    @Test
    void eventDrivenBackoffShortensTheWaitAsSoonAsItIsPatched() throws Exception {
        applyExample("event-driven");
        patch("Consumer", "auth-sfs", "backoff: [100ms, 200ms]");
        assertThat(jetStream.consumer("AUTH", "sfs-service").at("/config/backoff"))
                .hasToString("[100000000,200000000]");
        publish("auth.user.7.created", "a user");

        for (int delivery = 1; delivery <= 5; delivery++) {
            assertThat(next(consumer("AUTH", "sfs-service")).metaData().deliveredCount())
                    .isEqualTo(delivery);
        }
    }

    @Test
    void eventDrivenStoresAnEventThatIsPublishedTwiceOnce() throws Exception {
        applyExample("event-driven");
        var eventId = PublishOptions.builder()
                .messageId("7d0c4a52-0d0b-4a5c-9c1f-6f2c1b2f1a55")
                .build();
        var client = installation.nats().connection().jetStream();

        assertThat(client.publish("sfs.namespace.3.created", bytes("first"), eventId)
                        .isDuplicate())
                .isFalse();
        assertThat(client.publish("sfs.namespace.3.created", bytes("again"), eventId)
                        .isDuplicate())
                .isTrue();

        assertThat(messages("SFS")).isEqualTo(1);
    }

    @Test
    void eventDrivenCanBeReplayedFromASequenceAndFromATime() throws Exception {
        applyExample("event-driven");
        publish("gateway.route.1.registered", "one", "two", "three", "four", "five");
        ZonedDateTime third =
                installation.nats().jetStream().getMessage("GATEWAY", 3).getTime();

        assertThat(replay(
                        "GATEWAY",
                        new OrderedConsumerConfiguration()
                                .deliverPolicy(DeliverPolicy.ByStartSequence)
                                .startSequence(2),
                        4))
                .containsExactly("two", "three", "four", "five");
        assertThat(replay(
                        "GATEWAY",
                        new OrderedConsumerConfiguration()
                                .deliverPolicy(DeliverPolicy.ByStartTime)
                                .startTime(third),
                        3))
                .containsExactly("three", "four", "five");
    }

    /** The example of its README: a service that has lost its database reads again what it needs, by a resource. */
    @Test
    void eventDrivenServiceThatLostItsDatabaseReadsAllAgain() throws Exception {
        applyExample("event-driven");
        publish("auth.user.1.created", "one");
        publish("auth.user.2.created", "two");
        publish("auth.user.3.created", "three");
        ack(take(consumer("AUTH", "gateway-service"), 3));

        namespace.applyReady(Manifests.consumer("auth-gateway-recovery", """
                streamRef: {name: auth}
                durableName: gateway-service-recovery
                filterSubject: auth.user.>
                deliverPolicy: byStartSequence
                optStartSeq: 2
                """));

        assertThat(texts(take(consumer("AUTH", "gateway-service-recovery"), 2))).containsExactly("two", "three");
    }

    /** As its README says: what the stream captures is no place for requests. */
    @Test
    void eventDrivenAnswersRequestsOnItsSubjectsItself() throws Exception {
        applyExample("event-driven");

        Message answer =
                present(installation.nats().connection().request("auth.validate.request", bytes("a token"), PATIENCE));

        assertThat(text(answer)).contains("\"stream\":\"AUTH\"");
        assertThat(messages("AUTH")).as("the token is kept").isEqualTo(1);
    }

    @Test
    void ingestionWorkersGetBatchesOfWhatIsToBeIngestedAndNothingElse() throws Exception {
        applyExample("ingestion");
        publish("messages.status.1", "no work");
        for (int i = 0; i < 25; i++) {
            publish("messages.ingest.Order", "order " + i);
        }

        List<String> ingested = new ArrayList<>();
        for (int batch : List.of(10, 10, 5)) {
            List<Message> share = take(consumer("MESSAGES", "workers"), batch);
            ingested.addAll(texts(share));
            ack(share);
        }

        assertThat(ingested).doesNotHaveDuplicates().hasSize(25).doesNotContain("no work");
        assertThat(pending("MESSAGES", "workers")).isZero();
        assertThat(messages("MESSAGES")).as("kept for a day").isEqualTo(26);
    }

    @Test
    void ingestionGivesUpAfterThreeFailuresAndGoesOn() throws Exception {
        applyExample("ingestion");
        Subscription advisories = exhausted("MESSAGES", "workers");
        publish("messages.ingest.Order", "broken", "sound");

        Message sound = null;
        int failures = 0;
        while (failures < 3 || sound == null) {
            Message message = next(consumer("MESSAGES", "workers"));
            if (text(message).equals("sound")) {
                sound = message;
                message.ackSync(PATIENCE);
            } else {
                failures++;
                message.nak();
            }
        }

        assertThat(consumer("MESSAGES", "workers").next(Duration.ofSeconds(1))).isNull();
        assertGivenUp(advisories, 1, 3);
        assertThat(text(installation.nats().jetStream().getMessage("MESSAGES", 1)))
                .as("it can still be read")
                .isEqualTo("broken");
    }

    private static String text(io.nats.client.api.MessageInfo message) {
        return new String(message.getData(), StandardCharsets.UTF_8);
    }

    /** As its README says: with the seed's limits, more than 1 GiB pushes out what was accepted and not yet stored. */
    @Test
    void ingestionLosesTheOldestWhenItIsFullUnlessItRefusesTheNewest() throws Exception {
        applyExample("ingestion");
        String order = "x".repeat(1000);
        patch("Stream", "messages", "maxBytes: 8Ki");
        for (int i = 0; i < 20; i++) {
            publish("messages.ingest.Order", order);
        }
        assertThat(messages("MESSAGES")).isLessThan(9);

        jetStream.purge("MESSAGES");
        patch("Stream", "messages", "discard: new");

        assertThatExceptionOfType(JetStreamApiException.class)
                .isThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        publish("messages.ingest.Order", order);
                    }
                })
                .withMessageContaining("maximum bytes exceeded");
    }

    /** What KEDA's nats-jetstream scaler does with the ScaledObject's metadata, against the server's monitoring port. */
    @Test
    void ingestionWorkersAreScaledByTheirLag() throws Exception {
        applyExample("ingestion");
        JsonNode trigger = Examples.all("ingestion").stream()
                .filter(resource -> resource.getKind().equals("ScaledObject"))
                .map(resource -> Serialization.unmarshal(Serialization.asJson(resource), JsonNode.class))
                .findFirst()
                .orElseThrow()
                .at("/spec/triggers/0/metadata");
        for (int i = 0; i < 25; i++) {
            publish("messages.ingest.Order", "order " + i);
        }
        take(consumer("MESSAGES", "workers"), 10);

        eventually(() -> assertThat(lag(trigger)).isEqualTo(25));
        assertThat(trigger.get("natsServerMonitoringEndpoint").textValue()).matches("[a-z0-9.-]+:8222");
    }

    private static long lag(JsonNode trigger) throws Exception {
        URI query = URI.create("http://127.0.0.1:%d/jsz?acc=%s&consumers=true&config=true"
                .formatted(MONITORING, trigger.get("account").textValue()));
        String answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(query).build(), BodyHandlers.ofString())
                .body();
        return Serialization.unmarshal(answer, JsonNode.class)
                .get("account_details")
                .valueStream()
                .flatMap(account -> account.get("stream_detail").valueStream())
                .filter(stream -> stream.get("name").equals(trigger.get("stream")))
                .flatMap(stream -> stream.get("consumer_detail").valueStream())
                .filter(consumer -> consumer.get("name").equals(trigger.get("consumer")))
                .mapToLong(consumer -> consumer.get("num_pending").asLong()
                        + consumer.get("num_ack_pending").asLong())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eventLoggerShowsWhatHappenedSinceASequenceOrATimeAndForgetsWhatIsTooOld() throws Exception {
        applyExample("event-logger");
        publish("events.deploy", "one", "two", "three");
        ZonedDateTime second =
                installation.nats().jetStream().getMessage("EVENTS", 2).getTime();

        assertThat(replay(
                        "EVENTS",
                        new OrderedConsumerConfiguration()
                                .deliverPolicy(DeliverPolicy.ByStartSequence)
                                .startSequence(3),
                        1))
                .containsExactly("three");
        assertThat(replay(
                        "EVENTS",
                        new OrderedConsumerConfiguration()
                                .deliverPolicy(DeliverPolicy.ByStartTime)
                                .startTime(second),
                        2))
                .containsExactly("two", "three");

        patch("Stream", "events", "maxAge: 1s");

        eventually(() -> assertThat(messages("EVENTS")).isZero());
    }
}
