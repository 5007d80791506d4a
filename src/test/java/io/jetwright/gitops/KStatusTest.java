package io.jetwright.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of the rules in kstatus' README.md, and its corner cases. */
class KStatusTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CURRENT     | metadata: {generation: 1}
            CURRENT     | metadata: {generation: 1}, status: {}
            CURRENT     | metadata: {generation: 1}, status: {conditions: []}
            CURRENT     | metadata: {generation: 1}, status: {conditions: [{type: Synced, status: "False"}]}
            CURRENT     | metadata: {generation: 2}, status: {observedGeneration: 2}
            CURRENT     | metadata: {generation: 2}, status: {observedGeneration: 2, conditions: [{type: Ready, status: "True"}]}
            CURRENT     | metadata: {generation: 2}, status: {conditions: [{type: Ready, status: "True"}]}
            CURRENT     | metadata: {generation: 2}, status: {conditions: [{type: Reconciling, status: "False"}, {type: Stalled, status: "False"}]}
            CURRENT     | metadata: {generation: 2}, status: {conditions: [{type: Ready, status: Maybe}]}
            IN_PROGRESS | metadata: {generation: 2}, status: {conditions: [{type: Ready, status: "False"}]}
            IN_PROGRESS | metadata: {generation: 2}, status: {conditions: [{type: Ready, status: Unknown}]}
            IN_PROGRESS | metadata: {generation: 2}, status: {observedGeneration: 1}
            IN_PROGRESS | metadata: {generation: 2}, status: {observedGeneration: 1, conditions: [{type: Ready, status: "True"}]}
            IN_PROGRESS | metadata: {generation: 2}, status: {observedGeneration: 1, conditions: [{type: Stalled, status: "True"}]}
            IN_PROGRESS | metadata: {generation: 2}, status: {conditions: [{type: Ready, status: "True"}, {type: Reconciling, status: "True"}]}
            IN_PROGRESS | metadata: {generation: 2}, status: {conditions: [{type: Reconciling, status: "True"}, {type: Stalled, status: "True"}]}
            FAILED      | metadata: {generation: 2}, status: {conditions: [{type: Stalled, status: "True"}, {type: Reconciling, status: "True"}]}
            FAILED      | metadata: {generation: 2}, status: {conditions: [{type: Ready, status: "False"}, {type: Stalled, status: "True"}]}
            FAILED      | metadata: {generation: 2}, status: {observedGeneration: 2, conditions: [{type: Stalled, status: "True"}]}
            TERMINATING | metadata: {deletionTimestamp: "2026-11-21T00:00:00Z"}, status: {conditions: [{type: Ready, status: "True"}]}
            TERMINATING | metadata: {deletionTimestamp: "2026-11-21T00:00:00Z", generation: 2}, status: {observedGeneration: 1}
            """)
    void rules(KStatus expected, String resource) {
        assertThat(KStatus.of(Serialization.unmarshal("---\n{" + resource + "}", JsonNode.class)))
                .isEqualTo(expected);
    }
}
