package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.StreamSpec;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of a spec, and what it is in JetStream's JSON. */
class FieldsTest {
    private static final ServerVersion NEWEST = ServerVersion.parse("2.15.2");

    private static final List<Row> STREAM_ROWS = rows("""
            {description: All orders}                    | {"description": "All orders"}
            {subjects: ["orders.>", invoices.*]}         | {"subjects": ["orders.>", "invoices.*"]}
            {subjects: [], sources: [{name: A}]}         | {"subjects": [], "sources": [{"name": "A"}]}
            {retention: limits}                          | {"retention": "limits"}
            {retention: interest}                        | {"retention": "interest"}
            {retention: workqueue}                       | {"retention": "workqueue"}
            {storage: file}                              | {"storage": "file"}
            {storage: memory}                            | {"storage": "memory"}
            {replicas: 3}                                | {"num_replicas": 3}
            {maxConsumers: 10}                           | {"max_consumers": 10}
            {maxConsumers: -1}                           | {"max_consumers": -1}
            {maxMsgs: 10000000000}                       | {"max_msgs": 10000000000}
            {maxMsgs: 0}                                 | {"max_msgs": 0}
            {maxMsgsPerSubject: 5}                       | {"max_msgs_per_subject": 5}
            {maxBytes: 1.5Gi}                            | {"max_bytes": 1610612736}
            {maxBytes: 1024}                             | {"max_bytes": 1024}
            {maxBytes: "-1"}                             | {"max_bytes": -1}
            {maxAge: 7d}                                 | {"max_age": 604800000000000}
            {maxAge: 1h30m}                              | {"max_age": 5400000000000}
            {maxAge: 0s}                                 | {"max_age": 0}
            {maxMsgSize: 1Mi}                            | {"max_msg_size": 1048576}
            {discard: old}                               | {"discard": "old"}
            {discard: new}                               | {"discard": "new"}
            {discardPerSubject: true}                    | {"discard_new_per_subject": true}
            {noAck: true}                                | {"no_ack": true}
            {duplicateWindow: 100ms}                     | {"duplicate_window": 100000000}
            {placement: {cluster: east, tags: [ssd, eu], preferred: n1}} | {"placement": {"cluster": "east", "tags": ["ssd", "eu"], "preferred": "n1"}}
            {placement: {tags: [ssd]}}                   | {"placement": {"tags": ["ssd"]}}
            {placement: {}}                              | {"placement": {}}
            {mirror: {name: ORIGIN}}                     | {"mirror": {"name": "ORIGIN"}}
            {mirror: {name: ORIGIN, optStartSeq: 5}}     | {"mirror": {"name": "ORIGIN", "opt_start_seq": 5}}
            {mirror: {name: ORIGIN, optStartTime: "2026-01-31T12:00:00.50+02:00"}} | {"mirror": {"name": "ORIGIN", "opt_start_time": "2026-01-31T10:00:00.500Z"}}
            {mirror: {name: ORIGIN, filterSubject: a.>}} | {"mirror": {"name": "ORIGIN", "filter_subject": "a.>"}}
            {mirror: {name: ORIGIN, externalApiPrefix: $JS.hub.API}} | {"mirror": {"name": "ORIGIN", "external": {"api": "$JS.hub.API"}}}
            {mirror: {name: ORIGIN, externalApiPrefix: $JS.hub.API, externalDeliverPrefix: hub.deliver}} | {"mirror": {"name": "ORIGIN", "external": {"api": "$JS.hub.API", "deliver": "hub.deliver"}}}
            {mirror: {name: ORIGIN, subjectTransforms: [{source: a.*, dest: "b.{{wildcard(1)}}"}, {source: c}]}} | {"mirror": {"name": "ORIGIN", "subject_transforms": [{"src": "a.*", "dest": "b.{{wildcard(1)}}"}, {"src": "c"}]}}
            {mirror: {name: ORIGIN, consumer: {name: C, deliverSubject: d}}} | {"mirror": {"name": "ORIGIN", "consumer": {"name": "C", "deliver_subject": "d"}}}
            {sources: [{name: A}, {name: B, optStartSeq: 1, filterSubject: b.>}]} | {"sources": [{"name": "A"}, {"name": "B", "opt_start_seq": 1, "filter_subject": "b.>"}]}
            {sources: [{name: A, optStartTime: "2026-01-31T12:00:00Z", externalApiPrefix: x, externalDeliverPrefix: y, subjectTransforms: [{source: a, dest: b}], consumer: {name: C, deliverSubject: d}}]} | {"sources": [{"name": "A", "opt_start_time": "2026-01-31T12:00:00Z", "external": {"api": "x", "deliver": "y"}, "subject_transforms": [{"src": "a", "dest": "b"}], "consumer": {"name": "C", "deliver_subject": "d"}}]}
            {compression: none}                          | {"compression": "none"}
            {compression: s2}                            | {"compression": "s2"}
            {subjectTransform: {source: a.*, dest: "b.{{wildcard(1)}}"}} | {"subject_transform": {"src": "a.*", "dest": "b.{{wildcard(1)}}"}}
            {republish: {source: a.>, destination: b.>, headersOnly: true}} | {"republish": {"src": "a.>", "dest": "b.>", "headers_only": true}}
            {republish: {destination: b.>}}              | {"republish": {"src": ">", "dest": "b.>"}}
            {sealed: true}                               | {"sealed": true}
            {denyDelete: true}                           | {"deny_delete": true}
            {denyPurge: true}                            | {"deny_purge": true}
            {allowRollup: true}                          | {"allow_rollup_hdrs": true}
            {allowDirect: true}                          | {"allow_direct": true}
            {mirrorDirect: true}                         | {"mirror_direct": true}
            {mirrorDirect: false}                        | {"mirror_direct": false}
            {firstSequence: 1000}                        | {"first_seq": 1000}
            {consumerLimits: {inactiveThreshold: 1h, maxAckPending: 500}} | {"consumer_limits": {"inactive_threshold": 3600000000000, "max_ack_pending": 500}}
            {consumerLimits: {maxAckPending: -1}}        | {"consumer_limits": {"max_ack_pending": -1}}
            {consumerLimits: {}}                         | {"consumer_limits": {}}
            {allowMsgTtl: true}                          | {"allow_msg_ttl": true}
            {subjectDeleteMarkerTtl: 1m}                 | {"subject_delete_marker_ttl": 60000000000}
            {allowMsgCounter: true}                      | {"allow_msg_counter": true}
            {allowAtomicPublish: true}                   | {"allow_atomic": true}
            {allowMsgSchedules: true}                    | {"allow_msg_schedules": true}
            {allowBatchPublish: true}                    | {"allow_batched": true}
            {persistMode: async}                         | {"persist_mode": "async"}
            {persistMode: default}                       | {"persist_mode": "default"}
            """);

