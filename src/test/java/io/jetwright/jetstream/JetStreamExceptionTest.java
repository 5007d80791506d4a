package io.jetwright.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.nats.ConnectFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JetStreamExceptionTest {
    @ParameterizedTest
    @CsvSource({"UNREACHABLE, Unreachable", "INSECURE, Insecure", "DENIED, Denied"})
    void aFailureToConnectKeepsItsKindAndItsWords(ConnectFailure.Kind kind, String type) {
        JetStreamException failure = JetStreamException.of(new ConnectFailure(kind, "see the server's log"));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
        assertThat(failure).hasMessage("see the server's log");
    }
}
