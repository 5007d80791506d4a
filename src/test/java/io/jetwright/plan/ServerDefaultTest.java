package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ServerDefaultTest {
    private static final Map<String, ServerDefault> DEFAULTS = Map.ofEntries(
            Map.entry("NOTHING", ServerDefault.NOTHING),
            Map.entry("BY_LIMITS", ServerDefault.BY_LIMITS),
            Map.entry("SUBJECTS", ServerDefault.SUBJECTS),
            Map.entry("DUPLICATE_WINDOW", ServerDefault.DUPLICATE_WINDOW),
            Map.entry("ALLOW_ROLLUP", ServerDefault.ALLOW_ROLLUP),
            Map.entry("ALLOW_MSG_TTL", ServerDefault.ALLOW_MSG_TTL),
            Map.entry("MIRROR_DIRECT", ServerDefault.MIRROR_DIRECT),
            Map.entry("ACK_WAIT", ServerDefault.ACK_WAIT),
            Map.entry("MAX_ACK_PENDING", ServerDefault.MAX_ACK_PENDING),
            Map.entry("MAX_WAITING", ServerDefault.MAX_WAITING),
            Map.entry("FLOW_CONTROL", ServerDefault.FLOW_CONTROL),
            Map.entry("IDLE_HEARTBEAT", ServerDefault.IDLE_HEARTBEAT),
            Map.entry("PINNED_TTL", ServerDefault.PINNED_TTL));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            NOTHING          | 2.15.2  | {"name": "A"}                             |
            BY_LIMITS        | 2.15.2  | {"name": "A"}                             |
            SUBJECTS         | 2.15.2  | {"name": "A"}                             | ["A"]
            SUBJECTS         | 2.15.2  | {"name": "A", "mirror": {"name": "B"}}    |
            SUBJECTS         | 2.15.2  | {"name": "A", "sources": [{"name": "B"}]} |
            SUBJECTS         | 2.15.2  | {"name": "A", "sources": []}              | ["A"]
            DUPLICATE_WINDOW | 2.10.0  | {}                                        | 120000000000
            DUPLICATE_WINDOW | 2.10.0  | {"max_age": 0}                            | 120000000000
            DUPLICATE_WINDOW | 2.10.0  | {"max_age": 60000000000}                  | 60000000000
            DUPLICATE_WINDOW | 2.10.0  | {"max_age": 180000000000}                 | 120000000000
            DUPLICATE_WINDOW | 2.10.0  | {"mirror": {"name": "B"}}                 |
            DUPLICATE_WINDOW | 2.12.15 | {"sources": [{"name": "B"}]}              | 120000000000
            DUPLICATE_WINDOW | 2.12.15 | {"sources": [{"name": "B"}], "max_age": 60000000000} | 60000000000
            DUPLICATE_WINDOW | 2.14.0  | {"sources": [{"name": "B"}]}              |
            ALLOW_ROLLUP     | 2.15.2  | {}                                        | false
            ALLOW_ROLLUP     | 2.15.2  | {"subject_delete_marker_ttl": 1}          | true
            ALLOW_ROLLUP     | 2.15.2  | {"allow_msg_schedules": true}             | true
            ALLOW_MSG_TTL    | 2.15.2  | {"allow_msg_schedules": true}             | false
            ALLOW_MSG_TTL    | 2.15.2  | {"subject_delete_marker_ttl": 1}          | true
            MIRROR_DIRECT    | 2.15.2  | {"mirror": {"name": "B"}}                 |
            ACK_WAIT         | 2.15.2  | {"ack_policy": "explicit"}                | 30000000000
            ACK_WAIT         | 2.15.2  | {"ack_policy": "all", "backoff": []}      | 30000000000
            ACK_WAIT         | 2.15.2  | {"ack_policy": "explicit", "backoff": [5, 6]} | 5
            ACK_WAIT         | 2.15.2  | {"ack_policy": "none"}                    |
            ACK_WAIT         | 2.15.2  | {"ack_policy": "flow_control"}            |
            MAX_ACK_PENDING  | 2.15.2  | {"ack_policy": "explicit"}                | 1000
            MAX_ACK_PENDING  | 2.15.2  | {"ack_policy": "flow_control"}            | 1000
            MAX_ACK_PENDING  | 2.15.2  | {"ack_policy": "none"}                    |
            MAX_ACK_PENDING  | 2.15.2  | {}                                        |
            MAX_WAITING      | 2.15.2  | {}                                        | 512
            MAX_WAITING      | 2.15.2  | {"deliver_subject": "d"}                  |
            FLOW_CONTROL     | 2.15.2  | {"ack_policy": "explicit"}                | false
            FLOW_CONTROL     | 2.15.2  | {"ack_policy": "flow_control"}            | true
            IDLE_HEARTBEAT   | 2.15.2  | {"ack_policy": "explicit"}                |
            IDLE_HEARTBEAT   | 2.15.2  | {"ack_policy": "flow_control"}            | 1000000000
            PINNED_TTL       | 2.15.2  | {"priority_policy": "pinned_client"}      | 120000000000
            PINNED_TTL       | 2.15.2  | {"priority_policy": "overflow"}           |
            """)
    void anOmittedFieldHasThisValueBesideOthers(String name, String server, String others, @Nullable String expected) {
        JsonNode value = byName(name).value(Settings.of(Specs.json(others)), ServerVersion.parse(server));
        assertThat(value == null ? null : value.toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            MIRROR_DIRECT    | {"mirror": {"name": "B"}}                           | true
            MIRROR_DIRECT    | {"mirror": {"name": "B", "external": {"api": "x"}}} | false
            MIRROR_DIRECT    | {"mirror": {"name": "B", "external": {"api": ""}}}  | false
            MIRROR_DIRECT    | {"mirror": {}}                                      | false
            MIRROR_DIRECT    | {}                                                  | false
            DUPLICATE_WINDOW | {"mirror": {"name": "B"}}                           | true
            DUPLICATE_WINDOW | {"sources": [{"name": "B"}]}                        | false
            ACK_WAIT         | {"backoff": [5, 6]}                                 | true
            ACK_WAIT         | {"backoff": []}                                     | false
            NOTHING          | {"mirror": {"name": "B"}}                           | false
            """)
    void theServerDecidesBesideTheseFieldsWhateverItIsAskedFor(String name, String others, boolean decides) {
        assertThat(byName(name).decides().test(Settings.of(Specs.json(others)))).isEqualTo(decides);
    }

    @Test
    void aConstantIsTheSameBesideAllFields() {
        assertThat(ServerDefault.of("file").value(Settings.of(Specs.json("{}")), FieldTable.NEWEST))
                .hasToString("\"file\"");
        assertThat(ServerDefault.of(1).value(Settings.of(Specs.json("{}")), FieldTable.NEWEST))
                .hasToString("1");
    }

    static Stream<Object[]> specs() {
        Stream<String> buckets = Stream.of(
                "{}",
                "{ttl: 10s}",
                "{ttl: 1d, compression: true, storage: memory, replicas: 3}",
                "{maxBytes: 1Gi, placement: {tags: [ssd]}}");
        Stream<String> keyValues = Stream.of(
                "{limitMarkerTtl: 1h}",
                "{history: 5, maxValueSize: 1Ki}",
                "{sources: [{name: A}]}",
                "{mirror: {name: A}}");
        List<String> common = buckets.toList();
        return Stream.of(
                        StreamFieldsTest.ROWS.stream().map(row -> new Object[] {FieldTable.STREAM, row.spec()}),
                        ConsumerFieldsTest.ROWS.stream().map(row -> new Object[] {FieldTable.CONSUMER, row.spec()}),
                        common.stream().map(spec -> new Object[] {FieldTable.OBJECT_STORE, spec}),
                        Stream.concat(common.stream(), keyValues)
                                .map(spec -> new Object[] {FieldTable.KEY_VALUE, spec}))
                .flatMap(each -> each);
    }

    /** {@link ServerDefaults} is written from the server's source, too, but for a whole configuration. */
    @ParameterizedTest
    @MethodSource("specs")
    void eachRowKnowsWhatTheServerMakesOfItWhereItIsOmitted(FieldTable<?> table, String spec) {
        Settings desired = table.desired(spec);
        Settings stored = table.stored(desired);
        assertThat(table.rows().stream()
                        .filter(row -> !desired.has(row.wireName())
                                && !row.byDefault().decides().test(stored)
                                && !row.same(
                                        row.byDefault().value(stored, FieldTable.NEWEST), stored.get(row.wireName())))
                        .map(Field::name))
                .isEmpty();
    }

    private static ServerDefault byName(String name) {
        return Objects.requireNonNull(DEFAULTS.get(name));
    }
}
