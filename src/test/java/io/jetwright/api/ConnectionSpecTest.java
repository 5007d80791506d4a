package io.jetwright.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionSpecTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            creds: {secret: {name: a}}                               | a
            nkey: {secret: {name: a}}                                | a
            jwt: {secret: {name: a}}                                 | a
            user: {secret: {name: a}}                                | a
            token: {secret: {name: a}}                               | a
            tls: {secret: {name: a}}                                 | a
            user: {secret: {name: b}}, tls: {secret: {name: a}}      | a,b
            user: {secret: {name: a}}, tls: {secret: {name: a}}      | a
            tls: {}                                                  | ''
            domain: hub                                              | ''
            """)
    void theSecretsThatAnyFieldNamesAreListedOnceAndSorted(String fields, String names) {
        var spec = Serialization.unmarshal(
                "--- {servers: [\"nats://nats:4222\"], %s}".formatted(fields), ConnectionSpec.class);
        assertThat(String.join(",", spec.secretNames())).isEqualTo(names);
    }

    @Test
    void theNamesOfTheSecretsAreNoFieldOfTheResource() {
        var spec = Serialization.unmarshal("--- {servers: [], token: {secret: {name: a}}}", ConnectionSpec.class);
        assertThat(Serialization.asJson(spec)).doesNotContain("secretNames");
    }
}
