package io.jetwright.operator.run;

import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.keyValue;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionStatus;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.KeyValue;
import io.jetwright.api.KeyValueStatus;
import io.jetwright.api.ObjectStore;
import io.jetwright.api.ObjectStoreSpec;
import io.jetwright.api.ObjectStoreStatus;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamStatus;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResourceSeriesTest {
    private static final String READY = "\"conditions\": [{\"type\": \"Ready\", \"status\": \"True\"}]";

    /** The samples of resources, without comments and without what does not belong to one. */
    private static List<String> samples(int most, HasMetadata... resources) throws IOException {
        var out = new ByteArrayOutputStream();
        new Metrics(most).scrape(java.util.stream.Stream.of(resources), PrometheusTextFormatWriter.create(), out);
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.matches("jetwright_(stream|consumer|keyvalue|objectstore|connection|metrics)_.*"))
                .toList();
    }

    private static Stream orders(String status) {
        Stream orders = stream("orders", "{maxMsgs: 100, maxBytes: 1Ki}");
        orders.setStatus(Serialization.unmarshal("{%s}".formatted(status), StreamStatus.class));
        return orders;
    }

    @Test
    void oneThatIsSuspendedIsNotOld() throws IOException {
        String status = "{\"readTime\": \"2026-11-01T00:00:00Z\"}";
        Stream read = stream("read", "{}");
        read.setStatus(Serialization.unmarshal(status, StreamStatus.class));
        Stream suspended = stream("suspended", "{suspend: true}");
        suspended.setStatus(Serialization.unmarshal(status, StreamStatus.class));

        assertThat(samples(100, read, suspended))
                .filteredOn(sample -> sample.contains("observed_timestamp"))
                .singleElement()
                .asString()
                .contains("name=\"read\"");
    }

    @Test
    void aStreamIsToldWithWhatItsStatusSaysAndItsSpecLimits() throws IOException {
        Stream orders = orders(READY + """
                , "stream": "ORDERS", "connection": "shop/nats", "messages": 3, "bytes": 40, "firstSequence": 1,
                "lastSequence": 5, "consumers": 2, "subjects": 1, "deleted": 2, "cluster": "C", "leader": "a",
                "replicas": [{"name": "b", "current": true, "offline": false, "lag": 0},
                             {"name": "c", "current": false, "offline": true, "lag": 9}],
                "sources": [{"name": "EU", "lag": 7}, {"name": "EU", "lag": 8}]
                """);

        String labels = "{connection=\"shop/nats\",name=\"orders\",namespace=\"shop\",stream=\"ORDERS\"}";
        assertThat(samples(100, orders))
                .containsExactlyInAnyOrder(
                        "jetwright_stream_ready" + labels + " 1.0",
                        "jetwright_stream_total_messages" + labels + " 3.0",
                        "jetwright_stream_total_bytes" + labels + " 40.0",
                        "jetwright_stream_first_seq" + labels + " 1.0",
                        "jetwright_stream_last_seq" + labels + " 5.0",
                        "jetwright_stream_consumers" + labels + " 2.0",
                        "jetwright_stream_subjects" + labels + " 1.0",
                        "jetwright_stream_num_deleted" + labels + " 2.0",
                        "jetwright_stream_limit_messages" + labels + " 100.0",
                        "jetwright_stream_limit_bytes" + labels + " 1024.0",
                        "jetwright_stream_limit_drops_oldest" + labels + " 1.0",
                        "jetwright_stream_has_leader" + labels + " 1.0",
                        "jetwright_stream_replicas_offline" + labels + " 1.0",
                        "jetwright_stream_source_lag{connection=\"shop/nats\",index=\"0\",name=\"orders\",namespace=\"shop\",source=\"EU\",stream=\"ORDERS\"} 7.0",
                        "jetwright_stream_source_lag{connection=\"shop/nats\",index=\"1\",name=\"orders\",namespace=\"shop\",source=\"EU\",stream=\"ORDERS\"} 8.0",
                        "jetwright_metrics_resources_left_out 0.0");
    }

    @Test
    void aConsumerIsToldWithItsDeadLetters() throws IOException {
        Consumer worker = consumer("worker", "{streamName: A, maxAckPending: 10}");
        worker.setStatus(Serialization.unmarshal("""
                {"stream": "A", "consumer": "worker", "pending": 1, "ackPending": 2, "redelivered": 3, "waiting": 4,
                "delivered": {"consumerSequence": 6, "streamSequence": 5}, "paused": false,
                "ackFloor": {"consumerSequence": 4, "streamSequence": 3}, "deadLetters": {"stored": 8, "waiting": 9}}
                """, ConsumerStatus.class));

        String labels = "{connection=\"\",consumer=\"worker\",name=\"worker\",namespace=\"shop\",stream=\"A\"}";
        assertThat(samples(100, worker))
                .containsExactlyInAnyOrder(
                        "jetwright_consumer_num_pending" + labels + " 1.0",
                        "jetwright_consumer_num_ack_pending" + labels + " 2.0",
                        "jetwright_consumer_num_redelivered" + labels + " 3.0",
                        "jetwright_consumer_num_waiting" + labels + " 4.0",
                        "jetwright_consumer_delivered_consumer_seq" + labels + " 6.0",
                        "jetwright_consumer_delivered_stream_seq" + labels + " 5.0",
                        "jetwright_consumer_ack_floor_consumer_seq" + labels + " 4.0",
                        "jetwright_consumer_ack_floor_stream_seq" + labels + " 3.0",
                        "jetwright_consumer_limit_ack_pending" + labels + " 10.0",
                        "jetwright_consumer_paused" + labels + " 0.0",
                        "jetwright_consumer_dead_letters_stored" + labels + " 8.0",
                        "jetwright_consumer_dead_letters_waiting" + labels + " 9.0",
                        "jetwright_metrics_resources_left_out 0.0");
    }

    @Test
    void bucketsAndConnectionsAreToldToo() throws IOException {
        KeyValue sessions = keyValue("sessions", "{}");
        sessions.setStatus(Serialization.unmarshal(
                "{\"bucket\": \"sessions\", \"values\": 3, \"keys\": 2, \"bytes\": 9}", KeyValueStatus.class));
        var reports = new ObjectStore();
        reports.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName("reports")
                .build());
        reports.setSpec(Serialization.unmarshal("{}", ObjectStoreSpec.class));
        reports.setStatus(
                Serialization.unmarshal("{\"bucket\": \"r\", \"objects\": 4, \"bytes\": 5}", ObjectStoreStatus.class));
        var nats = new Connection();
        nats.setMetadata(
                new ObjectMetaBuilder().withNamespace("shop").withName("nats").build());
        nats.setStatus(Serialization.unmarshal(
                "{\"connected\": true, \"usedBy\": 2, %s}".formatted(READY), ConnectionStatus.class));

        assertThat(samples(100, sessions, reports, nats))
                .containsExactlyInAnyOrder(
                        "jetwright_keyvalue_values{bucket=\"sessions\",connection=\"\",name=\"sessions\",namespace=\"shop\"} 3.0",
                        "jetwright_keyvalue_keys{bucket=\"sessions\",connection=\"\",name=\"sessions\",namespace=\"shop\"} 2.0",
                        "jetwright_keyvalue_total_bytes{bucket=\"sessions\",connection=\"\",name=\"sessions\",namespace=\"shop\"} 9.0",
                        "jetwright_objectstore_objects{bucket=\"r\",connection=\"\",name=\"reports\",namespace=\"shop\"} 4.0",
                        "jetwright_objectstore_total_bytes{bucket=\"r\",connection=\"\",name=\"reports\",namespace=\"shop\"} 5.0",
                        "jetwright_connection_ready{name=\"nats\",namespace=\"shop\"} 1.0",
                        "jetwright_connection_connected{name=\"nats\",namespace=\"shop\"} 1.0",
                        "jetwright_connection_used_by{name=\"nats\",namespace=\"shop\"} 2.0",
                        "jetwright_metrics_resources_left_out 0.0");
    }

    @Test
    void whatIsNotKnownHasNoSeries() throws IOException {
        Stream unread = stream("unread", "{maxMsgs: -1, maxBytes: 0}");
        Stream refused = stream("refused", "{}");
        refused.setStatus(Serialization.unmarshal(
                "{\"conditions\": [{\"type\": \"Ready\", \"status\": \"False\"}]}", StreamStatus.class));

        assertThat(samples(100, unread, refused))
                .containsExactlyInAnyOrder(
                        "jetwright_stream_ready{connection=\"\",name=\"refused\",namespace=\"shop\",stream=\"\"} 0.0",
                        "jetwright_metrics_resources_left_out 0.0");
    }

    @Test
    void theGuideHasThemAllAndNoOthers() throws IOException {
        String guide = Files.readString(Path.of("docs/guides/operations.md"));
        assertThat(Pattern.compile("jetwright_(stream|consumer|keyvalue|objectstore|connection)_[a-z_]+")
                        .matcher(guide)
                        .results()
                        .map(MatchResult::group))
                .containsExactlyInAnyOrderElementsOf(ResourceMetrics.names());
    }

    @Test
    void thereAreNoMoreSeriesThanAllowedAndWhoIsLeftOutIsCounted() throws IOException {
        Stream[] all = IntStream.range(0, 5)
                .mapToObj(i -> {
                    Stream each = orders(READY);
                    each.getMetadata().setName("orders-" + i);
                    return each;
                })
                .toArray(Stream[]::new);

        // each has four: ready, two limits, and what becomes of a full stream
        assertThat(samples(9, all)).hasSize(2 * 4 + 1).contains("jetwright_metrics_resources_left_out 3.0");
        assertThat(samples(0, all)).containsExactly("jetwright_metrics_resources_left_out 5.0");
    }
}
