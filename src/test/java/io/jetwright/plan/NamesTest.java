package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.KeyValueSpec;
import io.jetwright.api.ObjectStoreSpec;
import io.jetwright.api.StreamSpec;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Stream      | {}                                        | stream orders
            Stream      | {name: ORDERS}                            | stream ORDERS
            Stream      | {name: KV_orders}                         | stream KV_orders
            KeyValue    | {}                                        | stream KV_orders
            KeyValue    | {bucket: sessions}                        | stream KV_sessions
            KeyValue    | {bucket: KV_sessions}                     | stream KV_KV_sessions
            ObjectStore | {}                                        | stream OBJ_orders
            ObjectStore | {bucket: files}                           | stream OBJ_files
            ObjectStore | {bucket: OBJ_files}                       | stream OBJ_OBJ_files
            Consumer    | {}                                        | consumer orders of stream GIVEN
            Consumer    | {durableName: BILLING}                    | consumer BILLING of stream GIVEN
            Consumer    | {streamName: ORDERS}                      | consumer orders of stream GIVEN
            Consumer    | {streamRef: {name: s}, durableName: D}    | consumer D of stream GIVEN
            """)
    void theSpecsNameComesBeforeThatOfTheResourceInEachKind(String kind, String spec, String expected) {
        assertThat(nameOf(kind, spec, "orders")).hasToString(expected);
    }

    private static AssetName nameOf(String kind, String spec, String resourceName) {
        return switch (kind) {
            case "Stream" -> Names.stream(Specs.read(spec, StreamSpec.class), resourceName);
            case "KeyValue" -> Names.keyValue(Specs.read(spec, KeyValueSpec.class), resourceName);
            case "ObjectStore" -> Names.objectStore(Specs.read(spec, ObjectStoreSpec.class), resourceName);
            case "Consumer" ->
                Names.consumer(Specs.read(spec, ConsumerSpec.class), resourceName, new StreamName("GIVEN"));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {streamName: ORDERS}                            | ORDERS
            {streamName: KV_sessions, durableName: D}       | KV_sessions
            {streamRef: {name: orders}}                     |
            {streamRef: {name: orders}, streamName: ORDERS} |
            {}                                              |
            """)
    void aConsumersSpecNamesTheStreamUnlessItRefersToAStreamResource(String spec, String expected) {
        assertThat(Names.streamOf(Specs.read(spec, ConsumerSpec.class)))
                .isEqualTo(Optional.ofNullable(expected).map(StreamName::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}             | {}                    | orders
            {name: ORDERS} | {durableName: orders} | ORDERS
            """)
    void aConsumerThatRefersToAStreamResourceBelongsToItsStream(String stream, String consumer, String expected) {
        StreamName given = Names.stream(Specs.stream(stream), "orders");
        assertThat(Names.consumer(Specs.consumer(consumer), "orders", given))
                .isEqualTo(new ConsumerName(expected, "orders"));
    }
}
