package io.jetwright.operator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.AssetStatus;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.KeyValueStatus;
import io.jetwright.api.Measurement;
import io.jetwright.api.ObjectStoreStatus;
import io.jetwright.api.StreamStatus;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasurementsTest {
    private static final String FULL = """
            {"stream": "ORDERS", "leader": "a", "readTime": "2026-06-01T12:00:00Z", "messages": 10, "bytes": 1000,
             "replicas": [{"name": "b", "current": true, "offline": false, "lag": 3}],
             "sources": [{"name": "EU", "lag": 7}]}
            """;

    private static StreamStatus stream(String json) {
        return Serialization.unmarshal(json, StreamStatus.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"messages\": 10      | \"messages\": 11      | true",
                "\"bytes\": 1000       | \"bytes\": 0          | true",
                "\"lag\": 3            | \"lag\": 4            | true",
                "\"lag\": 7            | \"lag\": 8            | true",
                "12:00:00Z             | 12:01:00Z             | true",
                "\"leader\": \"a\"     | \"leader\": \"b\"     | false",
                "\"current\": true     | \"current\": false    | false",
                "\"EU\"                | \"US\"                | false",
            })
    void measurementsAreToldFromTheRest(String part, String other, boolean areAllThatDiffers) {
        assertThat(FULL).contains(part);
        assertThat(Measurements.areAllThatDiffers(stream(FULL), stream(FULL.replace(part, other))))
                .isEqualTo(areAllThatDiffers);
    }

    @Test
    void aReplicaMoreIsNoMeasurement() {
        String more = FULL.replace("\"replicas\": [", """
                "replicas": [{"name": "c", "current": true, "offline": false, "lag": 3},""");
        assertThat(Measurements.areAllThatDiffers(stream(FULL), stream(more))).isFalse();
        assertThat(Measurements.areAllThatDiffers(stream(more), stream(FULL))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "100, 100, 0",
        "100, 90, 0.1",
        "90, 100, 0.1",
        "0, 1, 1",
        "1, 0, 1",
        "0, 0, 0",
    })
    void theGreatestChangeIsAShareOfTheLargerNumber(long before, long after, double share) {
        assertThat(Measurements.of(stream("{\"messages\": %d, \"bytes\": 5}".formatted(before)))
                        .greatestChange(Measurements.of(stream("{\"messages\": %d, \"bytes\": 5}".formatted(after)))))
                .isEqualTo(share, within(1e-9));
    }

    @Test
    void aNumberThatIsOmittedIsZero() {
        assertThat(Measurements.of(stream("{}")).greatestChange(Measurements.of(stream("{\"deleted\": 4}"))))
                .isEqualTo(1);
    }

    @Test
    void timesAreNoChange() {
        assertThat(Measurements.of(stream("{\"lastTime\": \"2026-06-01T12:00:00Z\"}"))
                        .greatestChange(Measurements.of(stream("{\"lastTime\": \"2026-06-01T13:00:00Z\"}"))))
                .isZero();
    }

    @Test
    void newerMeasurementsTakeThePlaceOfOlderOnes() {
        var newest = Measurements.of(stream(FULL.replace("\"messages\": 10", "\"messages\": 12")
                .replace("\"lag\": 3", "\"lag\": 0")
                .replace("\"leader\": \"a\"", "\"leader\": \"z\"")));
        assertThat(newest.in(stream(FULL)))
                .isEqualTo(stream(
                        FULL.replace("\"messages\": 10", "\"messages\": 12").replace("\"lag\": 3", "\"lag\": 0")));
    }

    @Test
    void thoseOfAnotherShapeAreLeftOut() {
        var others = Measurements.of(stream("{\"messages\": 12}"));
        assertThat(others.in(stream(FULL))).isEqualTo(stream(FULL));
    }

    @Test
    void aConsumersSequencesAreMeasured() {
        var before = Serialization.unmarshal(
                "{\"pending\": 1, \"delivered\": {\"consumerSequence\": 1, \"streamSequence\": 1}}",
                ConsumerStatus.class);
        var after = Serialization.unmarshal(
                "{\"pending\": 1, \"delivered\": {\"consumerSequence\": 2, \"streamSequence\": 1, \"lastTime\": \"2026-06-01T12:00:00Z\"}}",
                ConsumerStatus.class);
        assertThat(Measurements.areAllThatDiffers(before, after)).isTrue();
        assertThat(Measurements.of(before).greatestChange(Measurements.of(after)))
                .isEqualTo(0.5);
    }

    /** A number that nobody has looked at would be written each time that it changes. */
    @ParameterizedTest
    @ValueSource(classes = {StreamStatus.class, ConsumerStatus.class, KeyValueStatus.class, ObjectStoreStatus.class})
    void eachNumberOfAStatusIsOne(Class<? extends AssetStatus> type) {
        List<String> declared = List.of("observedGeneration", "history");
        assertThat(numbers(type))
                .isNotEmpty()
                .filteredOn(component -> !declared.contains(component.getName()))
                .allMatch(component -> component.isAnnotationPresent(Measurement.class));
    }

    private static Stream<RecordComponent> numbers(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getType() == Long.class || component.getType() == long.class);
    }
}