    private static final List<Row> CONSUMER_ROWS = rows("""
            {description: Writes invoices}               | {"description": "Writes invoices"}
            {deliverPolicy: all}                         | {"deliver_policy": "all"}
            {deliverPolicy: last}                        | {"deliver_policy": "last"}
            {deliverPolicy: new}                         | {"deliver_policy": "new"}
            {deliverPolicy: lastPerSubject}              | {"deliver_policy": "last_per_subject"}
            {deliverPolicy: byStartSequence, optStartSeq: 7} | {"deliver_policy": "by_start_sequence", "opt_start_seq": 7}
            {deliverPolicy: byStartTime, optStartTime: "2026-01-31T12:00:00+02:00"} | {"deliver_policy": "by_start_time", "opt_start_time": "2026-01-31T10:00:00Z"}
            {ackPolicy: none}                            | {"ack_policy": "none"}
            {ackPolicy: all}                             | {"ack_policy": "all"}
            {ackPolicy: explicit}                        | {"ack_policy": "explicit"}
            {ackPolicy: flow_control}                    | {"ack_policy": "flow_control"}
            {ackWait: 45s}                               | {"ack_wait": 45000000000}
            {maxDeliver: 5}                              | {"max_deliver": 5}
            {maxDeliver: -1}                             | {"max_deliver": -1}
            {backoff: [1s, 5m, 1d]}                      | {"backoff": [1000000000, 300000000000, 86400000000000]}
            {backoff: [1s], ackWait: 30s}                | {"backoff": [1000000000]}
            {backoff: [], ackWait: 45s}                  | {"ack_wait": 45000000000}
            {filterSubject: orders.new}                  | {"filter_subject": "orders.new"}
            {filterSubjects: [orders.new, "orders.old.>"]} | {"filter_subjects": ["orders.new", "orders.old.>"]}
            {replayPolicy: instant}                      | {"replay_policy": "instant"}
            {replayPolicy: original}                     | {"replay_policy": "original"}
            {rateLimitBps: 1000000}                      | {"rate_limit_bps": 1000000}
            {sampleFreq: 30%}                            | {"sample_freq": "30%"}
            {maxWaiting: 128}                            | {"max_waiting": 128}
            {maxAckPending: 200}                         | {"max_ack_pending": 200}
            {maxAckPending: -1}                          | {"max_ack_pending": -1}
            {flowControl: true}                          | {"flow_control": true}
            {headersOnly: true}                          | {"headers_only": true}
            {maxRequestBatch: 100}                       | {"max_batch": 100}
            {maxRequestExpires: 1m}                      | {"max_expires": 60000000000}
            {maxRequestMaxBytes: 1Mi}                    | {"max_bytes": 1048576}
            {deliverSubject: deliver.orders}             | {"deliver_subject": "deliver.orders"}
            {deliverGroup: workers}                      | {"deliver_group": "workers"}
            {heartbeatInterval: 5s}                      | {"idle_heartbeat": 5000000000}
            {inactiveThreshold: 1d}                      | {"inactive_threshold": 86400000000000}
            {replicas: 3}                                | {"num_replicas": 3}
            {replicas: 0}                                | {"num_replicas": 0}
            {memStorage: true}                           | {"mem_storage": true}
            {pauseUntil: "2099-12-31T23:59:59.000Z"}     | {"pause_until": "2099-12-31T23:59:59Z"}
            {priorityPolicy: none}                       | {"priority_policy": "none"}
            {priorityPolicy: overflow, priorityGroups: [a]} | {"priority_policy": "overflow", "priority_groups": ["a"]}
            {priorityPolicy: pinned_client, pinnedTtl: 2m, priorityGroups: [a, b]} | {"priority_policy": "pinned_client", "priority_timeout": 120000000000, "priority_groups": ["a", "b"]}
            {priorityPolicy: prioritized}                | {"priority_policy": "prioritized"}
            """);

