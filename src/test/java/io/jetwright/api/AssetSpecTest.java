package io.jetwright.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetSpecTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                  | false | false | false
            {managementPolicy: Manage}                          | false | false | false
            {managementPolicy: Observe}                         | true  | false | true
            {suspend: false}                                    | false | false | false
            {suspend: true}                                     | false | true  | true
            {deletionPolicy: Delete}                            | false | false | false
            {deletionPolicy: DeleteIfEmpty}                     | false | false | false
            {deletionPolicy: Retain}                            | false | false | true
            {recreatePolicy: Always}                            | false | false | false
            {managementPolicy: Observe, deletionPolicy: Delete} | true  | false | true
            {suspend: true, deletionPolicy: DeleteIfEmpty}      | false | true  | true
            {managementPolicy: Observe, suspend: true}          | true  | true  | true
            """)
    void policiesSayWhatMayBeDoneToTheObject(String policies, boolean observes, boolean suspends, boolean retains) {
        AssetSpec spec = read(policies, StreamSpec.class);
        assertThat(spec.observes()).isEqualTo(observes);
        assertThat(spec.suspends()).isEqualTo(suspends);
        assertThat(spec.retains()).isEqualTo(retains);
    }

    @ParameterizedTest
    @ValueSource(classes = {StreamSpec.class, ConsumerSpec.class, KeyValueSpec.class, ObjectStoreSpec.class})
    void whatPoliciesSayIsNoFieldOfASpec(Class<? extends AssetSpec> type) {
        String policies = "{managementPolicy: Observe, deletionPolicy: Retain, suspend: true}";
        assertThat(Serialization.unmarshal(Serialization.asJson(read(policies, type)), JsonNode.class))
                .isEqualTo(read(policies, JsonNode.class));
        assertThat(read("{}", type).retains()).isFalse();
        assertThat(Serialization.asJson(read("{}", type))).isEqualTo("{}");
    }

    /** What begins with a brace would be taken for JSON. */
    private static <T> T read(String yaml, Class<T> type) {
        return Serialization.unmarshal("--- " + yaml, type);
    }
}
