package io.jetwright.operator.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.EventLoggerSpec;
import io.jetwright.operator.pods.SecretKey;
import org.junit.jupiter.api.Test;

class NeededSecretsTest {
    private static EventLoggerSpec spec(String yaml) {
        return Serialization.unmarshal("--- " + yaml, EventLoggerSpec.class);
    }

    @Test
    void mostNeedNone() {
        assertThat(NeededSecrets.of(spec("{streamName: A}"))).isEmpty();
        assertThat(NeededSecrets.of(spec("{streamName: A, publish: {enabled: true}, env: [{name: A, value: b}]}")))
                .isEmpty();
    }

    @Test
    void theTokenMustHaveAText() {
        assertThat(NeededSecrets.of(spec("{publish: {tokenSecret: {name: publishers}}}")))
                .containsExactly(new SecretKey("publishers", "token", "spec.publish.tokenSecret", false));
        assertThat(NeededSecrets.of(spec("{publish: {tokenSecret: {name: publishers, key: bearer}}}")))
                .containsExactly(new SecretKey("publishers", "bearer", "spec.publish.tokenSecret", false));
    }

    @Test
    void variablesNeedTheirSecretsUnlessTheySayThatTheseAreOptional() {
        assertThat(NeededSecrets.of(spec("""
                {env: [
                  {name: A, valueFrom: {secretKeyRef: {name: db, key: user}}},
                  {name: B, valueFrom: {secretKeyRef: {name: db, key: none, optional: true}}},
                  {name: C, valueFrom: {configMapKeyRef: {name: db, key: user}}}]}
                """))).containsExactly(new SecretKey("db", "user", "spec.env (A)", true));
    }
}