    /** Of these neither is a setting in JetStream: whose it is and how it is treated. */
    private static final Set<String> NO_SETTINGS =
            Set.of("connectionRef", "managementPolicy", "deletionPolicy", "recreatePolicy", "suspend", "metadata");

    record Row(String yaml, String json) {
        @Override
        public String toString() {
            return yaml;
        }
    }

    static List<Row> streams() {
        return STREAM_ROWS;
    }

    static List<Row> consumers() {
        return CONSUMER_ROWS;
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aStreamsFieldIsThisInJetStream(Row row) {
        assertThat(bare(Specs.desiredStream(row.yaml()))).isEqualTo(Specs.json(row.json()));
    }

    @ParameterizedTest
    @MethodSource("consumers")
    void aConsumersFieldIsThisInJetStream(Row row) {
        ObjectNode bare = bare(Specs.desiredConsumer(row.yaml()));
        assertThat(bare.remove("durable_name").asText()).isEqualTo("BILLING");
        if (!row.yaml().contains("ackPolicy")) {
            assertThat(bare.remove("ack_policy").asText()).isEqualTo("explicit");
        }
        assertThat(bare).isEqualTo(Specs.json(row.json()));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void nothingIsToBeChangedOnAStreamThatTheServerHasMadeOfIt(Row row) {
        assertThat(Mapping.STREAM.change(
                        Specs.desiredStream(row.yaml()), Specs.appliedStream(row.yaml()), NEWEST, Instant.EPOCH))
                .isEqualTo(new Change.None());
    }

    @ParameterizedTest
    @MethodSource("consumers")
    void nothingIsToBeChangedOnAConsumerThatTheServerHasMadeOfIt(Row row) {
        assertThat(Mapping.CONSUMER.change(
                        Specs.desiredConsumer(row.yaml()), Specs.appliedConsumer(row.yaml()), NEWEST, Instant.EPOCH))
                .isEqualTo(new Change.None());
    }

    @Test
    void anEmptySpecLeavesAllToTheServerButTheAcknowledgement() {
        assertThat(bare(Specs.desiredStream("{}"))).isEqualTo(Specs.json("{}"));
        assertThat(bare(Specs.desiredConsumer("{}")))
                .isEqualTo(Specs.json("{\"durable_name\": \"BILLING\", \"ack_policy\": \"explicit\"}"));
    }

    @Test
    void noFieldOfAStreamIsForgotten() {
        assertThat(paths(STREAM_ROWS)).isEqualTo(paths(StreamSpec.class, Set.of("name")));
    }

    @Test
    void noFieldOfAConsumerIsForgotten() {
        assertThat(paths(CONSUMER_ROWS))
                .isEqualTo(paths(ConsumerSpec.class, Set.of("streamRef", "streamName", "durableName")));
    }

    @Test
    void eachFieldHasARowOfItsOwnUnderItsNameInTheSpec() {
        assertThat(StreamFields.ALL.stream().map(Field::name))
                .doesNotHaveDuplicates()
                .hasSameElementsAs(topLevel(StreamSpec.class, Set.of("name")));
        assertThat(ConsumerFields.ALL.stream().map(Field::name))
                .doesNotHaveDuplicates()
                .hasSameElementsAs(topLevel(ConsumerSpec.class, Set.of("streamRef", "streamName", "durableName")));
        assertThat(StreamFields.ALL.stream().map(Field::wireName)).doesNotHaveDuplicates();
        assertThat(ConsumerFields.ALL.stream().map(Field::wireName)).doesNotHaveDuplicates();
    }

    private static ObjectNode bare(Settings settings) {
        var json = (ObjectNode) Specs.json(settings.toJson().toString());
        json.remove(List.of("name", "metadata"));
        return json;
    }

    private static List<Row> rows(String table) {
        return table.lines()
                .map(line -> line.split(" \\| ", 2))
                .map(cells -> new Row(cells[0].strip(), cells[1].strip()))
                .toList();
    }

    /** The fields that the rows have, with those inside them. */
    private static Set<String> paths(List<Row> rows) {
        Set<String> paths = new TreeSet<>();
        rows.forEach(row -> collect("", Specs.read(row.yaml(), JsonNode.class), paths));
        return paths;
    }

    private static void collect(String prefix, JsonNode value, Set<String> paths) {
        value.properties().forEach(field -> {
            String path = prefix + field.getKey();
            paths.add(path);
            collect(path + ".", field.getValue(), paths);
        });
        if (value.isArray()) {
            value.forEach(item -> collect(prefix, item, paths));
        }
    }

    /** The fields that a spec has, with those inside them. */
    private static Set<String> paths(Class<?> spec, Set<String> identity) {
        return components(spec, "")
                .filter(path -> Stream.concat(NO_SETTINGS.stream(), identity.stream())
                        .noneMatch(none -> path.equals(none) || path.startsWith(none + ".")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<String> topLevel(Class<?> spec, Set<String> identity) {
        return paths(spec, identity).stream()
                .filter(path -> !path.contains("."))
                .collect(Collectors.toSet());
    }

    private static Stream<String> components(Class<?> type, String prefix) {
        return Stream.of(type.getRecordComponents())
                .flatMap(component -> Stream.concat(
                        Stream.of(prefix + component.getName()),
                        inside(component).flatMap(inner -> components(inner, prefix + component.getName() + "."))));
    }

    /** The record that the component is, or is a list of. */
    private static Stream<Class<?>> inside(RecordComponent component) {
        Type type = component.getGenericType() instanceof ParameterizedType list
                ? list.getActualTypeArguments()[0]
                : component.getType();
        return type instanceof Class<?> record && record.isRecord() && !record.equals(io.jetwright.api.ByteSize.class)
                ? Stream.of(record)
                : Stream.empty();
    }
}
