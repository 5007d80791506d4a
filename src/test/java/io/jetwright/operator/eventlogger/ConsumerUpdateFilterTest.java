package io.jetwright.operator.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsumerUpdateFilterTest {
    private static final String CONSUMER = """
            apiVersion: jetwright.io/v1beta1
            kind: Consumer
            metadata: {name: log, generation: 1, labels: {a: b}, ownerReferences: [{uid: u}]}
            status: {observedGeneration: 1, pending: 1, conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}
            """;

    private static GenericKubernetesResource consumer(String before, String after) {
        assertThat(CONSUMER).contains(before);
        return Serialization.unmarshal(CONSUMER.replace(before, after), GenericKubernetesResource.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            generation: 1,            | generation: 2,
            labels: {a: b}            | labels: {}
            uid: u                    | uid: v
            observedGeneration: 1     | observedGeneration: 2
            Ready, status: "True"     | Ready, status: "False"
            conditions:               | none:
            """)
    void whatAnEventLoggerReportsOrRepairsHasItReconciled(String before, String after) {
        assertThat(ConsumerUpdateFilter.accept(consumer(before, after), consumer("", "")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pending: 1                | pending: 2
            Synced, status: "True"    | Synced, status: "False"
            """)
    void countsAndOtherConditionsDoNot(String before, String after) {
        assertThat(ConsumerUpdateFilter.accept(consumer(before, after), consumer("", "")))
                .isFalse();
    }

    @Test
    void aConsumerWithoutStatusIsComparedByItsMetadata() {
        assertThat(ConsumerUpdateFilter.accept(consumer("status:", "none:"), consumer("status:", "none:")))
                .isFalse();
    }
}
