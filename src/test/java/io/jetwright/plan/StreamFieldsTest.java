package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.StreamSpec;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class StreamFieldsTest {
    private static final ServerVersion NEWEST = ServerVersion.parse("2.15.2");

    /** Of what a Stream's spec names, this is no setting: it names the stream. */
    private static final Set<String> IDENTITY = Set.of("name");

    static final List<FieldRow> ROWS = FieldRow.table("""
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
            {placement: {cluster: east, tags: [ssd, eu]}} | {"placement": {"cluster": "east", "tags": ["ssd", "eu"]}}
            {placement: {tags: [ssd]}}                   | {"placement": {"tags": ["ssd"]}}
            {placement: {}}                              | {"placement": {}}
            {mirror: {name: ORIGIN}}                     | {"mirror": {"name": "ORIGIN"}}
            {mirror: {name: ORIGIN, optStartSeq: 5}}     | {"mirror": {"name": "ORIGIN", "opt_start_seq": 5}}
            {mirror: {name: ORIGIN, optStartTime: "2026-01-31T12:00:00.50+02:00"}} | {"mirror": {"name": "ORIGIN", "opt_start_time": "2026-01-31T10:00:00.500Z"}}
            {mirror: {name: ORIGIN, filterSubject: a.>}} | {"mirror": {"name": "ORIGIN", "filter_subject": "a.>"}}
            {mirror: {name: ORIGIN, externalApiPrefix: $JS.hub.API}} | {"mirror": {"name": "ORIGIN", "external": {"api": "$JS.hub.API"}}}
            {mirror: {name: ORIGIN, externalApiPrefix: $JS.hub.API, externalDeliverPrefix: hub.deliver}} | {"mirror": {"name": "ORIGIN", "external": {"api": "$JS.hub.API", "deliver": "hub.deliver"}}}
            {mirror: {name: ORIGIN, subjectTransforms: [{source: a.*, dest: "b.{{wildcard(1)}}"}, {source: c}]}} | {"mirror": {"name": "ORIGIN", "subject_transforms": [{"src": "a.*", "dest": "b.{{wildcard(1)}}"}, {"src": "c"}]}}
            {mirror: {name: ORIGIN, subjectTransforms: []}} | {"mirror": {"name": "ORIGIN"}}
            {mirror: {name: ORIGIN, consumer: {name: C, deliverSubject: d}}} | {"mirror": {"name": "ORIGIN", "consumer": {"name": "C", "deliver_subject": "d"}}}
            {sources: [{name: A}, {name: B, optStartSeq: 1, filterSubject: b.>}]} | {"sources": [{"name": "A"}, {"name": "B", "opt_start_seq": 1, "filter_subject": "b.>"}]}
            {sources: [{name: A, optStartTime: "2026-01-31T12:00:00Z", externalApiPrefix: x, externalDeliverPrefix: y, subjectTransforms: [{source: a, dest: b}], consumer: {name: C, deliverSubject: d}}]} | {"sources": [{"name": "A", "opt_start_time": "2026-01-31T12:00:00Z", "external": {"api": "x", "deliver": "y"}, "subject_transforms": [{"src": "a", "dest": "b"}], "consumer": {"name": "C", "deliver_subject": "d"}}]}
            {compression: none}                          | {"compression": "none"}
            {compression: s2}                            | {"compression": "s2"}
            {subjectTransform: {source: a.*, dest: "b.{{wildcard(1)}}"}} | {"subject_transform": {"src": "a.*", "dest": "b.{{wildcard(1)}}"}}
            {republish: {source: a.>, destination: b.>, headersOnly: true}} | {"republish": {"src": "a.>", "dest": "b.>", "headers_only": true}}
            {republish: {destination: b.>}}              | {"republish": {"src": ">", "dest": "b.>"}}
            {subjects: ["a.>"], subjectTransform: {source: "a.>", dest: "b.>"}, republish: {destination: ">", headersOnly: true}} | {"subjects": ["a.>"], "subject_transform": {"src": "a.>", "dest": "b.>"}, "republish": {"src": "b.>", "dest": "b.>", "headers_only": true}}
            {subjectTransform: {source: ORDERS, dest: b}, republish: {source: ">", destination: ">"}} | {"subject_transform": {"src": "ORDERS", "dest": "b"}, "republish": {"src": "b", "dest": "b"}}
            {subjects: ["a.>", c], subjectTransform: {source: "a.>", dest: "b.>"}, republish: {destination: ">"}} | {"subjects": ["a.>", "c"], "subject_transform": {"src": "a.>", "dest": "b.>"}, "republish": {"src": ">", "dest": ">"}}
            {sources: [{name: A}], subjectTransform: {source: ORDERS, dest: b}, republish: {destination: ">"}} | {"sources": [{"name": "A"}], "subject_transform": {"src": "ORDERS", "dest": "b"}, "republish": {"src": ">", "dest": ">"}}
            {subjects: [a], subjectTransform: {source: a, dest: b}, republish: {destination: c}} | {"subjects": ["a"], "subject_transform": {"src": "a", "dest": "b"}, "republish": {"src": ">", "dest": "c"}}
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

    @ParameterizedTest
    @FieldSource("ROWS")
    void aStreamsFieldIsThisInJetStream(FieldRow row) {
        assertThat(Specs.bare(Specs.desiredStream(row.spec()))).isEqualTo(Specs.json(row.json()));
    }

    @ParameterizedTest
    @FieldSource("ROWS")
    void nothingIsToBeChangedOnAStreamThatTheServerHasMadeOfIt(FieldRow row) {
        assertThat(Mapping.STREAM.change(
                        Specs.desiredStream(row.spec()), Specs.appliedStream(row.spec()), NEWEST, Instant.EPOCH, false))
                .isEqualTo(new Change.None());
    }

    @Test
    void anEmptySpecLeavesAllToTheServer() {
        assertThat(Specs.bare(Specs.desiredStream("{}"))).isEqualTo(Specs.json("{}"));
    }

    @Test
    void noFieldOfAStreamIsForgotten() {
        assertThat(FieldRow.paths(ROWS)).isEqualTo(SpecFields.paths(StreamSpec.class, IDENTITY));
    }

    @Test
    void eachFieldHasARowOfItsOwnUnderItsNameInTheSpec() {
        assertThat(StreamFields.ALL.stream().map(Field::name))
                .doesNotHaveDuplicates()
                .hasSameElementsAs(SpecFields.topLevel(StreamSpec.class, IDENTITY));
        assertThat(StreamFields.ALL.stream().map(Field::wireName)).doesNotHaveDuplicates();
    }
}
