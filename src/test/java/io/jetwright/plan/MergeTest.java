package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a field is in the tables of {@link MappingTest}, too; here is what holds for each row of all tables. */
class MergeTest {
    /** For each field of a stream a value that is not the server's default, with what it needs beside it. */
    private static final Map<String, String> OF_STREAMS = byFirstField("""
            {"description": "by hand"}
            {"storage": "memory"}
            {"num_replicas": 3}
            {"max_bytes": 5000}
            {"placement": {"tags": ["ssd"]}}
            {"subjects": ["others.>"]}
            {"retention": "interest"}
            {"max_consumers": 7}
            {"max_msgs": 100}
            {"max_msgs_per_subject": 5}
            {"max_age": 3600000000000}
            {"max_msg_size": 1000}
            {"discard": "new"}
            {"discard_new_per_subject": true, "discard": "new", "max_msgs_per_subject": 5}
            {"no_ack": true}
            {"duplicate_window": 5000000000}
            {"mirror": {"name": "ORIGIN", "opt_start_time": "2026-01-31T13:00:00+01:00"}, "subjects": null}
            {"sources": [{"name": "A"}], "duplicate_window": null}
            {"compression": "s2"}
            {"subject_transform": {"src": "a", "dest": "b"}}
            {"republish": {"src": ">", "dest": "b.>"}}
            {"sealed": true}
            {"deny_delete": true}
            {"deny_purge": true}
            {"allow_rollup_hdrs": true}
            {"allow_direct": true}
            {"mirror_direct": true, "mirror": {"name": "ORIGIN", "external": {"api": "x", "deliver": ""}}, "subjects": null}
            {"first_seq": 7}
            {"consumer_limits": {"max_ack_pending": 500}}
            {"allow_msg_ttl": true}
            {"subject_delete_marker_ttl": 60000000000, "allow_msg_ttl": true, "allow_rollup_hdrs": true}
            {"allow_msg_counter": true}
            {"allow_atomic": true}
            {"allow_msg_schedules": true, "allow_rollup_hdrs": true}
            {"allow_batched": true}
            {"persist_mode": "async"}
            """);

    /** The same for consumers. */
    private static final Map<String, String> OF_CONSUMERS = byFirstField("""
            {"description": "by hand"}
            {"deliver_policy": "new"}
            {"opt_start_seq": 7, "deliver_policy": "by_start_sequence"}
            {"opt_start_time": "2026-01-31T13:00:00+01:00", "deliver_policy": "by_start_time"}
            {"ack_policy": "all"}
            {"ack_wait": 60000000000}
            {"max_deliver": 5}
            {"backoff": [1000000000], "ack_wait": 1000000000}
            {"filter_subject": "a"}
            {"filter_subjects": ["a", "b"]}
            {"replay_policy": "original"}
            {"rate_limit_bps": 1000}
            {"sample_freq": "30%"}
            {"max_waiting": 5}
            {"max_ack_pending": 7}
            {"flow_control": true}
            {"headers_only": true}
            {"max_batch": 5}
            {"max_expires": 60000000000}
            {"max_bytes": 1000}
            {"deliver_subject": "d"}
            {"deliver_group": "g"}
            {"idle_heartbeat": 5000000000}
            {"inactive_threshold": 3600000000000}
            {"num_replicas": 3}
            {"mem_storage": true}
            {"pause_until": "2026-07-01T00:00:00Z"}
            {"priority_policy": "overflow", "priority_groups": ["a"]}
            {"priority_timeout": 300000000000, "priority_policy": "pinned_client", "priority_groups": ["a"]}
            {"priority_groups": ["a"], "priority_policy": "overflow"}
            """);

    /** The fields that servers do not take back. */
    private static final Set<String> IMMUTABLE = Set.of(
            "storage",
            "sealed",
            "deny_delete",
            "deny_purge",
            "first_seq",
            "allow_msg_ttl",
            "allow_msg_counter",
            "allow_msg_schedules",
            "persist_mode",
            "deliver_policy",
            "opt_start_seq",
            "opt_start_time",
            "replay_policy",
            "max_waiting",
            "flow_control",
            "idle_heartbeat",
            "mem_storage");

    private static Map<String, String> byFirstField(String table) {
        return table.lines()
                .collect(Collectors.toMap(line -> Specs.json(line).fieldNames().next(), line -> line));
    }

