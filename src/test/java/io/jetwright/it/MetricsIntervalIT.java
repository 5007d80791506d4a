package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.keyValue;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.TestNamespace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With METRICS_INTERVAL the numbers of the metrics are newer than the last comparison. */
class MetricsIntervalIT {
    @RegisterExtension
    static final Installation installation =
            Installation.withOperator().environment("RESYNC_INTERVAL", "1h").environment("METRICS_INTERVAL", "1s");

    private final TestNamespace namespace = installation.namespace();

    private List<String> metrics() throws Exception {
        return installation.operator().get("/metrics").body().lines().toList();
    }

    @Test
    void numbersAreReadFromTheListsAndNoStatusIsWritten() throws Exception {
        var orders = namespace.applyReady(stream("orders", "{name: ORDERS, subjects: [orders.>]}"));
        namespace.applyReady(consumer("worker", "streamRef: {name: orders}"));
        namespace.applyReady(keyValue("sessions", "{bucket: sessions}"));
        String orderLabels =
                "{connection=\"\",name=\"orders\",namespace=\"%s\",stream=\"ORDERS\"}".formatted(namespace.name());
        String workerLabels = "{connection=\"\",consumer=\"worker\",name=\"worker\",namespace=\"%s\",stream=\"ORDERS\"}"
                .formatted(namespace.name());
        var jetStream = new JetStreamApi(installation.nats());

        jetStream.publish("orders.new", 5);
        jetStream.publish("$KV.sessions.a", 1);

        eventually(
                () -> assertThat(metrics())
                        .contains("jetwright_stream_total_messages" + orderLabels + " 5.0")
                        .contains("jetwright_consumer_num_pending" + workerLabels + " 5.0")
                        .anyMatch(line -> line.startsWith("jetwright_keyvalue_values{") && line.endsWith(" 1.0"))
                        .anyMatch(line -> line.startsWith("jetwright_stream_observed_timestamp_seconds"))
                        .anyMatch(
                                line -> line.startsWith(
                                        "jetwright_jetstream_requests_seconds_count{object=\"consumer\",outcome=\"ok\",verb=\"list\"}")));
        assertThat(namespace.read(orders).<Map<String, Object>>get("status"))
                .containsEntry("messages", 0)
                .containsKey("readTime");
    }
}
