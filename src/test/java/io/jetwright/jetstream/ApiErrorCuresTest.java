package io.jetwright.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.plan.Mapping;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ApiErrorCuresTest {
    private static IntStream withCure() throws IOException {
        var without = ErrorsWithoutCure.read();
        return ErrorsWithoutCure.known().filter(code -> !without.containsKey(code));
    }

    private static String cure(int code, Mapping<?> mapping) {
        return ApiErrorCures.of(code, "").words(mapping::specField);
    }

    private static Optional<String> ofAnyKind(String wireName) {
        return Stream.of(Mapping.STREAM, Mapping.CONSUMER, Mapping.KEY_VALUE, Mapping.OBJECT_STORE)
                .flatMap(mapping -> mapping.specField(wireName).stream())
                .findFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10101 | A workqueue stream hands every message to one worker: set spec.deliverPolicy to all, or remove spec.deliverPolicy
            10099 | On a workqueue stream the filters of two consumers must not overlap: give each consumer a spec.filterSubject of its own, or share one consumer among the workers
            10013 | Stop the clients that are subscribed to the old spec.deliverSubject
            10116 | Raise spec.maxDeliver, or shorten spec.backoff
            10126 | Set spec.replicas to those of the stream, or set spec.replicas to 0
            10121 | Lower spec.maxAckPending, raise the stream's consumerLimits.maxAckPending, or raise the limits of the account or of the server
            10074 | This server is not part of a cluster: set spec.replicas to 1, or run a cluster
            """)
    void ofAConsumer(int code, String words) {
        assertThat(cure(code, Mapping.CONSUMER)).isEqualTo(words);
    }

    /** What a kind does not have is not named. */
    @Test
    void theSameRefusalHasTheWaysThatTheKindHas() {
        assertThat(cure(10065, Mapping.STREAM)).contains("change spec.subjects, or change");
        assertThat(cure(10065, Mapping.KEY_VALUE))
                .isEqualTo("Another stream captures some of these subjects: change the subjects of the other stream");
        assertThat(cure(10030, Mapping.STREAM)).contains("spec.maxMsgSize");
        assertThat(cure(10030, Mapping.KEY_VALUE)).contains("spec.maxValueSize");
        assertThat(cure(10047, Mapping.OBJECT_STORE)).contains("spec.maxBytes", "spec.replicas");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            capturing all subjects requires no-ack to be true                     | Narrow the first token of spec.subjects: a stream of all subjects needs no_ack
            duplicates window can not be larger then max age                      | Lower spec.duplicateWindow, or raise spec.maxAge
            duplicates window can not be larger then server limit of 1m0s         | Lower spec.duplicateWindow, or raise duplicate_window in the limits of the server's JetStream
            duplicates window needs to be >= 100ms                                | Set spec.duplicateWindow to 100ms at least
            stream configuration for republish destination forms a cycle          | Choose a destination of spec.republish that the stream does not capture
            something that no row knows                                           | ''
            """)
    void whatOneCodeStandsForIsToldApartByTheText(String text, String words) {
        assertThat(ApiErrorCures.of(10052, text).words(Mapping.STREAM::specField))
                .isEqualTo(words);
    }

    /** A bucket's window is its ttl, and two minutes at most, which nobody can say otherwise. */
    @Test
    void theWindowOfABucketFollowsItsTtl() {
        assertThat(ApiErrorCures.of(10052, "duplicates window can not be larger then server limit of 1m0s")
                        .words(Mapping.KEY_VALUE::specField))
                .isEqualTo(
                        "Set spec.ttl to this limit at most, or raise duplicate_window in the limits of the server's JetStream");
    }

    @ParameterizedTest
    @MethodSource("withCure")
    void eachErrorOfTheServersHasACureOrALineWhyNot(int code) {
        assertThat(ApiErrorCures.of(code, "").words(ApiErrorCuresTest::ofAnyKind))
                .as("%d; src/test/resources/jetstream/errors-without-cure.txt says why others have none", code)
                .matches("[A-Z].*[^.]")
                .doesNotContain("{");
    }

    @Test
    void noneHasBoth() throws IOException {
        Map<Integer, String> both = ErrorsWithoutCure.read().entrySet().stream()
                .filter(each -> !ApiErrorCures.of(each.getKey(), "").equals(Cure.NONE))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
        assertThat(both).isEmpty();
    }
}
