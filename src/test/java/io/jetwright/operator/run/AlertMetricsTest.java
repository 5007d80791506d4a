package io.jetwright.operator.run;

import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamStatus;
import io.jetwright.operator.report.Readings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertMetricsTest {
    /** The metrics of a resource whose names match. */
    private static List<String> matching(String names, HasMetadata resource) {
        List<String> told = new ArrayList<>();
        ResourceMetrics.tell(resource, new Readings(), (metric, labels, value) -> {
            String name = metric.metadata().getName().replaceFirst("jetwright_[a-z]+_", "");
            if (name.matches(names)) {
                told.add(String.format(Locale.ROOT, "%s %.2f", name, value));
            }
        });
        return told;
    }

    private static List<String> thresholds(HasMetadata resource) {
        return matching("alert_.*|replicas_online", resource);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                             | ``
            {alerts: {}}                   | ``
            {alerts: {messages: 5}}        | alert_messages 5.00
            {alerts: {maxMsgsPercent: 80}} | alert_messages_ratio 0.80
            {alerts: {maxBytesPercent: 1}} | alert_bytes_ratio 0.01
            {alerts: {lag: 7}}             | alert_lag 7.00
            {alerts: {replicas: 3}}        | alert_replicas 3.00
            """, quoteCharacter = '`')
    void aStreamsThresholdIsASeries(String spec, String series) {
        assertThat(String.join(", ", thresholds(stream("orders", spec)))).isEqualTo(series);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                  | ``
            {alerts: {}}                        | ``
            {alerts: {pending: 5}}              | alert_pending 5.00
            {alerts: {ackPending: 6}}           | alert_ack_pending 6.00
            {alerts: {redelivered: 7}}          | alert_redelivered 7.00
            {alerts: {lastDelivery: 1m30s}}     | alert_last_delivery_seconds 90.00
            {alerts: {lastAck: 1d}}             | alert_last_ack_seconds 86400.00
            {alerts: {lastAck: 1500ms}}         | alert_last_ack_seconds 1.50
            {alerts: {lastAck: 9999999h}}       | ``
            {alerts: {minWaiting: 1}}           | alert_min_waiting 1.00
            """, quoteCharacter = '`')
    void aConsumersThresholdIsASeries(String spec, String series) {
        assertThat(String.join(", ", thresholds(consumer("worker", spec)))).isEqualTo(series);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                        | alert_replicas 3.00
            {cluster: C}                                              | alert_replicas 3.00, replicas_online 0.00
            {cluster: C, leader: a}                                   | alert_replicas 3.00, replicas_online 1.00
            {cluster: C, leader: a, replicas: [{name: b, offline: false}, {name: c, offline: true}]} | alert_replicas 3.00, replicas_online 2.00
            {cluster: C, leader: a, replicas: [{name: b, offline: false}, {name: c, offline: false}]} | alert_replicas 3.00, replicas_online 3.00
            {cluster: C, leader: a, replicas: [{name: b, offline: false, pending: true}]} | alert_replicas 3.00, replicas_online 1.00
            {cluster: C, replicas: [{name: b, offline: false}, {name: c, offline: false}]} | alert_replicas 3.00, replicas_online 0.00
            """)
    void theServersThatAreOnlineAreCountedWithTheLeader(String status, String series) {
        Stream orders = stream("orders", "{alerts: {replicas: 3}}");
        orders.setStatus(Serialization.unmarshal("--- " + status, StreamStatus.class));

        assertThat(String.join(", ", thresholds(orders))).isEqualTo(series);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                   |
            {maxMsgs: -1, maxBytes: 0}                           |
            {maxMsgs: 5}                                         | 1
            {maxBytes: 1Gi, retention: limits, discard: old}     | 1
            {maxBytes: 1Gi, discard: new}                        | 0
            {maxMsgs: 5, retention: workqueue}                   | 0
            {maxMsgs: 5, retention: interest, discard: old}      | 0
            """)
    void aFullStreamDropsItsOldestMessagesOrIsTrouble(String spec, @Nullable Double value) {
        assertThat(matching("limit_drops_oldest", stream("orders", spec)))
                .isEqualTo(
                        value == null
                                ? List.of()
                                : List.of(String.format(Locale.ROOT, "limit_drops_oldest %.2f", value)));
    }
}