    /** A row whose field an empty spec omits. */
    private record Row(FieldTable<?> table, Field<?> field) {
        /** An object that was made from an empty spec, and that somebody has changed since. */
        Settings changedByOthers() {
            Map<String, String> values = table.equals(FieldTable.CONSUMER) ? OF_CONSUMERS : OF_STREAMS;
            return Specs.overlaid(table.applied("{}"), Objects.requireNonNull(values.get(field.wireName())));
        }

        /** The same with the mark that the resource had set the field. */
        Settings hadBefore() {
            Settings live = changedByOthers();
            ObjectNode metadata = Specs.json("{}", String.valueOf(live.get("metadata")));
            metadata.put(
                    Mapping.FIELDS_KEY,
                    Marks.of(live).with(List.of(field.name())).toString());
            return live.with("metadata", metadata);
        }

        JsonNode byOthers() {
            return Objects.requireNonNull(changedByOthers().get(field.wireName()));
        }

        /** What the field is taken back to: to what a new object has, or to the server's default. */
        @Nullable
        JsonNode initial() {
            return table.desired("{}").get(field.wireName());
        }

        Difference difference() {
            JsonNode initial = initial();
            String to = initial == null ? "(the server's default)" : field.show(initial);
            return new Difference(field.name(), to, field.show(byOthers()));
        }

        @Override
        public String toString() {
            return table + " " + field.name();
        }
    }

    private static Stream<Row> rows() {
        return FieldTable.ALL.stream().flatMap(table -> table.rows().stream()
                .filter(field -> !Marks.of(table.desired("{}")).hasField(field.name()) && !field.countsWhenOmitted())
                .map(field -> new Row(table, field)));
    }

