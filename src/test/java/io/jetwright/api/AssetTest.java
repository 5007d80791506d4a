package io.jetwright.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AssetTest {
    private static final String STREAM = """
            apiVersion: jetwright.io/v1beta1
            kind: Stream
            metadata:
              name: orders
              namespace: shop
              managedFields:
                - manager: kubectl
            spec:
              maxBytes: 1.50Gi
              retention: workqueue
              mirror:
                name: ORIGIN
            status:
              stream: orders
              messages: 3
            """;

    private final io.jetwright.api.Stream stream = Serialization.unmarshal(STREAM, io.jetwright.api.Stream.class);

    @Test
    void managedFieldsAreNotKept() {
        assertThat(stream.getMetadata().getManagedFields()).isEmpty();
    }

    @Test
    void theMetadataOfACopyIsItsOwn() {
        JetwrightResource<StreamSpec, StreamStatus> copy = stream.copy();
        copy.getMetadata().setName("another");
        copy.getMetadata().setManagedFields(List.of(new ManagedFieldsEntry()));
        assertThat(stream.getMetadata().getName()).isEqualTo("orders");
        assertThat(stream.getMetadata().getManagedFields()).isEmpty();
    }

    @Test
    void aCopyHasAllThatTheResourceHas() {
        assertThat(stream.copy())
                .isInstanceOf(io.jetwright.api.Stream.class)
                .isNotSameAs(stream)
                .isEqualTo(stream);
        var consumer = Serialization.unmarshal("""
                apiVersion: jetwright.io/v1beta1
                kind: Consumer
                metadata: {name: billing, namespace: shop}
                spec: {streamName: ORDERS, backoff: [1s, 5s]}
                status: {pending: 7}
                """, Consumer.class);
        assertThat(consumer.copy()).isInstanceOf(Consumer.class).isEqualTo(consumer);
    }

    @Test
    void whatTheApiServerShowsBeforeTheFirstReportIsNoStatus() {
        var connection = Serialization.unmarshal("""
                apiVersion: jetwright.io/v1beta1
                kind: Connection
                metadata: {name: shop}
                spec: {servers: [nats://nats]}
                status: {observedGeneration: -1}
                """, Connection.class);
        assertThat(connection.getStatus()).isNull();
        assertThat(stream.getStatus()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("choices")
    void eachChoiceIsReadByTheNameThatTheSchemaShows(Enum<?> choice) {
        String written = Serialization.asJson(choice);
        assertThat(Serialization.unmarshal(written, choice.getDeclaringClass())).isSameAs(choice);
        assertThat(written).isNotEqualTo("\"" + choice.name() + "\"");
    }

    static Stream<Enum<?>> choices() {
        return Stream.of(
                        AckPolicy.values(),
                        CompressionOption.values(),
                        DeletionPolicy.values(),
                        DeliverPolicy.values(),
                        DiscardPolicy.values(),
                        ManagementPolicy.values(),
                        PersistMode.values(),
                        PriorityPolicy.values(),
                        RecreatePolicy.values(),
                        ReplayPolicy.values(),
                        RetentionPolicy.values(),
                        StorageType.values())
                .flatMap(Stream::of);
    }
}
