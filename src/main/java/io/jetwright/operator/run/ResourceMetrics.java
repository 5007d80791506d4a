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
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.KeyValue;
import io.jetwright.api.KeyValueStatus;
import io.jetwright.api.ObjectStore;
import io.jetwright.api.ObjectStoreStatus;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamStatus;
import io.jetwright.operator.run.ResourceMetric.Sample;
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
    private static final List<ResourceMetric<KeyValue>> KEY_VALUE = List.of(
            ready("keyvalue"),
            observed("keyvalue"),
            ofKeyValue(
                    "values",
                    "Values, with the history of each key and the markers of those deleted",
                    KeyValueStatus::values),
            ofKeyValue("keys", "Keys, with those that are deleted and not purged", KeyValueStatus::keys),
            ofKeyValue("total_bytes", "Bytes that the bucket takes", KeyValueStatus::bytes),
            hasLeader("keyvalue", KeyValue::getStatus, KeyValueStatus::cluster, KeyValueStatus::leader),
            offline("keyvalue", KeyValue::getStatus, KeyValueStatus::replicas));

    private static final List<ResourceMetric<ObjectStore>> OBJECT_STORE = List.of(
            ready("objectstore"),
            observed("objectstore"),
            ofObjectStore("objects", "Objects and links, with those that are deleted", ObjectStoreStatus::objects),
            ofObjectStore("total_bytes", "Bytes that the store takes", ObjectStoreStatus::bytes),
            hasLeader("objectstore", ObjectStore::getStatus, ObjectStoreStatus::cluster, ObjectStoreStatus::leader),
            offline("objectstore", ObjectStore::getStatus, ObjectStoreStatus::replicas));

    private static final List<ResourceMetric<Connection>> CONNECTION = List.of(
            ready("connection"),
            ResourceMetric.of(
                    "jetwright_connection_connected",
                    "1 while there is a connection",
                    connection -> ofStatus(
                            connection.getStatus(),
                            status -> status.connected() == null ? null : number(status.connected()))),
            ResourceMetric.of(
                    "jetwright_connection_used_by",
                    "Resources that use the Connection",
                    connection -> connection.getStatus() == null
                            ? null
                            : connection.getStatus().usedBy()));

    private ResourceMetrics() {}

    /** The names of all metrics. */
    static List<String> names() {
        return java.util.stream.Stream.of(StreamMetrics.ALL, ConsumerMetrics.ALL, KEY_VALUE, OBJECT_STORE, CONNECTION)
                .flatMap(List::stream)
                .map(metric -> metric.metadata().getName())
                .toList();
    }

    /** All that is told of a resource; nothing of one of another kind. */
    static List<Sample> of(HasMetadata resource) {
        return switch (resource) {
            case Stream stream -> samples(StreamMetrics.ALL, stream);
            case Consumer consumer -> samples(ConsumerMetrics.ALL, consumer);
            case KeyValue bucket -> samples(KEY_VALUE, bucket);
            case ObjectStore store -> samples(OBJECT_STORE, store);
            case Connection connection -> samples(CONNECTION, connection);
            default -> List.of();
        };
    }

    private static <R> List<Sample> samples(List<ResourceMetric<R>> metrics, R resource) {
        return metrics.stream()
                .flatMap(metric -> metric.samples(resource).stream())
                .toList();
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

    private static ResourceMetric<KeyValue> ofKeyValue(
            String name, String help, Function<KeyValueStatus, @Nullable Number> value) {
        return ResourceMetric.of("jetwright_keyvalue_" + name, help, bucket -> ofStatus(bucket.getStatus(), value));
    }

    private static ResourceMetric<ObjectStore> ofObjectStore(
            String name, String help, Function<ObjectStoreStatus, @Nullable Number> value) {
        return ResourceMetric.of("jetwright_objectstore_" + name, help, store -> ofStatus(store.getStatus(), value));
    }
}
