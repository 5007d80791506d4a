package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import org.junit.jupiter.api.Test;

class AssetNameTest {
    private static final AssetName STREAM = new StreamName("ORDERS");
    private static final AssetName CONSUMER = new ConsumerName("ORDERS", "BILLING");

    @Test
    void aStreamIsItsOwnStream() {
        assertThat(STREAM.name()).isEqualTo("ORDERS");
        assertThat(STREAM.stream()).isEqualTo("ORDERS");
    }

    @Test
    void aConsumerIsNamedWithinItsStream() {
        assertThat(CONSUMER.name()).isEqualTo("BILLING");
        assertThat(CONSUMER.stream()).isEqualTo("ORDERS");
    }

    @Test
    void readsAsMessagesNameTheObject() {
        assertThat(STREAM).hasToString("stream ORDERS");
        assertThat(CONSUMER).hasToString("consumer BILLING of stream ORDERS");
    }
}
