package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What it takes to make JetStream agree; in the tables, changes read as {@link Specs#show} writes them. */
class MappingTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String NEWEST = "2.15.2";

    @Test
    void whatDoesNotExistIsCreatedAsTheSpecSays() {
        Settings desired = Specs.desiredStream("{maxAge: 1d}");
        assertThat(Mapping.STREAM.change(desired, null, ServerVersion.parse(NEWEST), NOW, false))
                .isEqualTo(new Change.Create(desired));
    }

    /** Servers from 2.11 on refuse fields that they do not know, whatever their value. */
    @ParameterizedTest
    @CsvSource({"2.10.29, false", "2.12.15, false", "2.14.0, true"})
    void theZeroOfAFieldIsSentOnlyToServersThatKnowIt(String server, boolean isSent) {
        Settings desired = Specs.desiredStream("{allowBatchPublish: false}");
        assertThat(((Change.Create)
                                Mapping.STREAM.change(desired, null, ServerVersion.parse(server), Instant.EPOCH, false))
                        .settings()
                        .fields()
                        .containsKey("allow_batched"))
                .isEqualTo(isSent);
        Settings live = Specs.appliedStream("{}");
        assertThat(Specs.show(change(desired, live, server))).isEqualTo(Specs.show(change(desired, live, "2.14.0")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                   | {}                              | none
                    {}                                   | {"max_age": 5000000000}         | none
                    {}                                   | {"subjects": ["others"]}        | none
                    {}                                   | {"description": "by hand"}      | none
                    {}                                   | {"storage": "memory"}           | none
                    {}                                   | {"retention": "workqueue"}      | none
                    {}                                   | {"deny_delete": true}           | none
                    {}                                   | {"mirror": {"name": "ORIGIN"}}  | none
                    {mirror: {name: ORIGIN}}             | {"mirror_direct": true}         | none
                    {subjectDeleteMarkerTtl: 1m}         | {"allow_rollup_hdrs": true}     | none
                    {maxMsgs: 0, maxBytes: 0, maxMsgSize: -1, maxMsgsPerSubject: 0, maxConsumers: -1} | {} | none
                    {maxMsgs: -1}                        | {"max_msgs": 0}                 | none
                    {maxAge: 0s}                         | {}                              | none
                    {duplicateWindow: 120s}              | {}                              | none
                    {allowDirect: false, noAck: false}   | {}                              | none
                    {placement: {}}                      | {"placement": null}             | none
                    {mirror: {name: ORIGIN, externalApiPrefix: x}} | {"mirror": {"name": "ORIGIN", "external": {"api": "x", "deliver": ""}}} | none
                    {mirror: {name: ORIGIN, optStartTime: "2026-01-31T12:00:00+02:00"}} | {"mirror": {"name": "ORIGIN", "opt_start_time": "2026-01-31T10:00:00.000Z"}} | none
                    {republish: {destination: b}}        | {"republish": {"src": ">", "dest": "b", "headers_only": false}} | none
                    {maxAge: 7d, allowRollup: true}      | {"sealed": true, "max_age": 0, "allow_rollup_hdrs": false, "deny_purge": true} | none
                    {maxAge: 7d}                         | {"max_age": 86400000000000}     | update maxAge: 1d -> 7d
                    {maxAge: 7d}                         | {"max_age": 0}                  | update maxAge: 0s -> 7d
                    {maxMsgs: 5}                         | {"max_msgs": -1}                | update maxMsgs: -1 -> 5
                    {maxMsgs: -1}                        | {"max_msgs": 5}                 | update maxMsgs: 5 -> -1
                    {subjects: [a, b]}                   | {"subjects": ["b", "a"]}        | update subjects: ["b","a"] -> ["a","b"]
                    {discard: new}                       | {"discard": "old"}              | update discard: old -> new
                    {allowDirect: true}                  | {"allow_direct": false}         | update allowDirect: false -> true
                    {description: mine}                  | {"description": null}           | update description: (none) -> mine
                    {sources: [{name: A}]}               | {"sources": [{"name": "A"}, {"name": "B"}]} | update sources: [{"name":"A"},{"name":"B"}] -> [{"name":"A"}]
                    {maxAge: 7d, maxMsgs: 5}             | {"max_age": 1, "max_msgs": 6}   | update maxMsgs: 6 -> 5; maxAge: 1ns -> 7d
                    """)
    void onlyFieldsThatTheSpecSetsAreCompared(String spec, String changedByOthers, String expected) {
        Settings actual = Specs.overlaid(Specs.appliedStream(spec), changedByOthers);
        assertThat(Specs.show(change(Specs.desiredStream(spec), actual, NEWEST)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                   | {"max_deliver": 5, "ack_wait": 1, "max_ack_pending": 7} | none
                    {}                                   | {"pause_until": "2026-12-31T00:00:00Z"} | none
                    {maxDeliver: -1}                     | {}                              | none
                    {ackWait: 30s}                       | {}                              | none
                    {ackWait: 30s, backoff: [1s, 5s]}    | {"ack_wait": 1000000000}        | none
                    {backoff: [1s, 5s]}                  | {"backoff": [1000000000]}       | update backoff: [1s] -> [1s, 5s]
                    {backoff: []}                        | {}                              | none
                    {maxWaiting: 512, maxAckPending: 1000} | {}                            | none
                    {replicas: 0}                        | {}                              | none
                    {filterSubjects: []}                 | {}                              | none
                    {sampleFreq: 30%}                    | {"sample_freq": "50%"}          | update sampleFreq: 50% -> 30%
                    {ackWait: 1m}                        | {"ack_wait": 30000000000}       | update ackWait: 30s -> 1m
                    {maxRequestMaxBytes: 1Ki}            | {"max_bytes": 0}                | update maxRequestMaxBytes: 0 -> 1024
                    {}                                   | {"ack_policy": "none"}          | immutable ackPolicy: none -> explicit
                    {}                                   | {"deliver_subject": "d"}        | immutable deliverSubject: d -> (the server's default)
                    {deliverSubject: d}                  | {"deliver_subject": ""}         | immutable deliverSubject:  -> d
                    {deliverPolicy: byStartTime, optStartTime: "2026-01-31T12:00:00Z"} | {"opt_start_time": "2026-01-31T13:00:00+01:00"} | none
                    """)
    void onlyFieldsThatTheSpecOfAConsumerSetsAreCompared(String spec, String changedByOthers, String expected) {
        Settings actual = Specs.overlaid(Specs.appliedConsumer(spec), changedByOthers);
        assertThat(Specs.show(consumerChange(Specs.desiredConsumer(spec), actual, NEWEST)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {maxAge: 7d}                | update maxAge: 7d -> (the server's default)              | {"max_age": 0}
                    {subjects: [a]}             | update subjects: ["a"] -> (the server's default)         | {"subjects": ["ORDERS"]}
                    {sources: [{name: A}]}      | update sources: [{"name":"A"}] -> (the server's default) | {"sources": null, "subjects": ["ORDERS"], "duplicate_window": 120000000000}
                    {allowDirect: true}         | update allowDirect: true -> (the server's default)       | {"allow_direct": false}
                    {consumerLimits: {maxAckPending: 5}} | update consumerLimits: {"max_ack_pending":5} -> (the server's default) | {"consumer_limits": {}}
                    {placement: {tags: [ssd]}}  | update placement: {"tags":["ssd"]} -> (the server's default) | {"placement": null}
                    {maxMsgs: 5}                | update maxMsgs: 5 -> (the server's default)              | {"max_msgs": -1}
                    {replicas: 3}               | update replicas: 3 -> (the server's default)             | {"num_replicas": 1}
                    {metadata: {team: sales}}   | update metadata.team: sales -> (none)                    | {}
                    """)
    void aFieldThatIsRemovedGoesBackToTheServersDefault(String before, String expected, String after) {
        Settings actual = Specs.appliedStream(before);
        Change change = change(Specs.desiredStream("{}"), actual, NEWEST);
        assertThat(Specs.show(change)).isEqualTo(expected);
        assertThat(Specs.after(actual, Specs.ORDERS, change)).isEqualTo(Specs.json(after));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {ackWait: 1m}               | update ackWait: 1m -> (the server's default)                 | {"ack_wait": 30000000000}
                    {backoff: [1s, 5s]}         | update backoff: [1s, 5s] -> (the server's default)           | {"backoff": null, "ack_wait": 30000000000}
                    {filterSubjects: [a, b]}    | update filterSubjects: ["a","b"] -> (the server's default)   | {"filter_subjects": null}
                    {maxDeliver: 5}             | update maxDeliver: 5 -> (the server's default)               | {"max_deliver": -1}
                    {headersOnly: true}         | update headersOnly: true -> (the server's default)           | {"headers_only": null}
                    {deliverSubject: d, deliverGroup: g} | update deliverGroup: g -> (the server's default)    | {"deliver_group": null}
                    """)
    void aFieldThatIsRemovedFromAConsumerGoesBackToTheServersDefault(String before, String expected, String after) {
        String rest = before.contains("deliverSubject") ? "{deliverSubject: d}" : "{}";
        Settings actual = Specs.appliedConsumer(before);
        Change change = consumerChange(Specs.desiredConsumer(rest), actual, NEWEST);
        assertThat(Specs.show(change)).isEqualTo(expected);
        assertThat(Specs.after(actual, Specs.BILLING, change)).isEqualTo(Specs.json(after));
    }

    @Test
    void theRemovalIsKnownFromJetStreamItselfSoThatTheOperatorMayHaveBeenAwayMeanwhile() {
        Settings actual = Specs.appliedStream("{maxAge: 7d, maxMsgs: 5}");
        assertThat(actual.metadata(Mapping.FIELDS_KEY)).contains("maxAge,maxMsgs");
        assertThat(Specs.show(change(Specs.desiredStream("{maxMsgs: 5}"), actual, NEWEST)))
                .isEqualTo("update maxAge: 7d -> (the server's default)");
    }

    @Test
    void afterTheRemovalTheFieldIsLeftToTheServerAndToOthers() {
        Settings actual = Specs.overlaid(Specs.appliedStream("{}"), "{\"max_age\": 5000000000}");
        assertThat(change(Specs.desiredStream("{}"), actual, NEWEST)).isEqualTo(new Change.None());
    }

    @Test
    void aFieldThatIsAddedWithTheValueThatJetStreamHasAlreadyIsMarkedAsOurs() {
        Settings desired = Specs.desiredStream("{maxAge: 7d}");
        Settings actual = Specs.overlaid(Specs.appliedStream("{}"), "{\"max_age\": 604800000000000}");
        var update = (Change.Update) change(desired, actual, NEWEST);
        assertThat(update.differences()).isEmpty();
        assertThat(update.config()).isTrue();
        assertThat(update.settings().metadata(Mapping.FIELDS_KEY)).contains("maxAge");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2.10.0 | {storage: file}             | {storage: memory}            | immutable storage: file -> memory
                    2.15.2 | {}                          | {storage: memory}            | immutable storage: file -> memory
                    2.15.2 | {}                          | {storage: file}              | update
                    2.15.2 | {retention: limits}         | {retention: interest}        | update retention: limits -> interest
                    2.15.2 | {retention: interest}       | {retention: limits}          | update retention: interest -> limits
                    2.15.2 | {retention: interest}       | {}                           | update retention: interest -> (the server's default)
                    2.15.2 | {retention: limits}         | {retention: workqueue}       | immutable retention: limits -> workqueue
                    2.15.2 | {retention: interest}       | {retention: workqueue}       | immutable retention: interest -> workqueue
                    2.15.2 | {retention: workqueue}      | {retention: interest}        | immutable retention: workqueue -> interest
                    2.15.2 | {retention: workqueue}      | {retention: limits}          | immutable retention: workqueue -> limits
                    2.15.2 | {sealed: false}             | {sealed: true}               | update sealed: false -> true
                    2.15.2 | {sealed: true}              | {sealed: false}              | immutable sealed: true -> false
                    2.15.2 | {denyDelete: false}         | {denyDelete: true}           | update denyDelete: false -> true
                    2.15.2 | {denyDelete: true}          | {denyDelete: false}          | immutable denyDelete: true -> false
                    2.15.2 | {denyPurge: false}          | {denyPurge: true}            | update denyPurge: false -> true
                    2.15.2 | {denyPurge: true}           | {denyPurge: false}           | immutable denyPurge: true -> false
                    2.15.2 | {allowMsgTtl: false}        | {allowMsgTtl: true}          | update allowMsgTtl: false -> true
                    2.15.2 | {allowMsgTtl: true}         | {allowMsgTtl: false}         | immutable allowMsgTtl: true -> false
                    2.15.2 | {allowMsgSchedules: false}  | {allowMsgSchedules: true}    | update allowMsgSchedules: (none) -> true
                    2.15.2 | {allowMsgSchedules: true}   | {allowMsgSchedules: false}   | immutable allowMsgSchedules: true -> false
                    2.15.2 | {allowMsgCounter: true}     | {allowMsgCounter: false}     | immutable allowMsgCounter: true -> false
                    2.15.2 | {allowMsgCounter: false}    | {allowMsgCounter: true}      | immutable allowMsgCounter: (none) -> true
                    2.15.2 | {persistMode: async}        | {persistMode: default}       | immutable persistMode: async -> default
                    2.15.2 | {}                          | {persistMode: async}         | immutable persistMode: (none) -> async
                    2.15.2 | {allowAtomicPublish: true}  | {allowAtomicPublish: false}  | update allowAtomicPublish: true -> false
                    2.15.2 | {allowBatchPublish: true}   | {}                           | update allowBatchPublish: true -> (the server's default)
                    2.15.2 | {firstSequence: 5}          | {firstSequence: 6}           | immutable firstSequence: 5 -> 6
                    2.15.2 | {}                          | {firstSequence: 6}           | immutable firstSequence: (none) -> 6
                    2.10.0 | {maxConsumers: 1}           | {maxConsumers: 2}            | immutable maxConsumers: 1 -> 2
                    2.10.29 | {maxConsumers: 1}          | {maxConsumers: 2}            | immutable maxConsumers: 1 -> 2
                    2.11.0 | {maxConsumers: 1}           | {maxConsumers: 2}            | immutable maxConsumers: 1 -> 2
                    2.11.15 | {}                         | {maxConsumers: 2}            | immutable maxConsumers: -1 -> 2
                    2.12.4 | {maxConsumers: 1}           | {maxConsumers: 2}            | immutable maxConsumers: 1 -> 2
                    2.12.5 | {maxConsumers: 1}           | {maxConsumers: 2}            | update maxConsumers: 1 -> 2
                    2.15.2 | {maxConsumers: 1}           | {}                           | update maxConsumers: 1 -> (the server's default)
                    2.15.2 | {subjects: [a]}             | {mirror: {name: A}}          | immutable mirror: (none) -> {"name":"A"}; subjects: ["a"] -> (the server's default)
                    2.15.2 | {mirror: {name: A}}         | {mirror: {name: B}}          | immutable mirror: {"name":"A"} -> {"name":"B"}
                    2.15.2 | {mirror: {name: A}}         | {mirror: {name: A, filterSubject: f}} | immutable mirror: {"name":"A"} -> {"name":"A","filter_subject":"f"}
                    2.12.0 | {mirror: {name: A}}         | {}                           | update mirror: {"name":"A"} -> (the server's default)
                    2.15.2 | {mirror: {name: A}}         | {subjects: [a]}              | update subjects: (none) -> ["a"]; mirror: {"name":"A"} -> (the server's default)
                    2.15.2 | {sources: [{name: A}]}      | {sources: [{name: B}]}       | update sources: [{"name":"A"}] -> [{"name":"B"}]
                    2.15.2 | {replicas: 1}               | {replicas: 3}                | update replicas: 1 -> 3
                    2.15.2 | {storage: file, maxAge: 1d} | {storage: memory, maxAge: 2d} | immutable storage: file -> memory; maxAge: 1d -> 2d
                    """)
    void serversRefuseSomeUpdatesOfStreams(String server, String before, String after, String expected) {
        assertThat(Specs.show(change(Specs.desiredStream(after), Specs.appliedStream(before), server)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2.15.2 | {}                          | {deliverPolicy: new}         | immutable deliverPolicy: all -> new
                    2.15.2 | {deliverPolicy: last}       | {deliverPolicy: all}         | immutable deliverPolicy: last -> all
                    2.15.2 | {deliverPolicy: byStartSequence, optStartSeq: 1} | {deliverPolicy: byStartSequence, optStartSeq: 2} | immutable optStartSeq: 1 -> 2
                    2.15.2 | {deliverPolicy: byStartTime, optStartTime: "2026-01-31T12:00:00Z"} | {deliverPolicy: byStartTime, optStartTime: "2026-01-31T12:00:01Z"} | immutable optStartTime: 2026-01-31T12:00:00Z -> 2026-01-31T12:00:01Z
                    2.15.2 | {ackPolicy: explicit}       | {ackPolicy: none}            | immutable ackPolicy: explicit -> none
                    2.15.2 | {ackPolicy: all}            | {}                           | immutable ackPolicy: all -> explicit
                    2.15.2 | {}                          | {replayPolicy: original}     | immutable replayPolicy: instant -> original
                    2.15.2 | {deliverSubject: d, heartbeatInterval: 5s} | {deliverSubject: d, heartbeatInterval: 6s} | immutable heartbeatInterval: 5s -> 6s
                    2.15.2 | {deliverSubject: d, heartbeatInterval: 5s} | {deliverSubject: d, heartbeatInterval: 5s, flowControl: true} | immutable flowControl: (none) -> true
                    2.15.2 | {}                          | {maxWaiting: 5}              | immutable maxWaiting: 512 -> 5
                    2.14.3 | {memStorage: false}         | {memStorage: true}           | update memStorage: (none) -> true
                    2.14.4 | {memStorage: false}         | {memStorage: true}           | immutable memStorage: (none) -> true
                    2.14.4 | {memStorage: true}          | {memStorage: false}          | immutable memStorage: true -> false
                    2.15.2 | {}                          | {deliverSubject: d}          | immutable deliverSubject: (none) -> d
                    2.15.2 | {deliverSubject: d}         | {deliverSubject: e}          | update deliverSubject: d -> e
                    2.15.2 | {deliverSubject: d}         | {}                           | immutable deliverSubject: d -> (the server's default)
                    2.15.2 | {ackWait: 1m}               | {ackWait: 2m}                | update ackWait: 1m -> 2m
                    2.15.2 | {ackWait: 1m}               | {ackWait: 1m, backoff: [1s]} | update backoff: (none) -> [1s]
                    2.15.2 | {filterSubject: a}          | {filterSubjects: [a, b]}     | update filterSubject: a -> (the server's default); filterSubjects: (none) -> ["a","b"]
                    2.15.2 | {maxAckPending: 5}          | {maxAckPending: 6}           | update maxAckPending: 5 -> 6
                    2.15.2 | {inactiveThreshold: 1h}     | {inactiveThreshold: 2h}      | update inactiveThreshold: 1h -> 2h
                    2.15.2 | {priorityPolicy: overflow, priorityGroups: [a]} | {}       | update priorityPolicy: overflow -> (the server's default); priorityGroups: ["a"] -> (the server's default)
                    """)
    void serversRefuseSomeUpdatesOfConsumers(String server, String before, String after, String expected) {
        assertThat(Specs.show(consumerChange(Specs.desiredConsumer(after), Specs.appliedConsumer(before), server)))
                .isEqualTo(expected);
    }

    @Test
    void aNewObjectInPlaceOfAnImmutableOneIsWhatTheSpecSaysAndNoMore() {
        Settings desired = Specs.desiredStream("{storage: memory}");
        Settings actual = Specs.appliedStream("{retention: workqueue, denyDelete: true, firstSequence: 7}");
        assertThat(((Change.Immutable) change(desired, actual, NEWEST)).settings())
                .isEqualTo(desired);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2.15.2 | {storage: memory}           | immutable storage: memory -> (the server's default)
                    2.15.2 | {storage: file}             | update
                    2.15.2 | {retention: workqueue}      | immutable retention: workqueue -> (the server's default)
                    2.15.2 | {retention: interest}       | update retention: interest -> (the server's default)
                    2.15.2 | {retention: limits}         | update
                    2.15.2 | {firstSequence: 7}          | immutable firstSequence: 7 -> (the server's default)
                    2.15.2 | {sealed: true}              | immutable sealed: true -> (the server's default)
                    2.15.2 | {denyDelete: true, denyPurge: true} | immutable denyDelete: true -> (the server's default); denyPurge: true -> (the server's default)
                    2.15.2 | {denyDelete: false, denyPurge: false} | update
                    2.15.2 | {allowMsgTtl: true}         | immutable allowMsgTtl: true -> (the server's default)
                    2.15.2 | {subjectDeleteMarkerTtl: 1m} | update subjectDeleteMarkerTtl: 1m -> (the server's default)
                    2.15.2 | {allowMsgCounter: true}     | immutable allowMsgCounter: true -> (the server's default)
                    2.15.2 | {allowMsgSchedules: true}   | immutable allowMsgSchedules: true -> (the server's default)
                    2.15.2 | {persistMode: async}        | immutable persistMode: async -> (the server's default)
                    2.15.2 | {persistMode: default}      | update
                    2.10.29 | {maxConsumers: 5}          | immutable maxConsumers: 5 -> (the server's default)
                    2.12.4 | {maxConsumers: 5}           | immutable maxConsumers: 5 -> (the server's default)
                    2.12.5 | {maxConsumers: 5}           | update maxConsumers: 5 -> (the server's default)
                    2.10.29 | {maxConsumers: -1}         | update
                    2.11.9 | {mirror: {name: ORIGIN, optStartSeq: 3}} | immutable mirror: {"name":"ORIGIN","opt_start_seq":3} -> (the server's default)
                    2.12.5 | {mirror: {name: ORIGIN, optStartSeq: 3}} | update mirror: {"name":"ORIGIN","opt_start_seq":3} -> (the server's default)
                    2.10.29 | {consumerLimits: {maxAckPending: 5}} | update consumerLimits: {"max_ack_pending":5} -> (the server's default)
                    """)
    void aFieldThatIsRemovedAndThatTheServerCannotTakeBackIsImmutable(String server, String before, String expected) {
        assertThat(Specs.show(change(Specs.desiredStream("{}"), Specs.appliedStream(before), server)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2.15.2 | {deliverPolicy: all, replayPolicy: instant, maxWaiting: 512} | update
                    2.15.2 | {deliverPolicy: new}        | immutable deliverPolicy: new -> (the server's default)
                    2.15.2 | {replayPolicy: original}    | immutable replayPolicy: original -> (the server's default)
                    2.15.2 | {maxWaiting: 5}             | immutable maxWaiting: 5 -> (the server's default)
                    2.15.2 | {deliverPolicy: byStartSequence, optStartSeq: 3} | immutable deliverPolicy: by_start_sequence -> (the server's default); optStartSeq: 3 -> (the server's default)
                    2.15.2 | {memStorage: true}          | immutable memStorage: true -> (the server's default)
                    2.14.3 | {memStorage: true}          | update memStorage: true -> (the server's default)
                    2.15.2 | {ackWait: 1m, maxDeliver: 5, filterSubject: a} | update ackWait: 1m -> (the server's default); maxDeliver: 5 -> (the server's default); filterSubject: a -> (the server's default)
                    """)
    void aFieldThatIsRemovedFromAConsumerAndThatTheServerCannotTakeBackIsImmutable(
            String server, String before, String expected) {
        assertThat(Specs.show(consumerChange(Specs.desiredConsumer("{}"), Specs.appliedConsumer(before), server)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2.15.2 | {storage: memory}
                    2.15.2 | {retention: workqueue}
                    2.15.2 | {retention: interest}
                    2.15.2 | {firstSequence: 7}
                    2.15.2 | {sealed: true}
                    2.15.2 | {denyDelete: true, denyPurge: true}
                    2.15.2 | {allowMsgTtl: true}
                    2.15.2 | {subjectDeleteMarkerTtl: 1m}
                    2.15.2 | {allowMsgCounter: true}
                    2.15.2 | {allowMsgSchedules: true}
                    2.15.2 | {persistMode: async}
                    2.12.4 | {maxConsumers: 5}
                    2.12.5 | {maxConsumers: 5}
                    2.11.9 | {mirror: {name: ORIGIN, optStartSeq: 3}}
                    2.12.5 | {mirror: {name: ORIGIN, optStartSeq: 3}}
                    2.15.2 | {maxAge: 1d, maxMsgs: 3, subjects: [a], discard: new, replicas: 3, allowDirect: true}
                    """)
    void anUpdateKeepsWhatTheSpecNeverSet(String server, String byOthers) {
        Settings actual = Specs.unmarked(Specs.appliedStream(byOthers));
        Change change = change(Specs.desiredStream("{description: new}"), actual, server);
        assertThat(Specs.after(actual, Specs.ORDERS, change)).isEqualTo(Specs.json("{\"description\": \"new\"}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2.15.2 | {}
                    2.15.2 | {deliverPolicy: new, replayPolicy: original, maxWaiting: 5}
                    2.15.2 | {deliverPolicy: byStartSequence, optStartSeq: 3}
                    2.15.2 | {memStorage: true}
                    2.14.3 | {memStorage: true}
                    2.15.2 | {ackWait: 1m, maxDeliver: 5, filterSubject: a}
                    """)
    void anUpdateOfAConsumerKeepsWhatTheSpecNeverSet(String server, String byOthers) {
        Settings actual = Specs.unmarked(Specs.appliedConsumer(byOthers));
        Change change = consumerChange(Specs.desiredConsumer("{description: new}"), actual, server);
        assertThat(Specs.after(actual, Specs.BILLING, change)).isEqualTo(Specs.json("{\"description\": \"new\"}"));
    }

    @Test
    void anObjectWithoutOwnerIsAdoptedByAnUpdateThatOnlyMarksIt() {
        Settings actual = ServerDefaults.fill(Specs.ORDERS, Settings.of(Specs.json("""
                        {"name": "ORDERS", "subjects": ["orders.>"], "storage": "memory", "max_msgs": 77,
                         "metadata": {"team": "sales"}}
                        """)));
        var update = (Change.Update) change(Specs.desiredStream("{subjects: [orders.>]}"), actual, NEWEST);
        assertThat(update.differences()).isEmpty();
        assertThat(update.config()).isTrue();
        assertThat(update.again()).isFalse();
        assertThat(Specs.after(actual, Specs.ORDERS, update)).isEmpty();
        assertThat(update.settings().get("metadata")).isEqualTo(Specs.json("""
                        {"team": "sales", "jetwright.io/owner": "cluster/shop/orders", "jetwright.io/fields": "subjects"}
                        """));
    }

    @Test
    void anAdoptedMirrorStaysOne() {
        Settings actual =
                ServerDefaults.fill(Specs.ORDERS, Settings.of(Specs.json("{\"mirror\": {\"name\": \"ORIGIN\"}}")));
        Change change = change(Specs.desiredStream("{maxAge: 1d}"), actual, NEWEST);
        assertThat(Specs.after(actual, Specs.ORDERS, change)).isEqualTo(Specs.json("{\"max_age\": 86400000000000}"));
    }

    @Test
    void anObjectOfAnotherOwnerDiffersInTheMark() {
        Settings actual = ServerDefaults.fill(
                Specs.ORDERS,
                Mapping.STREAM.desired(Specs.stream("{}"), Specs.ORDERS, new Owner("cluster", "shop", "former")));
        assertThat(Specs.show(change(Specs.desiredStream("{}"), actual, NEWEST)))
                .isEqualTo("update");
    }

    @Test
    void whatAnotherOwnerSetsIsNoFieldThatThisOneRemoved() {
        Settings actual = ServerDefaults.fill(
                Specs.ORDERS,
                Mapping.STREAM.desired(
                        Specs.stream("{maxAge: 7d, maxMsgs: 5, metadata: {team: sales}}"),
                        Specs.ORDERS,
                        new Owner("there", "shop", "orders")));
        assertThat(Specs.show(change(Specs.desiredStream("{maxMsgs: 5}"), actual, NEWEST)))
                .isEqualTo("update");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                         | {}                         | none
                    {}                         | {"by": "hand"}             | none
                    {metadata: {team: sales}}  | {"team": "sales"}          | none
                    {metadata: {team: sales}}  | {"team": "hr"}             | update metadata.team: hr -> sales
                    {metadata: {team: sales}}  | {"team": "sales", "by": "hand"} | none
                    {metadata: {team: sales, by: me}} | {"team": "hr", "by": "hand"} | update metadata.by: hand -> me; metadata.team: hr -> sales
                    {metadata: {team: sales}}  | {}                         | update metadata.team: (none) -> sales
                    {metadata: {}}             | {"by": "hand"}             | none
                    {metadata: {}}             | {"_nats.ver": "2.99.0", "_nats.new": "x"} | none
                    """)
    void metadataIsComparedButForTheServersAndOurs(String spec, String users, String expected) {
        Settings applied = Specs.appliedStream(spec);
        var metadata = (ObjectNode) Specs.json(String.valueOf(applied.get("metadata")));
        metadata.remove("team");
        metadata.setAll((ObjectNode) Specs.json(users));
        assertThat(Specs.show(change(Specs.desiredStream(spec), applied.with("metadata", metadata), NEWEST)))
                .isEqualTo(expected);
    }

    @Test
    void theMarksStandBesideTheUsersMetadata() {
        assertThat(Specs.json(Specs.desiredStream("{metadata: {team: sales}, maxAge: 1d, subjects: [a]}")
                        .toJson()
                        .path("metadata")
                        .toString()))
                .isEqualTo(Specs.json("""
                        {"team": "sales", "jetwright.io/owner": "cluster/shop/orders",
                         "jetwright.io/fields": "maxAge,metadata.team,subjects"}
                        """));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                     | {}                                     | none
                    {}                                     | {pauseUntil: "2026-06-01T12:00:01Z"}   | pause pauseUntil: (none) -> 2026-06-01T12:00:01Z
                    {}                                     | {pauseUntil: "2026-06-01T12:00:00Z"}   | marks
                    {}                                     | {pauseUntil: "2020-01-01T00:00:00Z"}   | marks
                    {pauseUntil: "2026-07-01T00:00:00Z"}   | {}                                     | pause pauseUntil: 2026-07-01T00:00:00Z -> (the server's default)
                    {pauseUntil: "2026-07-01T00:00:00Z"}   | {pauseUntil: "2026-07-01T02:00:00+02:00"} | none
                    {pauseUntil: "2026-07-01T00:00:00Z"}   | {pauseUntil: "2026-08-01T00:00:00Z"}   | pause pauseUntil: 2026-07-01T00:00:00Z -> 2026-08-01T00:00:00Z
                    {pauseUntil: "2026-07-01T00:00:00Z"}   | {pauseUntil: "2026-01-01T00:00:00Z"}   | pause pauseUntil: 2026-07-01T00:00:00Z -> 2026-01-01T00:00:00Z
                    {pauseUntil: "2026-01-01T00:00:00Z"}   | {pauseUntil: "2026-02-01T00:00:00Z"}   | none
                    {pauseUntil: "2026-01-01T00:00:00Z"}   | {}                                     | marks
                    """)
    void aPauseInThePastIsNoChange(String before, String after, String expected) {
        Change change = consumerChange(Specs.desiredConsumer(after), Specs.appliedConsumer(before), NEWEST);
        String shown = change instanceof Change.Update update
                ? (update.pause() ? "pause " : "marks ") + Difference.show(update.differences())
                : "none";
        assertThat(shown.strip()).isEqualTo(expected);
    }

    @Test
    void aPauseThatSomebodyElseMovedIsPausedAgainWithoutAnUpdate() {
        Settings desired = Specs.desiredConsumer("{pauseUntil: \"2026-07-01T00:00:00Z\"}");
        Settings resumed = Specs.overlaid(
                Specs.appliedConsumer("{pauseUntil: \"2026-07-01T00:00:00Z\"}"), "{\"pause_until\": null}");
        var update = (Change.Update) consumerChange(desired, resumed, NEWEST);
        assertThat(update.pause()).isTrue();
        assertThat(update.config()).isFalse();
        assertThat(Difference.show(update.differences())).isEqualTo("pauseUntil: (none) -> 2026-07-01T00:00:00Z");
    }

    @Test
    void aPauseAndAnotherFieldAreBoth() {
        Settings desired = Specs.desiredConsumer("{pauseUntil: \"2026-07-01T00:00:00Z\", maxDeliver: 5}");
        Settings actual = Specs.overlaid(
                Specs.appliedConsumer("{pauseUntil: \"2026-07-01T00:00:00Z\", maxDeliver: 5}"),
                "{\"pause_until\": null, \"max_deliver\": 6}");
        var update = (Change.Update) consumerChange(desired, actual, NEWEST);
        assertThat(update.pause()).isTrue();
        assertThat(update.config()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2.10.29 | {maxAge: 1d, storage: file}     |
                    2.10.29 | {allowMsgTtl: true}             | allowMsgTtl 2.11.0
                    2.10.29 | {allowMsgTtl: false}            |
                    2.11.0  | {allowMsgTtl: true}             |
                    2.10.29 | {subjectDeleteMarkerTtl: 1s}    | subjectDeleteMarkerTtl 2.11.0
                    2.11.0  | {subjectDeleteMarkerTtl: 1s}    |
                    2.11.9  | {allowMsgCounter: true}         | allowMsgCounter 2.12.0
                    2.11.9  | {allowAtomicPublish: true}      | allowAtomicPublish 2.12.0
                    2.11.9  | {allowMsgSchedules: true}       | allowMsgSchedules 2.12.0
                    2.11.9  | {persistMode: async}            | persistMode 2.12.0
                    2.12.0  | {allowMsgCounter: true, allowAtomicPublish: true, allowMsgSchedules: true, persistMode: async} |
                    2.12.15 | {allowBatchPublish: true}       | allowBatchPublish 2.14.0
                    2.14.0  | {allowBatchPublish: true}       |
                    2.12.15 | {mirror: {name: A}, sources: [{name: B}]} |
                    2.12.15 | {mirror: {name: A, consumer: {name: C, deliverSubject: d}}} | mirror 2.14.0
                    2.12.15 | {sources: [{name: A}, {name: B, consumer: {name: C, deliverSubject: d}}]} | sources 2.14.0
                    2.14.0  | {mirror: {name: A, consumer: {name: C, deliverSubject: d}}, sources: [{name: B, consumer: {name: C, deliverSubject: d}}]} |
                    """)
    void whatAServerIsTooOldForIsNamedWithTheVersionItNeeds(String server, String spec, String expected) {
        assertThat(Mapping.STREAM.unsupported(Specs.stream(spec), Specs.ORDERS, ServerVersion.parse(server)))
                .isEqualTo(Optional.ofNullable(expected).map(words -> tooOld(words, server)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2.10.29 | {maxDeliver: 5}                           |
                    2.12.15 | {ackPolicy: flow_control}                 | ackPolicy 2.14.0
                    2.14.0  | {ackPolicy: flow_control}                 |
                    2.10.29 | {ackPolicy: all}                          |
                    2.10.29 | {pauseUntil: "2026-07-01T00:00:00Z"}      | pauseUntil 2.11.0
                    2.11.0  | {pauseUntil: "2026-07-01T00:00:00Z"}      |
                    2.10.29 | {priorityPolicy: overflow, priorityGroups: [a]} | priorityPolicy 2.11.0
                    2.11.0  | {priorityPolicy: overflow, priorityGroups: [a]} |
                    2.10.29 | {priorityGroups: [a]}                     | priorityGroups 2.11.0
                    2.10.29 | {pinnedTtl: 1m}                           | pinnedTtl 2.11.0
                    2.11.0  | {priorityPolicy: pinned_client, pinnedTtl: 1m, priorityGroups: [a]} |
                    2.11.9  | {priorityPolicy: prioritized, priorityGroups: [a]} | priorityPolicy 2.12.0
                    2.12.0  | {priorityPolicy: prioritized, priorityGroups: [a]} |
                    """)
    void whatAServerIsTooOldForInAConsumerIsNamedWithTheVersionItNeeds(String server, String spec, String expected) {
        assertThat(Mapping.CONSUMER.unsupported(Specs.consumer(spec), Specs.BILLING, ServerVersion.parse(server)))
                .isEqualTo(Optional.ofNullable(expected).map(words -> tooOld(words, server)));
    }

    private static String tooOld(String fieldAndVersion, String server) {
        String[] words = fieldAndVersion.split(" ", -1);
        return "spec.%s needs nats-server %s or newer, and this is %s: upgrade the server, or remove the field"
                .formatted(words[0], words[1], server);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {maxAge: soon}                             | spec.maxAge: "soon" is not a duration such as 30s, 1h30m, 24h or 7d
                    {maxBytes: lots}                           | spec.maxBytes: "lots" is not a size such as 1048576, 256Mi or 1Gi
                    {subjectDeleteMarkerTtl: soon}             | spec.subjectDeleteMarkerTtl: "soon" is not a duration such as 30s, 1h30m, 24h or 7d
                    {mirror: {name: A, optStartTime: noon}}    | spec.mirror: "noon" is not a time such as 2026-01-31T12:00:00Z
                    {sources: [{name: A, optStartTime: noon}]} | spec.sources: "noon" is not a time such as 2026-01-31T12:00:00Z
                    {consumerLimits: {inactiveThreshold: soon}} | spec.consumerLimits: "soon" is not a duration such as 30s, 1h30m, 24h or 7d
                    """)
    void whatCannotBeReadIsRefusedWithTheFieldsName(String spec, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Specs.desiredStream(spec))
                .withMessage(message.replace('"', '\''));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.10.0", "2.15.2"})
    void whatCannotBeReadIsRefusedWithTheFieldsNameWhateverTheServer(String server) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> {
                    var spec = Specs.consumer("{pinnedTtl: soon}");
                    var unsupported = Mapping.CONSUMER.unsupported(spec, Specs.BILLING, ServerVersion.parse(server));
                    assertThat(unsupported).isEmpty();
                    Mapping.CONSUMER.desired(spec, Specs.BILLING, Specs.OWNER);
                })
                .withMessageStartingWith("spec.pinnedTtl: 'soon' is not a duration");
    }

    @Test
    void whatAnUpdateHasBroughtAboutIsToldFieldByField() {
        Settings before = Specs.appliedStream("{maxAge: 1d, maxMsgs: 5, subjects: [a], metadata: {team: hr, by: me}}");
        Settings after = Specs.appliedStream("{maxAge: 2d, subjects: [a, b], metadata: {team: sales}}");
        assertThat(Mapping.STREAM.compare(before, after).stream().map(Difference::toString))
                .containsExactly(
                        "subjects: [\"a\"] -> [\"a\",\"b\"]",
                        "maxMsgs: 5 -> -1",
                        "maxAge: 1d -> 2d",
                        "metadata.by: me -> (none)",
                        "metadata.team: hr -> sales");
        assertThat(Mapping.STREAM.compare(before, before)).isEmpty();
    }

    private static Change change(Settings desired, Settings actual, String server) {
        return Mapping.STREAM.change(desired, actual, ServerVersion.parse(server), NOW, false);
    }

    private static Change consumerChange(Settings desired, Settings actual, String server) {
        return Mapping.CONSUMER.change(desired, actual, ServerVersion.parse(server), NOW, false);
    }
}
