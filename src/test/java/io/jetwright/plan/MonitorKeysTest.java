package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.api.ConsumerAlerts;
import io.jetwright.api.StreamAlerts;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class MonitorKeysTest {
    static final List<FieldRow> STREAM_ROWS = FieldRow.table("""
            {alerts: {}}                                  | {}
            {alerts: {messages: 5}}                       | {}
            {alerts: {messages: 5}, replicas: 3}          | {}
            {alerts: {maxMsgsPercent: 80}}                | {}
            {alerts: {maxBytesPercent: 80}}               | {}
            {alerts: {lag: 200}}                          | {"lag-critical": "200", "enabled": "true"}
            {alerts: {lag: 200}, replicas: 1}             | {"lag-critical": "200", "enabled": "true"}
            {alerts: {lag: 200}, replicas: 3}             | {"lag-critical": "200", "peer-expect": "3", "enabled": "true"}
            {alerts: {replicas: 5}}                       | {"peer-expect": "5", "enabled": "true"}
            {alerts: {replicas: 5}, replicas: 3}          | {"peer-expect": "5", "enabled": "true"}
            """);

    static final List<FieldRow> CONSUMER_ROWS = FieldRow.table("""
            {alerts: {}}                                  | {}
            {alerts: {minWaiting: 1}}                     | {}
            {alerts: {pending: 1000}}                     | {"unprocessed-critical": "1000", "enabled": "true"}
            {alerts: {ackPending: 7}}                     | {"outstanding-ack-critical": "7", "enabled": "true"}
            {alerts: {redelivered: 3}}                    | {"redelivery-critical": "3", "enabled": "true"}
            {alerts: {lastDelivery: 90s}}                 | {"last-delivery-critical": "1m30s", "enabled": "true"}
            {alerts: {lastAck: 7d}}                       | {"last-ack-critical": "7d", "enabled": "true"}
            """);

    private static final Set<String> OF_SPECS = Set.of("replicas", "alerts");

    @ParameterizedTest
    @FieldSource("STREAM_ROWS")
    void aStreamsThresholdIsThisKey(FieldRow row) {
        assertThat(keys(Specs.desiredStream(row.spec()))).isEqualTo(Specs.json(row.json()));
    }

    @ParameterizedTest
    @FieldSource("CONSUMER_ROWS")
    void aConsumersThresholdIsThisKey(FieldRow row) {
        assertThat(keys(Specs.desiredConsumer(row.spec()))).isEqualTo(Specs.json(row.json()));
    }

    /** The keys of thresholds, without what each begins with. */
    private static ObjectNode keys(Settings settings) {
        var keys = (ObjectNode) Specs.json("{}");
        Specs.json(settings.toJson().path("metadata").toString()).properties().stream()
                .filter(key -> key.getKey().startsWith(MonitorKeys.PREFIX))
                .forEach(key -> keys.set(key.getKey().substring(MonitorKeys.PREFIX.length()), key.getValue()));
        return keys;
    }

    @Test
    void noThresholdIsForgotten() {
        assertThat(thresholds(STREAM_ROWS)).isEqualTo(fields(StreamAlerts.class));
        assertThat(thresholds(CONSUMER_ROWS)).isEqualTo(fields(ConsumerAlerts.class));
    }

    private static Set<String> thresholds(List<FieldRow> rows) {
        return FieldRow.paths(rows).stream()
                .filter(path -> !OF_SPECS.contains(path))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> fields(Class<?> alerts) {
        return Stream.of(alerts.getRecordComponents())
                .map(field -> "alerts." + field.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                               | {alerts: {pending: 5}} | update metadata.io.nats.monitor.enabled: (none) -> true; metadata.io.nats.monitor.unprocessed-critical: (none) -> 5
            {alerts: {pending: 5}}           | {alerts: {pending: 5}} | none
            {alerts: {lastDelivery: 90s}}    | {alerts: {lastDelivery: 1m30s}} | none
            {alerts: {pending: 5}}           | {alerts: {pending: 6}} | update metadata.io.nats.monitor.unprocessed-critical: 5 -> 6
            {alerts: {pending: 5}}           | {alerts: {pending: 5, minWaiting: 1}} | none
            {alerts: {pending: 5, lastAck: 1h}} | {alerts: {pending: 5}} | update metadata.io.nats.monitor.last-ack-critical: 1h -> (none)
            {alerts: {pending: 5}}           | {}                     | update metadata.io.nats.monitor.enabled: true -> (none); metadata.io.nats.monitor.unprocessed-critical: 5 -> (none)
            {alerts: {pending: 5}, metadata: {team: sales}} | {metadata: {team: sales}} | update metadata.io.nats.monitor.enabled: true -> (none); metadata.io.nats.monitor.unprocessed-critical: 5 -> (none)
            {alerts: {minWaiting: 5}}        | {}                     | none
            """)
    void theChangeOfAThresholdChangesItsKeyAlone(String before, String after, String expected) {
        Change change = FieldTable.CONSUMER.change(Specs.desiredConsumer(after), Specs.appliedConsumer(before));

        assertThat(Specs.show(change)).isEqualTo(expected);
    }

    @Test
    void keysOfOthersStayWhereNoThresholdIsOfThatName() {
        Settings live = Specs.appliedConsumer("{metadata: {io.nats.monitor.waiting-critical: '20'}}");
        Settings others = live.with("metadata", Specs.json("{\"io.nats.monitor.waiting-critical\": \"20\"}"));
        Settings desired = Specs.desiredConsumer("{alerts: {pending: 5}}");

        var update = (Change.Update) FieldTable.CONSUMER.change(desired, others);

        assertThat(keys(update.settings()))
                .isEqualTo(Specs.json(
                        "{\"waiting-critical\": \"20\", \"unprocessed-critical\": \"5\", \"enabled\": \"true\"}"));
    }

    @Test
    void theUsersOwnKeyWinsAndIsMarkedOnce() {
        Settings desired = Specs.desiredConsumer("""
                {alerts: {pending: 5}, metadata: {io.nats.monitor.unprocessed-critical: "9", io.nats.monitor.enabled: "false"}}
                """);

        assertThat(keys(desired)).isEqualTo(Specs.json("{\"unprocessed-critical\": \"9\", \"enabled\": \"false\"}"));
        assertThat(desired.metadata(Mapping.FIELDS_KEY))
                .contains("ackPolicy,metadata.io.nats.monitor.enabled,metadata.io.nats.monitor.unprocessed-critical");
    }

    @Test
    void aDurationThatIsTooLongIsRefusedWithItsName() {
        assertThatThrownBy(() -> Specs.desiredConsumer("{alerts: {lastAck: 9999999h}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "spec.alerts.lastAck: '9999999h' is longer than 292 years, the longest that JetStream knows");
    }
}
