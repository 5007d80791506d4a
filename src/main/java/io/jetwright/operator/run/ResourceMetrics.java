package io.jetwright.operator.run;

import static io.jetwright.operator.run.MetricParts.hasLeader;
import static io.jetwright.operator.run.MetricParts.number;
import static io.jetwright.operator.run.MetricParts.observed;
import static io.jetwright.operator.run.MetricParts.ofStatus;
import static io.jetwright.operator.run.MetricParts.offline;
import static io.jetwright.operator.run.MetricParts.ready;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jetwright.api.AssetStatus;
import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionStatus;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.JetwrightResource;
import io.jetwright.api.KeyValue;
import io.jetwright.api.KeyValueStatus;
import io.jetwright.api.ObjectStore;
import io.jetwright.api.ObjectStoreStatus;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamStatus;
import io.jetwright.operator.report.Readings;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which metrics the resources of each kind have. They end as those of prometheus-nats-exporter where they mean the same. Pure
 * functions of the resource.
 */
final class ResourceMetrics {
    private static final List<ResourceMetric<KeyValue, KeyValueStatus>> KEY_VALUE = List.of(
            ready("keyvalue"),
            observed("keyvalue"),
            ofKeyValue(
                    "values",
                    "Values, with the history of each key and the markers of those deleted",
                    KeyValueStatus::values),
            ofKeyValue("keys", "Keys, with those that are deleted and not purged", KeyValueStatus::keys),
            ofKeyValue("total_bytes", "Bytes that the bucket takes", KeyValueStatus::bytes),
            hasLeader("keyvalue", KeyValueStatus::cluster, KeyValueStatus::leader),
            offline("keyvalue", KeyValueStatus::replicas));

    private static final List<ResourceMetric<ObjectStore, ObjectStoreStatus>> OBJECT_STORE = List.of(
            ready("objectstore"),
            observed("objectstore"),
            ofObjectStore("objects", "Objects and links, with those that are deleted", ObjectStoreStatus::objects),
            ofObjectStore("total_bytes", "Bytes that the store takes", ObjectStoreStatus::bytes),
            hasLeader("objectstore", ObjectStoreStatus::cluster, ObjectStoreStatus::leader),
            offline("objectstore", ObjectStoreStatus::replicas));

    private static final List<ResourceMetric<Connection, ConnectionStatus>> CONNECTION = List.of(
            ready("connection"),
            ResourceMetric.ofStatus(
                    "jetwright_connection_connected",
                    "1 while there is a connection",
                    status -> status.connected() == null ? null : number(status.connected())),
            ResourceMetric.ofStatus(
                    "jetwright_connection_used_by", "Resources that use the Connection", ConnectionStatus::usedBy));

    private ResourceMetrics() {}

    /** The names of all metrics. */
    static List<String> names() {
        return java.util.stream.Stream.of(StreamMetrics.ALL, ConsumerMetrics.ALL, KEY_VALUE, OBJECT_STORE, CONNECTION)
                .flatMap(List::stream)
                .map(metric -> metric.metadata().getName())
                .toList();
    }

    /**
     * Tells all metrics of a resource; none of one of another kind.
     *
     * @param readings has the measurements that are newer than the resource's status
     */
    static void tell(HasMetadata resource, Readings readings, Samples samples) {
        switch (resource) {
            case Stream stream -> tell(StreamMetrics.ALL, stream, readings.newest(stream), samples);
            case Consumer consumer -> tell(ConsumerMetrics.ALL, consumer, readings.newest(consumer), samples);
            case KeyValue bucket -> tell(KEY_VALUE, bucket, readings.newest(bucket), samples);
            case ObjectStore store -> tell(OBJECT_STORE, store, readings.newest(store), samples);
            case Connection connection -> tell(CONNECTION, connection, connection.getStatus(), samples);
            default -> {}
        }
    }

    /** Takes the values of all metrics. */
    interface Samples {
        /**
         * Takes one.
         *
         * @param labels beside those of the resource
         */
        void value(ResourceMetric<?, ?> metric, Labels labels, double value);
    }

    private static <R extends JetwrightResource<?, T>, T> void tell(
            List<ResourceMetric<R, T>> metrics, R resource, @Nullable T status, Samples samples) {
        for (ResourceMetric<R, T> metric : metrics) {
            metric.values().tell(resource, status, (labels, value) -> samples.value(metric, labels, value));
        }
    }

    /** Namespace and name, and which object of JetStream it is on which Connection; empty for what is not known. */
    static Labels labels(HasMetadata resource) {
        String namespace = resource.getMetadata().getNamespace();
        String name = resource.getMetadata().getName();
        return switch (resource) {
            case Stream stream ->
                labels(
                        namespace,
                        name,
                        stream.getStatus(),
                        "stream",
                        ofStatus(stream.getStatus(), StreamStatus::stream));
            case Consumer consumer ->
                labels(
                                namespace,
                                name,
                                consumer.getStatus(),
                                "stream",
                                ofStatus(consumer.getStatus(), ConsumerStatus::stream))
                        .add("consumer", text(ofStatus(consumer.getStatus(), ConsumerStatus::consumer)));
            case KeyValue bucket ->
                labels(
                        namespace,
                        name,
                        bucket.getStatus(),
                        "bucket",
                        ofStatus(bucket.getStatus(), KeyValueStatus::bucket));
            case ObjectStore store ->
                labels(
                        namespace,
                        name,
                        store.getStatus(),
                        "bucket",
                        ofStatus(store.getStatus(), ObjectStoreStatus::bucket));
            default -> Labels.of("namespace", namespace, "name", name);
        };
    }

    private static Labels labels(
            String namespace, String name, @Nullable AssetStatus status, String kind, @Nullable String object) {
        return Labels.of(
                "namespace",
                namespace,
                "name",
                name,
                kind,
                text(object),
                "connection",
                text(ofStatus(status, AssetStatus::connection)));
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }

    private static ResourceMetric<KeyValue, KeyValueStatus> ofKeyValue(
            String name, String help, Function<KeyValueStatus, @Nullable Number> value) {
        return ResourceMetric.ofStatus("jetwright_keyvalue_" + name, help, value);
    }

    private static ResourceMetric<ObjectStore, ObjectStoreStatus> ofObjectStore(
            String name, String help, Function<ObjectStoreStatus, @Nullable Number> value) {
        return ResourceMetric.ofStatus("jetwright_objectstore_" + name, help, value);
    }
}
