package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.ApiTraffic;
import io.jetwright.it.harness.ExpectedConfiguration;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.NeedsNats;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamConfiguration;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Stream resource makes of JetStream, and what it says of it. */
class StreamIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator().environment("RESYNC_INTERVAL", "1h");

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());

    @Test
    void aStreamThatSaysNothingHasItsResourcesNameAndTheServersDefaults() {
        namespace.applyReady(stream("plain", "{}"));

        assertThat(jetStream.streamConfig("plain")).isEqualTo(ExpectedConfiguration.stream("""
                name: plain
                subjects: [plain]
                """));
    }

    @Test
    @NeedsNats("2.14")
    void everyFieldArrivesThenChangesThenGoesBackToTheServersDefault() {
        namespace.applyReady(stream("everything", """
                name: EVERYTHING
                description: All that a stream of its own can have
                subjects: ["orders.>", "invoices.*"]
                retention: limits
                storage: memory
                replicas: 1
                maxConsumers: 10
                maxMsgs: 1000000
                maxMsgsPerSubject: 5
                maxBytes: 1.5Gi
                maxAge: 7d
                maxMsgSize: 1Mi
                discard: new
                discardPerSubject: true
                noAck: false
                duplicateWindow: 1h30m
                compression: none
                subjectTransform:
                  source: invoices.*
                  dest: bills.{{wildcard(1)}}
                republish:
                  source: orders.>
                  destination: copies.>
                  headersOnly: true
                sealed: false
                denyDelete: true
                denyPurge: true
                allowRollup: false
                allowDirect: true
                mirrorDirect: false
                firstSequence: 1000
                metadata:
                  team: sales
                consumerLimits:
                  inactiveThreshold: 1h
                  maxAckPending: 500
                allowMsgTtl: true
                allowMsgCounter: false
                allowAtomicPublish: true
                allowMsgSchedules: false
                allowBatchPublish: true
                persistMode: default
                """));
        assertThat(jetStream.streamConfig("EVERYTHING")).isEqualTo(ExpectedConfiguration.stream("""
                name: EVERYTHING
                description: All that a stream of its own can have
                subjects: ["orders.>", "invoices.*"]
                storage: memory
                max_consumers: 10
                max_msgs: 1000000
                max_msgs_per_subject: 5
                max_bytes: 1610612736
                max_age: 604800000000000
                max_msg_size: 1048576
                discard: new
                discard_new_per_subject: true
                duplicate_window: 5400000000000
                subject_transform: {src: invoices.*, dest: "bills.{{wildcard(1)}}"}
                republish: {src: orders.>, dest: copies.>, headers_only: true}
                deny_delete: true
                deny_purge: true
                allow_direct: true
                first_seq: 1000
                metadata: {team: sales}
                consumer_limits: {inactive_threshold: 3600000000000, max_ack_pending: 500}
                allow_msg_ttl: true
                allow_atomic: true
                allow_batched: true
                """));
        jetStream.publish("orders.new", 1);

        namespace.applyReady(stream("everything", """
                name: EVERYTHING
                description: All that a stream of its own can change
                subjects: [orders.new, "bills.>"]
                retention: interest
                storage: memory
                maxConsumers: 20
                maxMsgs: 2000000
                maxMsgsPerSubject: 6
                maxBytes: 2147483648
                maxAge: 14d
                maxMsgSize: 2Mi
                discard: old
                discardPerSubject: false
                noAck: true
                duplicateWindow: 90m
                subjectTransform:
                  source: bills.*
                  dest: invoices.{{wildcard(1)}}
                republish:
                  destination: more.copies.>
                denyDelete: true
                denyPurge: true
                firstSequence: 1000
                allowMsgTtl: true
                allowDirect: false
                metadata:
                  team: finance
                  floor: "2"
                consumerLimits:
                  maxAckPending: 600
                allowAtomicPublish: false
                allowBatchPublish: false
                """));
        assertThat(jetStream.streamConfig("EVERYTHING")).isEqualTo(ExpectedConfiguration.stream("""
                name: EVERYTHING
                description: All that a stream of its own can change
                subjects: [orders.new, "bills.>"]
                retention: interest
                storage: memory
                max_consumers: 20
                max_msgs: 2000000
                max_msgs_per_subject: 6
                max_bytes: 2147483648
                max_age: 1209600000000000
                max_msg_size: 2097152
                no_ack: true
                duplicate_window: 5400000000000
                subject_transform: {src: bills.*, dest: "invoices.{{wildcard(1)}}"}
                republish: {src: ">", dest: more.copies.>}
                metadata: {team: finance, floor: "2"}
                consumer_limits: {max_ack_pending: 600}
                """, NOT_TO_BE_UNDONE));

        namespace.applyReady(stream(
                "everything",
                "{name: EVERYTHING, storage: memory, denyDelete: true, denyPurge: true, firstSequence: 1000,"
                        + " allowMsgTtl: true}"));
        assertThat(jetStream.streamConfig("EVERYTHING")).isEqualTo(ExpectedConfiguration.stream("""
                name: EVERYTHING
                subjects: [EVERYTHING]
                storage: memory
                """, NOT_TO_BE_UNDONE));
        assertThat(jetStream.stream("EVERYTHING").at("/state/last_seq").asLong())
                .as("of the message that all this time was in the stream")
                .isEqualTo(1000);
    }

    private static final String NOT_TO_BE_UNDONE = """
            deny_delete: true
            deny_purge: true
            first_seq: 1000
            allow_msg_ttl: true
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            allowMsgCounter: true         | allow_msg_counter: true
            allowMsgSchedules: true       | {allow_msg_schedules: true, allow_rollup_hdrs: true}
            subjectDeleteMarkerTtl: 30m   | {subject_delete_marker_ttl: 1800000000000, allow_msg_ttl: true, allow_rollup_hdrs: true}
            persistMode: async            | persist_mode: async
            retention: workqueue          | retention: workqueue
            compression: s2               | compression: s2
            storage: memory               | storage: memory
            maxBytes: "-1"                | max_bytes: -1
            maxAge: 0s                    | max_age: 0
            placement: {tags: [ssd]}      | placement: {tags: [ssd]}
            placement: {cluster: east}    | placement: {cluster: east}
            """)
    @NeedsNats("2.12")
    void whatOtherFieldsExcludeArrivesByItself(String spec, String expected) {
        namespace.applyReady(stream("alone", spec));

        assertThat(jetStream.streamConfig("alone"))
                .isEqualTo(ExpectedConfiguration.stream("{name: alone, subjects: [alone]}", expected));
    }

    @Test
    @NeedsNats("2.12")
    void mirrorsArriveAndOneWhoseMirrorIsRemovedBecomesAStreamOfItsOwn() {
        namespace.applyReady(stream("origin", "{name: ORIGIN, subjects: [\"orders.>\"], allowDirect: true}"));
        jetStream.publish("orders.new", 2);

        GenericKubernetesResource copy = namespace.applyReady(stream("copy", """
                name: COPY
                mirrorDirect: true
                mirror:
                  name: ORIGIN
                  optStartSeq: 2
                  filterSubject: orders.new
                """));
        assertThat(jetStream.streamConfig("COPY")).isEqualTo(ExpectedConfiguration.stream("""
                name: COPY
                duplicate_window: null
                mirror: {name: ORIGIN, opt_start_seq: 2, filter_subject: orders.new}
                mirror_direct: true
                """));
        assertThat(copy.<String>get("status", "mirror", "name")).isEqualTo("ORIGIN");

        namespace.applyReady(stream("remote", """
                name: REMOTE
                mirror:
                  name: ORIGIN
                  optStartTime: "2026-01-31T12:00:00.5+02:00"
                  externalApiPrefix: $JS.hub.API
                  externalDeliverPrefix: deliver.hub
                  subjectTransforms:
                    - source: orders.*
                      dest: hub.orders.{{wildcard(1)}}
                """));
        assertThat(jetStream.streamConfig("REMOTE")).isEqualTo(ExpectedConfiguration.stream("""
                name: REMOTE
                duplicate_window: null
                mirror:
                  name: ORIGIN
                  opt_start_time: "2026-01-31T10:00:00.5Z"
                  external: {api: $JS.hub.API, deliver: deliver.hub}
                  subject_transforms:
                    - {src: orders.*, dest: "hub.orders.{{wildcard(1)}}"}
                """));

        namespace.applyReady(stream("copy", "{name: COPY, subjects: [\"copies.>\"]}"));
        assertThat(jetStream.streamConfig("COPY")).isEqualTo(ExpectedConfiguration.stream("""
                name: COPY
                subjects: ["copies.>"]
                """));
    }

    @Test
    @NeedsNats("2.14")
    void sourcesArriveChangeAndGoAway() {
        GenericKubernetesResource all = namespace.applyReady(stream("all", """
                name: ALL
                subjects: []
                sources:
                  - name: EAST
                    optStartTime: "2026-01-31T12:00:00Z"
                    subjectTransforms:
                      - source: orders.*
                        dest: east.orders.{{wildcard(1)}}
                  - name: WEST
                    optStartSeq: 7
                    filterSubject: orders.new
                    externalApiPrefix: $JS.west.API
                    externalDeliverPrefix: deliver.west
                  - name: NORTH
                    consumer:
                      name: for-us
                      deliverSubject: deliver.north
                """));
        assertThat(jetStream.streamConfig("ALL")).isEqualTo(ExpectedConfiguration.stream("""
                name: ALL
                duplicate_window: null
                sources:
                  - name: EAST
                    opt_start_time: "2026-01-31T12:00:00Z"
                    subject_transforms:
                      - {src: orders.*, dest: "east.orders.{{wildcard(1)}}"}
                  - name: WEST
                    opt_start_seq: 7
                    filter_subject: orders.new
                    external: {api: $JS.west.API, deliver: deliver.west}
                  - name: NORTH
                    consumer: {name: for-us, deliver_subject: deliver.north}
                """));
        assertThat(all.<List<?>>get("status", "sources"))
                .extracting("name")
                .containsExactlyInAnyOrder("EAST", "WEST", "NORTH");

        namespace.applyReady(stream("all", "{name: ALL, sources: [{name: SOUTH}]}"));
        assertThat(jetStream.streamConfig("ALL")).isEqualTo(ExpectedConfiguration.stream("""
                name: ALL
                duplicate_window: null
                sources: [{name: SOUTH}]
                """));

        namespace.applyReady(stream("all", "{name: ALL, subjects: [all]}"));
        assertThat(jetStream.streamConfig("ALL")).isEqualTo(ExpectedConfiguration.stream("""
                name: ALL
                subjects: [all]
                """));
    }

    @Test
    void aStreamIsSealedAfterItsCreationAndStaysSo() {
        namespace.applyReady(stream("letter", "subjects: [letter.*]"));
        String letter = "{name: letter, subjects: [letter.*]}";

        namespace.applyReady(stream("letter", "{subjects: [letter.*], sealed: true}"));
        String sealed = """
                sealed: true
                discard: new
                deny_delete: true
                deny_purge: true
                """;
        assertThat(jetStream.streamConfig("letter")).isEqualTo(ExpectedConfiguration.stream(letter, sealed));

        namespace.applyReady(stream("letter", "{subjects: [letter.*], sealed: true, description: sent}"));
        assertThat(jetStream.streamConfig("letter"))
                .isEqualTo(ExpectedConfiguration.stream(letter, sealed, "description: sent"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            replicas: 3                 | not supported in non-clustered mode (10074). This server is not part of a cluster: set spec.replicas to 1, or run a cluster
            subjects: [taken.by.others] | subjects overlap with an existing stream (10065). Another stream captures some of these subjects: change spec.subjects, or change the subjects of the other stream
            subjects: [a.*, a.b]        | subject "a.*" overlaps with "a.b" (10052). Remove the subject that another one of spec.subjects includes
            sealed: true                | stream configuration for create can not be sealed (10052). Remove spec.sealed until the stream is there
            """)
    void whatTheServerRefusesIsSaidWithItsCodeAndTheCure(String spec, String message) {
        jetStream.createStream("{name: TAKEN, subjects: [\"taken.>\"]}");

        GenericKubernetesResource refused = namespace.apply(stream("refused", spec));

        assertThat(namespace.awaitNotReady(refused, "Rejected")).contains(message);
        assertThat(jetStream.hasStream("refused")).isFalse();
    }

    @Test
    void aFieldThatTheSpecLeavesOutIsLeftToOthers() throws Exception {
        namespace.applyReady(stream("shared", "{subjects: [shared.*], maxMsgs: 10}"));

        try (var traffic = new ApiTraffic(installation.nats())) {
            jetStream.changeStream("shared", config -> config.put("max_msg_size", 1024)
                    .put("description", "by hand")
                    .put("allow_direct", true));
            // Before its change, the test has asked, too.
            traffic.awaitInAll(2, "STREAM.INFO.shared");
            assertThat(traffic.writes()).containsExactly("STREAM.UPDATE.shared");
        }

        assertThat(jetStream.streamConfig("shared")).isEqualTo(ExpectedConfiguration.stream("""
                name: shared
                subjects: [shared.*]
                max_msgs: 10
                max_msg_size: 1024
                description: by hand
                allow_direct: true
                """));
    }

    @Test
    @NeedsNats("2.14")
    void conditionsSpeakOfTheGenerationThatTheyAreAbout() {
        GenericKubernetesResource resource = namespace.apply(stream("spoken", "maxMsgs: 1"));
        for (int generation = 1; generation <= 2; generation++) {
            resource = namespace.applyReady(stream("spoken", "maxMsgs: " + generation));
            assertThat(TestNamespace.conditions(resource))
                    .extracting("type", "status", "reason", "observedGeneration")
                    .containsExactly(
                            tuple("Ready", "True", "InSync", (long) generation),
                            tuple("Synced", "True", "InSync", (long) generation),
                            tuple("ResolvedRefs", "True", "Resolved", (long) generation));
            assertThat(resource.<Integer>get("status", "observedGeneration")).isEqualTo(generation);
        }

        String message = namespace.awaitNotReady(namespace.apply(stream("spoken", "replicas: 3")), "Rejected");
        assertThat(TestNamespace.conditions(namespace.read(resource)))
                .extracting("type", "status", "reason", "observedGeneration")
                .containsExactly(
                        tuple("Ready", "False", "Rejected", 3L),
                        tuple("Synced", "False", "Rejected", 3L),
                        tuple("ResolvedRefs", "True", "Resolved", 3L),
                        tuple("Stalled", "True", "Rejected", 3L));
        assertThat(namespace.condition(resource, "Stalled").getMessage()).isEqualTo(message);
    }

    @Test
    void whatWasAppliedReadsBackAsItWas() {
        GenericKubernetesResource applied = TestNamespace.parse("""
                apiVersion: jetwright.io/v1beta1
                kind: Stream
                metadata:
                  name: verbatim
                  annotations:
                    example.com/reason: a note of the user's
                  labels:
                    team: sales
                spec:
                  name: VERBATIM
                  subjects: [verbatim.*]
                  maxAge: 168h
                  maxBytes: 1.5Gi
                  maxMsgSize: 1048576
                  duplicateWindow: 1m30s
                  allowDirect: false
                  placement: {}
                  metadata: {}
                """).get(0);

        GenericKubernetesResource read = namespace.awaitReady(namespace.apply(applied));

        assertThat(read.<Object>get("spec")).isEqualTo(applied.get("spec"));
        assertThat(read.getMetadata().getAnnotations())
                .isEqualTo(applied.getMetadata().getAnnotations());
        assertThat(read.getMetadata().getLabels())
                .isEqualTo(applied.getMetadata().getLabels());
        assertThat(read.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(read.getMetadata().getFinalizers()).containsExactly("jetwright.io/finalizer");
    }

    @Test
    void aStreamThatIsDeletedTakesItsMessagesWithIt() {
        GenericKubernetesResource resource = namespace.applyReady(stream("gone", "subjects: [gone.*]"));
        jetStream.publish("gone.soon", 3);

        namespace.delete(resource);

        namespace.awaitGone(resource);
        assertThat(jetStream.hasStream("gone")).isFalse();
    }

    /** Clients such as the event logger's history or a bucket's watchers make a consumer for a while, each. */
    @Test
    void theShortLivedConsumersOfClientsAreCountedAndCostAlmostNothing() throws Exception {
        GenericKubernetesResource resource = namespace.applyReady(stream("busy", "subjects: [busy.*]"));
        try (var traffic = new ApiTraffic(installation.nats())) {
            for (int i = 0; i < 300; i++) {
                String name = "reader-" + i;
                jetStream.createConsumer("busy", "durable_name: " + name);
                jetStream.deleteConsumer("busy", name);
            }
            jetStream.createConsumer("busy", "durable_name: last");

            eventually(() -> assertThat(namespace.read(resource).<Integer>get("status", "consumers"))
                    .isEqualTo(1));
            assertThat(traffic.count("CONSUMER.DELETE.busy.reader-299")).isEqualTo(1);
            assertThat(traffic.count("STREAM.INFO.busy")).isLessThan(20);
        }
    }

    /** As the guide for code says. */
    @Test
    void codeThatStillCreatesItsStreamFailsAndCodeThatUpdatesItIsRepaired() throws Exception {
        GenericKubernetesResource resource =
                namespace.applyReady(stream("events", "{name: EVENTS, subjects: [events.*], maxAge: 1d}"));
        StreamConfiguration inCode = StreamConfiguration.builder()
                .name("EVENTS")
                .subjects("events.*")
                .maxAge(Duration.ofDays(1))
                .build();

        assertThatExceptionOfType(JetStreamApiException.class)
                .isThrownBy(() -> installation.nats().jetStream().addStream(inCode))
                .satisfies(refusal -> assertThat(refusal.getApiErrorCode()).isEqualTo(10058));

        installation.nats().jetStream().updateStream(inCode);
        eventually(() -> assertThat(
                        jetStream.stream("EVENTS").at("/config/metadata").has("jetwright.io/owner"))
                .isTrue());
        namespace.awaitReady(resource);
    }
}
