package io.jetwright.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jetwright.api.ConnectionReference;
import io.jetwright.relay.RelaySettings.Variable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RelaySettingsTest {
    @Test
    void withoutVariablesItServesAllOfTheClusterFromALocalNats() {
        RelaySettings settings = RelaySettings.of(Map.of());

        assertThat(settings.defaultConnection().servers()).containsExactly(URI.create("nats://localhost:4222"));
        assertThat(settings.captureStream()).isEmpty();
        assertThat(settings.connectionResource()).isEmpty();
        assertThat(settings.namespaces()).isEmpty();
        assertThat(settings.connectionNamespaces()).isEmpty();
        assertThat(settings.installation()).isEqualTo("jetwright");
        assertThat(settings.httpPort()).isEqualTo(8080);
        assertThat(settings.clusterId()).isEmpty();
    }

    @Test
    void theDefaultConnectionsNamespaceIsWatchedToo() {
        RelaySettings settings = RelaySettings.of(Map.of(
                "WATCH_NAMESPACES", "a,b", "DEFAULT_CONNECTION", "nats/default", "CAPTURE_STREAM", "ADVISORIES"));

        assertThat(settings.connectionResource()).contains(new ConnectionReference("default", "nats"));
        assertThat(settings.connectionNamespaces()).containsExactlyInAnyOrder("a", "b", "nats");
        assertThat(settings.captureStream()).isEqualTo(Optional.of("ADVISORIES"));
    }

    @ParameterizedTest
    @CsvSource({
        "NATS_URL, http://a",
        "NATS_CREDENTIALS, /no/such/file",
        "CAPTURE_STREAM, a.b",
        "DEFAULT_CONNECTION, nats",
        "WATCH_NAMESPACES, A",
        "LEADER_ELECTION_NAMESPACE, A",
        "LEADER_ELECTION_LEASE, A",
        "HTTP_PORT, 70000",
        "CLUSTER_ID, a/b",
        "LOG_FORMAT, xml",
        "LOG_LEVEL, loud",
        "KUBECONFIG, /no/such/file"
    })
    void whatIsWrongIsRefusedByName(String variable, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RelaySettings.of(Map.of(variable, value)))
                .withMessageStartingWith(variable + ": ");
    }

    @ParameterizedTest
    @EnumSource
    void theReferenceListsEachVariableWithItsDefault(Variable variable) throws IOException {
        assertThat(Files.readString(Path.of("docs/reference/dead-letters.md")).lines())
                .anyMatch(line -> line.startsWith("| `" + variable + "` | "
                        + (variable.defaultValue().isEmpty() ? "" : "`" + variable.defaultValue() + "`")));
    }
}
