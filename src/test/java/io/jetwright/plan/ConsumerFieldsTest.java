package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.api.ConsumerSpec;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ConsumerFieldsTest {
    private static final ServerVersion NEWEST = ServerVersion.parse("2.15.2");

    /** Of what a Consumer's spec names, these are no settings: they name the consumer and its stream. */
    private static final Set<String> IDENTITY = Set.of("streamRef", "streamName", "durableName");

    static final List<FieldRow> ROWS = FieldRow.table("""
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

    @ParameterizedTest
    @FieldSource("ROWS")
    void aConsumersFieldIsThisInJetStream(FieldRow row) {
        ObjectNode bare = Specs.bare(Specs.desiredConsumer(row.spec()));
        assertThat(bare.remove("durable_name").asText()).isEqualTo("BILLING");
        if (!row.spec().contains("ackPolicy")) {
            assertThat(bare.remove("ack_policy").asText()).isEqualTo("explicit");
        }
        assertThat(bare).isEqualTo(Specs.json(row.json()));
    }

    @ParameterizedTest
    @FieldSource("ROWS")
    void nothingIsToBeChangedOnAConsumerThatTheServerHasMadeOfIt(FieldRow row) {
        assertThat(Mapping.CONSUMER.change(
                        Specs.desiredConsumer(row.spec()),
                        Specs.appliedConsumer(row.spec()),
                        NEWEST,
                        Instant.EPOCH,
                        false))
                .isEqualTo(new Change.None());
    }

    @Test
    void anEmptySpecLeavesAllToTheServerButTheAcknowledgement() {
        assertThat(Specs.bare(Specs.desiredConsumer("{}")))
                .isEqualTo(Specs.json("{\"durable_name\": \"BILLING\", \"ack_policy\": \"explicit\"}"));
    }

    @Test
    void noFieldOfAConsumerIsForgotten() {
        assertThat(FieldRow.paths(ROWS)).isEqualTo(SpecFields.paths(ConsumerSpec.class, IDENTITY));
    }

    @Test
    void eachFieldHasARowOfItsOwnUnderItsNameInTheSpec() {
        assertThat(ConsumerFields.ALL.stream().map(Field::name))
                .doesNotHaveDuplicates()
                .hasSameElementsAs(SpecFields.topLevel(ConsumerSpec.class, IDENTITY));
        assertThat(ConsumerFields.ALL.stream().map(Field::wireName)).doesNotHaveDuplicates();
    }
}