    @Test
    void noRowIsLeftOut() {
        assertThat(OF_CONSUMERS).containsOnlyKeys(FieldTable.CONSUMER.wireNames());
        for (FieldTable<?> table : List.of(FieldTable.STREAM, FieldTable.KEY_VALUE, FieldTable.OBJECT_STORE)) {
            assertThat(OF_STREAMS).containsOnlyKeys(table.wireNames());
        }
        assertThat(rows().map(Row::toString))
                .hasSize(36 + 28 + 31 + 32)
                .doesNotContain("Consumer ackPolicy", "Consumer deliverSubject", "KeyValue allowDirect");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aValueThatOthersSetSurvivesTheUpdateOfAnotherField(Row row) {
        String another = row.field().name().equals("description") ? "{replicas: 2}" : "{description: mine}";
        Change change = row.table().change(row.table().desired(another), row.changedByOthers());
        assertThat(((Change.Update) change).settings().get(row.field().wireName()))
                .isEqualTo(row.byOthers());
        assertThat(fields(change.differences())).doesNotContain(row.field().name());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aValueThatOthersSetSurvivesAdoption(Row row) {
        Change change = row.table().change(row.table().desired("{}"), Specs.unmarked(row.changedByOthers()));
        assertThat(((Change.Update) change).settings().get(row.field().wireName()))
                .isEqualTo(row.byOthers());
        assertThat(fields(change.differences())).doesNotContain(row.field().name());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aValueThatOthersSetIsUnmanaged(Row row) {
        assertThat(row.table().unmanaged(row.table().desired("{}"), row.changedByOthers()))
                .contains(row.difference());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anObjectAsTheServerMadeItHasNothingUnmanaged(Row row) {
        assertThat(row.table().unmanaged(row.table().desired("{}"), row.table().applied("{}")))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aValueThatTheSpecHadIsTakenBackOrImmutable(Row row) {
        Change change = row.table().change(row.table().desired("{}"), row.hadBefore());
        if (row.field().updates() == Updates.STAYS_ON) {
            assertThat(((Change.Update) change).settings().get(row.field().wireName()))
                    .isEqualTo(row.byOthers());
        } else if (IMMUTABLE.contains(row.field().wireName())) {
            assertThat(change).isInstanceOf(Change.Immutable.class);
            assertThat(change.differences()).contains(row.difference());
        } else {
            assertThat(change.differences()).contains(row.difference());
            assertThat(((Change.Update) change).settings().get(row.field().wireName()))
                    .isEqualTo(row.initial());
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whereOmittedFieldsAreResetAValueOfOthersIsTakenBackUnlessLimitsMayHaveSetIt(Row row) {
        Change change = row.table().reset(row.table().desired("{}"), row.changedByOthers());
        boolean isKept = row.field().updates() == Updates.STAYS_ON
                || Set.of("duplicate_window", "max_ack_pending", "inactive_threshold", "max_batch")
                        .contains(row.field().wireName());
        assertThat(change.differences().contains(row.difference())).isEqualTo(!isKept);
    }

    private static List<String> fields(List<Difference> differences) {
        return differences.stream().map(Difference::field).toList();
    }

    /** What is derived, and what is refused beside other values: the kind, what it had before, and what others changed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Stream | {}                       | {}                                | {maxAge: 1m}       | update maxAge: 0s -> 1m | {"max_age": 60000000000, "duplicate_window": 60000000000}
            Stream | {maxAge: 1m}             | {}                                | {maxAge: 1d}       | update maxAge: 1m -> 1d | {"max_age": 86400000000000, "duplicate_window": 120000000000}
            Stream | {}                       | {"duplicate_window": 5000000000}  | {maxAge: 1m}       | update maxAge: 0s -> 1m | {"max_age": 60000000000}
            Stream | {}                       | {"duplicate_window": 300000000000} | {maxAge: 1m}      | update maxAge: 0s -> 1m; duplicateWindow: 5m -> (the server's default) | {"max_age": 60000000000, "duplicate_window": 60000000000}
            Stream | {}                       | {"max_age": 60000000000, "duplicate_window": 60000000000} | {duplicateWindow: 5m} | update duplicateWindow: 1m -> 5m | {"duplicate_window": 300000000000}
            Stream | {}                       | {}                                | {sources: [{name: A}]} | update sources: (none) -> [{"name":"A"}] | {"sources": [{"name": "A"}], "duplicate_window": null}
            Stream | {}                       | {"duplicate_window": 5000000000}  | {sources: [{name: A}]} | update sources: (none) -> [{"name":"A"}] | {"sources": [{"name": "A"}]}
            Stream | {subjectDeleteMarkerTtl: 1m} | {}                            | {denyPurge: true}  | update denyPurge: false -> true; subjectDeleteMarkerTtl: 1m -> (the server's default) | {"subject_delete_marker_ttl": null, "deny_purge": true, "allow_rollup_hdrs": false}
            Stream | {}                       | {"subject_delete_marker_ttl": 60000000000, "allow_msg_ttl": true, "allow_rollup_hdrs": true} | {denyPurge: true} | update denyPurge: false -> true | {"deny_purge": true}
            Stream | {allowMsgTtl: true, subjectDeleteMarkerTtl: 1m} | {}         | {subjectDeleteMarkerTtl: 1m} | update | {}
            Stream | {}                       | {}                                | {allowMsgSchedules: true} | update allowMsgSchedules: (none) -> true | {"allow_msg_schedules": true, "allow_rollup_hdrs": true}
            Stream | {}                       | {"allow_rollup_hdrs": true}       | {denyPurge: true}  | update denyPurge: false -> true | {"deny_purge": true}
            Stream | {mirror: {name: A}}      | {"mirror_direct": true}           | {}                 | update mirror: {"name":"A"} -> (the server's default); mirrorDirect: true -> (the server's default) | {"mirror": null, "mirror_direct": false, "subjects": ["ORDERS"], "duplicate_window": 120000000000}
            Stream | {mirror: {name: A, externalApiPrefix: x}} | {"mirror_direct": true} | {}            | update mirror: {"name":"A","external":{"api":"x"}} -> (the server's default); mirrorDirect: true -> (the server's default) | {"mirror": null, "mirror_direct": false, "subjects": ["ORDERS"], "duplicate_window": 120000000000}
            Stream | {mirror: {name: A}, mirrorDirect: true} | {}                  | {}                 | update mirror: {"name":"A"} -> (the server's default); mirrorDirect: true -> (the server's default) | {"mirror": null, "mirror_direct": false, "subjects": ["ORDERS"], "duplicate_window": 120000000000}
            Stream | {mirror: {name: A}, mirrorDirect: true} | {"mirror_direct": false} | {mirror: {name: A}, mirrorDirect: true} | none | {}
            Stream | {mirror: {name: A}, mirrorDirect: false} | {"mirror_direct": true} | {mirror: {name: A}, mirrorDirect: false} | none | {}
            Stream | {mirrorDirect: true}     | {"mirror": {"name": "A"}, "mirror_direct": false} | {mirrorDirect: true} | none | {}
            Stream | {mirror: {name: A, externalApiPrefix: x}, mirrorDirect: true} | {"mirror_direct": false} | {mirror: {name: A, externalApiPrefix: x}, mirrorDirect: true} | update mirrorDirect: false -> true | {"mirror_direct": true}
            Stream | {mirror: {name: A}, duplicateWindow: 1m} | {"duplicate_window": null} | {mirror: {name: A}, duplicateWindow: 1m} | none | {}
            Stream | {}                       | {"sealed": true, "deny_delete": true, "deny_purge": true, "discard": "new"} | {maxAge: 2h, description: mine} | update description: (none) -> mine | {"description": "mine"}
            Stream | {}                       | {"sealed": true, "duplicate_window": 300000000000} | {maxAge: 2m, description: mine} | update description: (none) -> mine | {"description": "mine"}
            Stream | {discard: new, maxMsgsPerSubject: 5} | {"discard_new_per_subject": true} | {discard: old, maxMsgsPerSubject: 5} | update discard: new -> old; discardPerSubject: true -> (the server's default) | {"discard": "old", "discard_new_per_subject": null}
            Stream | {discard: new, maxMsgsPerSubject: 5} | {"discard_new_per_subject": true} | {discard: new} | update maxMsgsPerSubject: 5 -> (the server's default); discardPerSubject: true -> (the server's default) | {"max_msgs_per_subject": -1, "discard_new_per_subject": null}
            Stream | {}                       | {"discard": "new"}                | {allowMsgSchedules: true} | update allowMsgSchedules: (none) -> true | {"allow_msg_schedules": true, "allow_rollup_hdrs": true}
            Stream | {}                       | {"republish": {"src": ">", "dest": "b.>"}} | {subjects: [b.a]} | update subjects: ["ORDERS"] -> ["b.a"] | {"subjects": ["b.a"]}
            Stream | {}                       | {"placement": {"tags": ["ssd"]}}  | {replicas: 3}      | update replicas: 1 -> 3 | {"num_replicas": 3}
            Stream | {}                       | {"subjects": ["a.>"]}             | {subjectTransform: {source: "a.>", dest: "b.>"}, republish: {destination: ">"}} | update subjectTransform: (none) -> {"src":"a.>","dest":"b.>"}; republish: (none) -> {"src":"b.>","dest":"b.>"} | {"subject_transform": {"src": "a.>", "dest": "b.>"}, "republish": {"src": "b.>", "dest": "b.>"}}
            Stream | {subjectTransform: {source: "a.>", dest: "b.>"}, republish: {destination: ">"}} | {"subjects": ["a.>"], "republish": {"src": "b.>", "dest": "b.>"}} | {subjectTransform: {source: "a.>", dest: "b.>"}, republish: {destination: ">"}} | none | {}
            Stream | {mirror: {name: A, optStartTime: "2026-01-31T12:00:00Z"}} | {"mirror": {"name": "A", "opt_start_time": "2026-01-31T13:00:00+01:00"}} | {mirror: {name: A, optStartTime: "2026-01-31T12:00:00Z"}, description: mine} | update description: (none) -> mine | {"description": "mine"}
            Consumer | {}                     | {"backoff": [1000000000], "ack_wait": 1000000000} | {description: mine} | update description: (none) -> mine | {"description": "mine"}
            Consumer | {backoff: [1s, 5s]}    | {}                                | {}                 | update backoff: [1s, 5s] -> (the server's default) | {"backoff": null, "ack_wait": 30000000000}
            Consumer | {}                     | {}                                | {backoff: [1s, 5s]} | update backoff: (none) -> [1s, 5s] | {"backoff": [1000000000, 5000000000], "ack_wait": 1000000000}
            Consumer | {}                     | {"ack_wait": 60000000000}         | {backoff: [1s, 5s]} | update backoff: (none) -> [1s, 5s] | {"backoff": [1000000000, 5000000000], "ack_wait": 1000000000}
            Consumer | {}                     | {"backoff": [1000000000], "ack_wait": 1000000000} | {ackWait: 1m} | update | {}
            Consumer | {}                     | {"max_deliver": 2}                | {backoff: [1s, 2s, 3s]} | update backoff: (none) -> [1s, 2s, 3s] | {"backoff": [1000000000, 2000000000, 3000000000], "ack_wait": 1000000000}
            Consumer | {}                     | {"filter_subject": "a"}           | {filterSubjects: [b, c]} | update filterSubject: a -> (the server's default); filterSubjects: (none) -> ["b","c"] | {"filter_subject": null, "filter_subjects": ["b", "c"]}
            Consumer | {}                     | {"filter_subjects": ["a", "b"]}   | {filterSubject: c} | update filterSubject: (none) -> c; filterSubjects: ["a","b"] -> (the server's default) | {"filter_subject": "c", "filter_subjects": null}
            Consumer | {}                     | {"filter_subject": "a"}           | {filterSubjects: []} | update | {}
            Consumer | {priorityPolicy: pinned_client, priorityGroups: [a]} | {}  | {priorityPolicy: overflow, priorityGroups: [a]} | update priorityPolicy: pinned_client -> overflow | {"priority_policy": "overflow", "priority_timeout": null}
            Consumer | {priorityPolicy: pinned_client, priorityGroups: [a]} | {}  | {}                 | update priorityPolicy: pinned_client -> (the server's default); priorityGroups: ["a"] -> (the server's default) | {"priority_policy": null, "priority_groups": null, "priority_timeout": null}
            Consumer | {priorityPolicy: pinned_client, priorityGroups: [a]} | {"priority_timeout": 300000000000} | {} | update priorityPolicy: pinned_client -> (the server's default); pinnedTtl: 5m -> (the server's default); priorityGroups: ["a"] -> (the server's default) | {"priority_policy": null, "priority_groups": null, "priority_timeout": null}
            Consumer | {}                     | {"priority_policy": "overflow", "priority_groups": ["a"]} | {priorityPolicy: none} | update priorityPolicy: overflow -> none; priorityGroups: ["a"] -> (the server's default) | {"priority_policy": null, "priority_groups": null}
            Consumer | {}                     | {"priority_groups": ["a"]}        | {description: mine} | update description: (none) -> mine | {"description": "mine"}
            Consumer | {deliverPolicy: byStartTime, optStartTime: "2026-01-31T12:00:00Z"} | {"opt_start_time": "2026-01-31T13:00:00+01:00"} | {deliverPolicy: byStartTime, optStartTime: "2026-01-31T12:00:00Z", description: mine} | update description: (none) -> mine | {"description": "mine"}
            KeyValue | {}                    | {"max_age": 10000000000, "duplicate_window": 10000000000} | {description: mine} | update description: (none) -> mine | {"description": "mine"}
            KeyValue | {ttl: 1d}             | {}                                | {ttl: 10s}         | update ttl: 1d -> 10s | {"max_age": 10000000000, "duplicate_window": 10000000000}
            KeyValue | {sources: [{name: A}]} | {}                               | {sources: [{name: A}], ttl: 10s} | update ttl: 0s -> 10s; duplicateWindow: 2m -> 10s | {"max_age": 10000000000, "duplicate_window": 10000000000}
            KeyValue | {sources: [{name: A}]} | {"max_age": 10000000000, "duplicate_window": null} | {} | update sources: [{"name":"KV_A","subject_transforms":[{"src":"$KV.A.>","dest":"$KV.sessions.>"}]}] -> (the server's default) | {"sources": null, "duplicate_window": 10000000000}
            KeyValue | {}                    | {"mirror": {"name": "KV_A"}, "subjects": null} | {description: mine} | update description: (none) -> mine | {"description": "mine"}
            KeyValue | {mirror: {name: A}}   | {}                                | {}                 | update mirror: {"name":"KV_A"} -> (the server's default); subjects: (none) -> ["$KV.sessions.>"]; mirrorDirect: true -> (the server's default) | {"mirror": null, "mirror_direct": false, "subjects": ["$KV.sessions.>"], "duplicate_window": 120000000000}
            ObjectStore | {}                 | {"mirror": {"name": "OBJ_A"}, "subjects": null} | {description: mine} | update description: (none) -> mine | {"description": "mine"}
            KeyValue | {limitMarkerTtl: 1m}  | {}                                | {}                 | update limitMarkerTtl: 1m -> (the server's default) | {"subject_delete_marker_ttl": null}
            KeyValue | {mirror: {name: A}}   | {"mirror_direct": false}          | {mirror: {name: A}} | none | {}
            KeyValue | {mirror: {name: A}}   | {"duplicate_window": 120000000000} | {mirror: {name: A}} | none | {}
            ObjectStore | {}                 | {}                                | {ttl: 10s}         | update ttl: 0s -> 10s | {"max_age": 10000000000, "duplicate_window": 10000000000}
            ObjectStore | {}                 | {"sealed": true, "deny_purge": true, "allow_rollup_hdrs": false, "max_age": 0} | {ttl: 1d} | update | {}
            """)
    void whatServersDeriveIsDerivedAnewAndWhatTheyRefuseBesideItIsTakenBack(
            FieldTable<?> table, String before, String byOthers, String spec, String shown, String after) {
        Settings live = Specs.overlaid(table.applied(before), byOthers);
        Change change = table.change(table.desired(spec), live);
        assertThat(Specs.show(change)).isEqualTo(shown);
        if (change instanceof Change.Update) {
            assertThat(Specs.after(live, table.assetName(), change)).isEqualTo(Specs.json(after));
        }
    }

    @Test
    void onlyBucketsHaveInitialValues() {
        assertThat(rows().filter(row -> row.initial() != null).map(Row::toString))
                .containsExactly("KeyValue history", "KeyValue duplicateWindow");
    }

    @Test
    void theLiveValueIsSentWhereItMeansTheSame() {
        Settings live =
                Specs.overlaid(Specs.appliedStream("{mirror: {name: A, optStartTime: \"2026-01-31T12:00:00Z\"}}"), """
                {"mirror": {"name": "A", "opt_start_time": "2026-01-31T13:00:00+01:00"}, "metadata": {}}
                """);
        Settings desired = Specs.desiredStream("{mirror: {name: A, optStartTime: \"2026-01-31T12:00:00Z\"}}");
        var update = (Change.Update) FieldTable.STREAM.change(desired, live);
        assertThat(update.differences()).isEmpty();
        assertThat(update.settings().get("mirror")).isEqualTo(live.get("mirror"));
    }

    @Test
    void whatLimitsMayHaveLoweredSinceIsLeftToTheServer() {
        Settings desired = Specs.desiredConsumer("{description: mine}");
        var update = (Change.Update) FieldTable.CONSUMER.change(desired, Specs.appliedConsumer("{}"));
        assertThat(update.settings().get("max_ack_pending")).isNull();
        assertThat(update.settings().get("ack_wait")).isNotNull();
    }

    @Test
    void aRollupThatDeleteMarkersNeedIsSentSoThatTheServerRefusesToDenyPurges() {
        Settings live = Specs.overlaid(Specs.appliedStream("{subjectDeleteMarkerTtl: 1m}"), "{\"metadata\": {}}");
        var update = (Change.Update) FieldTable.STREAM.change(Specs.desiredStream("{denyPurge: true}"), live);
        assertThat(update.settings().get("allow_rollup_hdrs")).hasToString("true");
    }

    @Test
    void fieldsOfNewerServersAreKept() {
        Settings live = Specs.overlaid(Specs.appliedStream("{maxMsgs: 5}"), "{\"new_field\": {\"a\": 1}}");
        var update = (Change.Update) FieldTable.STREAM.change(Specs.desiredStream("{}"), live);
        assertThat(update.settings().get("new_field")).isEqualTo(live.get("new_field"));
        assertThat(FieldTable.STREAM.unmanaged(Specs.desiredStream("{maxMsgs: 5}"), live))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                        | {}                             | {}             | none | {}
            {}                        | {"team": "sales"}              | {}             | none | {"team": "sales"}
            {}                        | {"team": "sales"}              | {description: mine} | update description: (none) -> mine | {"team": "sales"}
            {metadata: {a: b, c: d}}  | {"a": "b", "c": "d", "e": "f"} | {metadata: {a: b}} | update metadata.c: d -> (none) | {"a": "b", "e": "f"}
            {metadata: {a: b}}        | {"a": "b", "e": "f"}           | {}             | update metadata.a: b -> (none) | {"e": "f"}
            {metadata: {a: b}}        | {"e": "f"}                     | {}             | update         | {"e": "f"}
            {metadata: {a: b}}        | {"a": "c", "e": "f"}           | {metadata: {a: b}} | update metadata.a: c -> b | {"a": "b", "e": "f"}
            {metadata: {"a,b": c}}    | {"a,b": "c", "b": "d"}         | {}             | update metadata.a,b: c -> (none) | {"b": "d"}
            {metadata: {a: b}}        | {"a": "b", "_nats.new": "x"}   | {metadata: {a: c}} | update metadata.a: b -> c | {"a": "c"}
            """)
    void theMetadataIsMergedKeyByKey(String before, String live, String spec, String shown, String sent) {
        Settings actual = withUsersKeys(Specs.appliedStream(before), live);
        Change change = FieldTable.STREAM.change(Specs.desiredStream(spec), actual);
        assertThat(Specs.show(change)).isEqualTo(shown);
        if (change instanceof Change.Update update) {
            var metadata = Specs.json("{}", String.valueOf(update.settings().get("metadata")));
            metadata.remove(List.of(Owner.KEY, Mapping.FIELDS_KEY));
            assertThat(metadata).isEqualTo(Specs.json(sent));
        }
    }

    private static Settings withUsersKeys(Settings live, String keys) {
        ObjectNode metadata = Specs.json(keys, "{}");
        List.of(Owner.KEY, Mapping.FIELDS_KEY)
                .forEach(key -> metadata.put(key, live.metadata(key).orElseThrow()));
        return live.with("metadata", metadata);
    }

    @Test
    void keysOfTheMetadataThatOthersSetAreUnmanagedAndResetWithTheRest() {
        Settings live = withUsersKeys(Specs.appliedStream("{metadata: {a: b}}"), "{\"a\": \"b\", \"c\": \"d\"}");
        Settings desired = Specs.desiredStream("{metadata: {a: b}}");
        assertThat(FieldTable.STREAM.unmanaged(desired, live))
                .containsExactly(new Difference("metadata.c", "(none)", "d"));
        assertThat(Specs.show(FieldTable.STREAM.reset(desired, live))).isEqualTo("update metadata.c: d -> (none)");
    }

    @Test
    void aPauseThatIsOverIsNotUnmanaged() {
        Settings live = Specs.overlaid(Specs.appliedConsumer("{}"), "{\"pause_until\": \"2026-01-01T00:00:00Z\"}");
        assertThat(FieldTable.CONSUMER.unmanaged(Specs.desiredConsumer("{}"), live))
                .isEmpty();
        assertThat(FieldTable.CONSUMER.reset(Specs.desiredConsumer("{}"), live)).isEqualTo(new Change.None());
    }

    @Test
    void aPauseOfOthersEndsWhereOmittedFieldsAreReset() {
        Settings live = Specs.overlaid(Specs.appliedConsumer("{}"), "{\"pause_until\": \"2099-01-01T00:00:00Z\"}");
        var update = (Change.Update) FieldTable.CONSUMER.reset(Specs.desiredConsumer("{}"), live);
        assertThat(update.pause()).isTrue();
        assertThat(update.config()).isFalse();
        assertThat(update.settings().get("pause_until")).isNull();
    }

    @Test
    void whatLimitsOfTheStreamMayHaveSetIsNotReset() {
        Settings live = Specs.overlaid(
                Specs.appliedConsumer("{}"), "{\"max_ack_pending\": 500, \"inactive_threshold\": 600000000000}");
        assertThat(FieldTable.CONSUMER.reset(Specs.desiredConsumer("{}"), live)).isEqualTo(new Change.None());
        assertThat(fields(FieldTable.CONSUMER.unmanaged(Specs.desiredConsumer("{}"), live)))
                .containsExactly("maxAckPending", "inactiveThreshold");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                      | inactiveThreshold: 1h -> (the server's default) | 0
            {inactiveThreshold: 2h} | inactiveThreshold: 1h -> 2h                     | 7200000000000
            {inactiveThreshold: 1h} |                                                 | 3600000000000
            """)
    void aConsumerBecomesDurableBeforeItsInactivityThresholdChanges(String spec, String difference, long threshold) {
        Settings desired = Specs.desiredConsumer(spec);
        Settings live = ServerDefaults.fill(Specs.BILLING, Settings.of(Specs.json("""
                {"name": "BILLING", "ack_policy": "explicit", "inactive_threshold": 3600000000000, "max_deliver": 3}
                """)));
        var first = (Change.Update) FieldTable.CONSUMER.change(desired, live);
        String durable = "durableName: (none) -> BILLING";
        assertThat(Difference.show(first.differences()))
                .isEqualTo(difference == null ? durable : durable + "; " + difference);
        assertThat(first.again()).isTrue();
        assertThat(first.settings().number("inactive_threshold")).isEqualTo(3600000000000L);
        assertThat(first.settings().text("durable_name")).isEqualTo("BILLING");

        Settings durably = FieldTable.CONSUMER.stored(first.settings());
        Change then = FieldTable.CONSUMER.change(desired, durably);
        if (difference != null) {
            var second = (Change.Update) then;
            assertThat(Difference.show(second.differences())).isEqualTo(difference);
            assertThat(second.again()).isFalse();
            assertThat(second.settings().number("inactive_threshold")).isEqualTo(threshold);
            assertThat(second.settings().number("max_deliver")).isEqualTo(3);
            then = FieldTable.CONSUMER.change(desired, FieldTable.CONSUMER.stored(second.settings()));
        }
        assertThat(then).isEqualTo(new Change.None());
    }

    @Test
    void aConsumerThatBecomesDurableKeepsItsInactivityThresholdEvenWhereOmittedFieldsAreReset() {
        Settings live = ServerDefaults.fill(Specs.BILLING, Settings.of(Specs.json("""
                {"name": "BILLING", "ack_policy": "explicit", "inactive_threshold": 3600000000000}
                """)));
        Settings desired = Specs.desiredConsumer("{}");
        var first = (Change.Update) FieldTable.CONSUMER.reset(desired, live);
        assertThat(first.settings().number("inactive_threshold")).isEqualTo(3600000000000L);
        Settings durably = FieldTable.CONSUMER.stored(first.settings());
        var second = (Change.Update) FieldTable.CONSUMER.reset(desired, durably);
        assertThat(second.settings().get("inactive_threshold")).isNull();
    }

    @Test
    void theUpdateOfAConsumerThatBecomesDurableComparesWithItselfWithoutADifference() {
        Settings live = ServerDefaults.fill(Specs.BILLING, Settings.of(Specs.json("""
                {"name": "BILLING", "ack_policy": "explicit", "inactive_threshold": 3600000000000}
                """)));
        var first = (Change.Update) FieldTable.CONSUMER.change(Specs.desiredConsumer("{}"), live);
        assertThat(FieldTable.CONSUMER.change(first.settings(), FieldTable.CONSUMER.stored(first.settings())))
                .isEqualTo(new Change.None());
    }

    private static Stream<FieldTable<?>> streamsAndConsumers() {
        return Stream.of(FieldTable.STREAM, FieldTable.CONSUMER);
    }

    @ParameterizedTest
    @MethodSource("streamsAndConsumers")
    void afterAnUpdateFromAnySpecToAnyOtherNothingIsLeftToChange(FieldTable<?> table) {
        List<FieldRow> rows = table.equals(FieldTable.STREAM) ? StreamFieldsTest.ROWS : ConsumerFieldsTest.ROWS;
        for (FieldRow before : rows) {
            Settings live = table.applied(before.spec());
            for (FieldRow spec : rows) {
                Settings desired = table.desired(spec.spec());
                if (table.change(desired, live) instanceof Change.Update update) {
                    assertThat(table.change(desired, table.stored(update.settings())))
                            .as("%s -> %s", before, spec)
                            .isEqualTo(new Change.None());
                    assertThat(table.change(update.settings(), table.stored(update.settings())))
                            .as("%s -> %s, as it was sent", before, spec)
                            .isEqualTo(new Change.None());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void afterAnUpdateBesideAValueOfOthersNothingIsLeftToChange(Row row) {
        Settings desired = row.table().desired("{description: mine}");
        Change change = row.table().change(desired, row.changedByOthers());
        Settings after = row.table().stored(((Change.Update) change).settings());
        assertThat(row.table().change(desired, after)).isEqualTo(new Change.None());
    }
}
