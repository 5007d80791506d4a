package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.keyValue;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.Eventually;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.NeedsNats;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.FetchConsumer;
import io.nats.client.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a spec omits, and never had, stays in JetStream as it is, whoever has set it; and the status says that it is there. */
class OmittedIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator().environment("RESYNC_INTERVAL", "2s");

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());

    private void byOthers(String stream, String field, long value) {
        jetStream.changeStream(stream, config -> config.put(field, value));
    }

    private void tag(String stream, String key, String value) {
        jetStream.changeStream(stream, config -> ((ObjectNode) config.get("metadata")).put(key, value));
    }

    private JsonNode config(String stream) {
        return jetStream.stream(stream).path("config");
    }

    private JsonNode consumerConfig(String stream, String name) {
        return jetStream.consumer(stream, name).path("config");
    }

    private String ready(GenericKubernetesResource resource) {
        return namespace.condition(resource, "Ready").getMessage();
    }

    private List<Map<String, String>> unmanaged(GenericKubernetesResource resource) {
        List<Map<String, String>> unmanaged = namespace.read(resource).get("status", "unmanaged");
        return unmanaged == null ? List.of() : unmanaged;
    }

    @Test
    void anUpdateLeavesWhatOthersHaveSet() {
        namespace.applyReady(stream("events", "{name: EVENTS, subjects: [a.>]}"));
        byOthers("EVENTS", "max_msgs", 100);
        tag("EVENTS", "team", "sales");

        namespace.applyReady(stream("events", "{name: EVENTS, subjects: [a.>], description: x}"));

        assertThat(config("EVENTS").path("description").asText()).isEqualTo("x");
        assertThat(config("EVENTS").path("max_msgs").asInt()).isEqualTo(100);
        assertThat(config("EVENTS").path("metadata").path("team").asText()).isEqualTo("sales");
    }

    @Test
    void theStatusSaysWhatJetStreamHasBeyondTheSpec() {
        GenericKubernetesResource events =
                namespace.applyReady(stream("events", "{name: EVENTS, subjects: [a.>], metadata: {by: us}}"));
        byOthers("EVENTS", "max_msgs", 100);
        tag("EVENTS", "team", "sales");

        eventually(() -> assertThat(unmanaged(events))
                .containsExactly(
                        Map.of("field", "maxMsgs", "value", "100"),
                        Map.of("field", "metadata.team", "value", "sales")));
        assertThat(ready(events)).endsWith("Beyond the spec it has maxMsgs: 100; metadata.team: sales");
        namespace.awaitReady(events);
    }

    @Test
    void keysOfTheMetadataThatTheSpecNoLongerHasAreTakenBack() {
        namespace.applyReady(stream("events", "{name: EVENTS, metadata: {by: us, tier: gold}}"));
        tag("EVENTS", "team", "sales");

        namespace.applyReady(stream("events", "{name: EVENTS, metadata: {by: us}}"));

        JsonNode metadata = config("EVENTS").path("metadata");
        assertThat(metadata.has("tier")).isFalse();
        assertThat(metadata.path("by").asText()).isEqualTo("us");
        assertThat(metadata.path("team").asText()).isEqualTo("sales");
    }

    @Test
    void adoptionChangesOnlyWhatTheSpecSays() {
        jetStream.createStream("{name: A2B, subjects: [a.>, b.>], max_msgs: 77, metadata: {team: sales}}");
        GenericKubernetesResource observed =
                namespace.applyReady(stream("adopted", "{name: A2B, maxAge: 0s, managementPolicy: Observe}"));
        assertThat(unmanaged(observed))
                .extracting(each -> each.get("field"))
                .containsExactly("subjects", "maxMsgs", "metadata.team");

        namespace.applyReady(stream("adopted", "{name: A2B}"));

        assertThat(config("A2B").path("subjects")).extracting(JsonNode::asText).containsExactly("a.>", "b.>");
        assertThat(config("A2B").path("max_msgs").asInt()).isEqualTo(77);
        assertThat(config("A2B").path("metadata").path("team").asText()).isEqualTo("sales");
    }

    @Test
    void whatCannotGoBackIsNamedWithTheCure() {
        String all = "retention: workqueue, storage: memory, denyPurge: true, denyDelete: true, firstSequence: 10";
        namespace.applyReady(stream("jobs", "{name: JOBS, %s}".formatted(all)));

        GenericKubernetesResource jobs = namespace.apply(stream("jobs", "{name: JOBS}"));

        assertThat(namespace.awaitNotReady(jobs, "Immutable"))
                .contains("retention: workqueue")
                .contains("storage: memory")
                .contains("denyPurge: true")
                .contains("denyDelete: true")
                .contains("firstSequence: 10")
                .contains("Put the old value back");
        namespace.applyReady(stream("jobs", "{name: JOBS, %s}".formatted(all)));
    }

    @Test
    void whatAConsumerCannotTakeBackIsNamedWithTheCure() {
        namespace.applyReady(stream("events", "{name: EVENTS}"));
        namespace.applyReady(consumer("billing", "{streamName: EVENTS, replayPolicy: original, maxWaiting: 7}"));

        GenericKubernetesResource billing = namespace.apply(consumer("billing", "{streamName: EVENTS}"));

        assertThat(namespace.awaitNotReady(billing, "Immutable"))
                .contains("replayPolicy: original")
                .contains("maxWaiting: 7");
    }

    @Test
    void aTimeWithAnotherOffsetIsTheSame() {
        jetStream.createStream("{name: ORIGIN, subjects: [origin]}");
        jetStream.createStream("{name: COPY, mirror: {name: ORIGIN, opt_start_time: \"2026-01-31T13:00:00+01:00\"}}");

        namespace.applyReady(
                stream("copy", "{name: COPY, mirror: {name: ORIGIN, optStartTime: \"2026-01-31T12:00:00Z\"}}"));
        namespace.applyReady(stream(
                "copy",
                "{name: COPY, description: x, mirror: {name: ORIGIN, optStartTime: \"2026-01-31T12:00:00Z\"}}"));
    }

    @Test
    void anAdoptedConsumerThatWasNotDurableKeepsItsPlace() throws Exception {
        namespace.applyReady(stream("events", "{name: EVENTS, subjects: [events]}"));
        jetStream.publish("events", 5);
        jetStream.ask("CONSUMER.CREATE.EVENTS.billing", """
                {"stream_name": "EVENTS", "config": {"name": "billing", "ack_policy": "explicit",
                                                     "inactive_threshold": 3600000000000}}
                """);
        FetchConsumer messages = installation
                .nats()
                .connection()
                .getConsumerContext("EVENTS", "billing")
                .fetchMessages(2);
        for (Message message = messages.nextMessage(); message != null; message = messages.nextMessage()) {
            message.ackSync(Duration.ofSeconds(5));
        }
        messages.close();
        String created = jetStream.consumer("EVENTS", "billing").path("created").asText();

        GenericKubernetesResource billing = namespace.applyReady(consumer("billing", "{streamName: EVENTS}"));

        eventually(() -> {
            assertThat(consumerConfig("EVENTS", "billing").path("durable_name").asText())
                    .isEqualTo("billing");
            assertThat(consumerConfig("EVENTS", "billing")
                            .path("inactive_threshold")
                            .asLong())
                    .isZero();
        });
        JsonNode info = jetStream.consumer("EVENTS", "billing");
        assertThat(info.path("created").asText()).isEqualTo(created);
        assertThat(info.path("ack_floor").path("stream_seq").asInt()).isEqualTo(2);
        namespace.awaitReady(billing);
    }

    @Test
    @NeedsNats("2.11")
    void aPauseOfOthersIsSaid() {
        namespace.applyReady(stream("events", "{name: EVENTS, subjects: [events]}"));
        GenericKubernetesResource billing = namespace.applyReady(consumer("billing", "{streamName: EVENTS}"));
        jetStream.ask("CONSUMER.PAUSE.EVENTS.billing", "{\"pause_until\": \"2099-01-01T00:00:00Z\"}");

        eventually(() -> assertThat(ready(billing)).contains("pauseUntil: 2099-01-01T00:00:00Z"));
    }

    @Test
    void aSealOfOthersIsSaid() {
        GenericKubernetesResource events = namespace.applyReady(stream("events", "{name: EVENTS, maxAge: 2h}"));
        jetStream.changeStream("EVENTS", config -> config.put("sealed", true));

        eventually(() -> assertThat(ready(events)).contains("sealed: true").contains("maxAge: 0s"));
    }

    @Test
    void withResetTheOmittedGoesBackToTheServersDefault() {
        namespace.applyReady(stream("events", "{name: EVENTS, subjects: [a.>], omittedFields: Reset}"));
        byOthers("EVENTS", "max_msgs", 100);
        tag("EVENTS", "team", "sales");

        eventually(Eventually.SOON, () -> {
            assertThat(config("EVENTS").path("max_msgs").asInt()).isEqualTo(-1);
            assertThat(config("EVENTS").path("metadata").has("team")).isFalse();
        });
    }

    @Test
    void theServerDecidesWhetherAMirrorAnswersDirectly() {
        namespace.applyReady(stream("origin", "{name: ORIGIN}"));

        GenericKubernetesResource copy =
                namespace.applyReady(stream("copy", "{name: COPY, mirror: {name: ORIGIN}, mirrorDirect: true}"));
        namespace.applyReady(stream("origin", "{name: ORIGIN, allowDirect: true}"));
        namespace.applyReady(
                stream("copy", "{name: COPY, mirror: {name: ORIGIN}, mirrorDirect: true, description: x}"));
        namespace.applyReady(stream("origin", "{name: ORIGIN}"));
        namespace.applyReady(
                stream("copy", "{name: COPY, mirror: {name: ORIGIN}, mirrorDirect: true, description: y}"));

        assertThat(ready(copy)).startsWith("JetStream agrees");
    }

    @Test
    @NeedsNats("2.12")
    void republicationBesideATransformIsWhatTheServerMakesOfIt() {
        namespace.applyReady(stream(
                "events",
                "{name: EVENTS, subjects: [\"a.>\"], subjectTransform: {source: \"a.>\", dest: \"b.>\"},"
                        + " republish: {source: \">\", destination: \">\"}}"));
    }

    @Test
    void aBucketOfOthersKeepsWhatItsResourceOmits() {
        jetStream.createStream(
                "{name: KV_sessions, subjects: [\"$KV.sessions.>\"], max_msgs_per_subject: 5, max_age: 60000000000,"
                        + " duplicate_window: 60000000000, discard: new, allow_rollup_hdrs: true, deny_delete: true,"
                        + " allow_direct: true, max_bytes: 1000000}");

        namespace.applyReady(keyValue("sessions", "{}"));

        assertThat(config("KV_sessions").path("max_age").asLong()).isEqualTo(60_000_000_000L);
        assertThat(config("KV_sessions").path("max_msgs_per_subject").asInt()).isEqualTo(5);
        assertThat(config("KV_sessions").path("max_bytes").asInt()).isEqualTo(1_000_000);
    }
}
