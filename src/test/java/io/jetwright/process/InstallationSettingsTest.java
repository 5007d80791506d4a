package io.jetwright.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jetwright.api.ConnectionReference;
import io.jetwright.environment.Environment;
import io.jetwright.nats.Credentials;
import io.jetwright.process.InstallationSettings.Variable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationSettingsTest {
    @TempDir
    private Path folder;

    private static InstallationSettings of(Map<String, String> environment) {
        return InstallationSettings.of(new Environment(environment));
    }

    private static InstallationSettings with(Variable variable, String value) {
        return of(Map.of(variable.name(), value));
    }

    private static IllegalArgumentException refusal(Variable variable, String value) {
        var refusal = catchThrowableOfType(IllegalArgumentException.class, () -> with(variable, value));
        assertThat(refusal).as(variable + "=" + value).isNotNull();
        assertThat(refusal).message().startsWith(variable + ": ").hasLineCount(1);
        return refusal;
    }

    @Test
    void withoutVariablesItServesAllOfTheClusterFromALocalNats() {
        InstallationSettings settings = of(Map.of());
        assertThat(settings.defaultConnection().servers()).containsExactly(URI.create("nats://localhost:4222"));
        assertThat(settings.defaultConnection().credentials()).isEqualTo(new Credentials.None());
        assertThat(settings.connectionResource()).isEmpty();
        assertThat(settings.namespaces()).isEmpty();
        assertThat(settings.connectionNamespaces()).isEmpty();
        assertThat(settings.leaseNamespace()).isNotBlank();
        assertThat(settings.lease()).isEqualTo("jetwright");
        assertThat(settings.httpPort()).isEqualTo(8080);
        assertThat(settings.clusterId()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyVariableIsAsGoodAsNone(Variable variable) {
        assertThat(with(variable, "")).isEqualTo(of(Map.of()));
        assertThat(with(variable, "  ")).isEqualTo(of(Map.of()));
        assertThat(with(variable, variable.defaultValue())).isEqualTo(of(Map.of()));
    }

    @Test
    void theDefaultConnectionsNamespaceIsWatchedToo() {
        InstallationSettings settings = of(Map.of("WATCH_NAMESPACES", "a,b", "DEFAULT_CONNECTION", "nats/default"));

        assertThat(settings.connectionResource()).contains(new ConnectionReference("default", "nats"));
        assertThat(settings.connectionNamespaces()).containsExactlyInAnyOrder("a", "b", "nats");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nats                                    | nats://nats
                    nats:4333                               | nats://nats:4333
                    nats://user:secret@a:4222, tls://b      | nats://user:secret@a:4222,tls://b
                    ws://a,,wss://b:443,                    | ws://a,wss://b:443
                    nats://token@[::1]:4222                 | nats://token@[::1]:4222
                    nats://user:p%40ss%3Aword@a             | nats://user:p%40ss%3Aword@a
                    """)
    void serversMayBeSeveralAndSchemesMayBeLeftOut(String text, String servers) {
        assertThat(with(Variable.NATS_URL, text).defaultConnection().servers())
                .containsExactlyElementsOf(
                        Stream.of(servers.split(",", -1)).map(URI::create).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nats://user:secret@",
                "http://user:secret@host",
                "nats://user:sec ret@host",
                "nats://user:secret@host:port",
                "nats://user:secret@ho st",
                "nats://user:%secret@host",
                "nats://user:secret@@host",
                "nats://good,nats://user:sec^ret@host",
                ":secret",
                "://secret"
            })
    void aWrongServerIsRefusedWithoutItsPassword(String text) {
        Throwable refusal = refusal(Variable.NATS_URL, text);
        for (Throwable each = refusal; each != null; each = each.getCause()) {
            assertThat(each).message().doesNotContain("secret").doesNotContain("sec");
        }
        assertThat(refusal).message().contains("nats://localhost:4222");
    }

    @Test
    void noServerAtAllIsRefused() {
        assertThat(refusal(Variable.NATS_URL, ", ,")).message().contains("names no server");
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(with(Variable.NATS_URL, "nats://user:secret@host").toString())
                .doesNotContain("secret");
    }

    @Test
    void aDefaultConnectionIsNamedWithItsNamespace() {
        assertThat(with(Variable.DEFAULT_CONNECTION, "nats/central").connectionResource())
                .contains(new ConnectionReference("central", "nats"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"central", "nats/", "/central", "a/b/c", "Na_ts/central"})
    void aDefaultConnectionThatIsNoneIsRefused(String text) {
        assertThat(refusal(Variable.DEFAULT_CONNECTION, text))
                .message()
                .startsWith("DEFAULT_CONNECTION: ")
                .contains("such as nats/default");
    }

    @Test
    void credentialsAreAFileThatCanBeRead() throws IOException {
        Path file = Files.writeString(folder.resolve("user.creds"), "secret");
        assertThat(with(Variable.NATS_CREDENTIALS, file.toString())
                        .defaultConnection()
                        .credentials())
                .isEqualTo(new Credentials.File(file));
        assertThat(refusal(
                        Variable.NATS_CREDENTIALS,
                        folder.resolve("missing.creds").toString()))
                .message()
                .contains("missing.creds does not exist, or cannot be read");
        refusal(Variable.NATS_CREDENTIALS, folder.toString());
        refusal(Variable.NATS_CREDENTIALS, "\0");
    }

    @Test
    void ofSeveralKubeconfigsOneHasToBeThere() throws IOException {
        Path file = Files.writeString(folder.resolve("config"), "");
        Path missing = folder.resolve("missing");
        assertThat(with(Variable.KUBECONFIG, missing + java.io.File.pathSeparator + file))
                .isEqualTo(of(Map.of()));
        assertThat(refusal(Variable.KUBECONFIG, missing.toString())).message().contains("missing");
    }

    @Test
    void namespacesAreAList() {
        assertThat(with(Variable.WATCH_NAMESPACES, "team-a, b ,,7").namespaces())
                .containsExactlyInAnyOrder("team-a", "b", "7");
        assertThat(with(Variable.WATCH_NAMESPACES, "a,a").namespaces()).containsExactly("a");
    }

    @Test
    void anIdentifierThatIsTooLongIsRefused() {
        refusal(Variable.CLUSTER_ID, "x".repeat(64));
    }

    @Test
    void theOthersAreReadAsWell() {
        Map<String, String> environment = new HashMap<>();
        environment.put("LEADER_ELECTION_NAMESPACE", "jetwright");
        environment.put("LEADER_ELECTION_LEASE", "jets");
        environment.put("HTTP_PORT", " 0 ");
        environment.put("CLUSTER_ID", "East_1.a-b");
        environment.put("LOG_FORMAT", "json");
        environment.put("LOG_LEVEL", "trace");
        InstallationSettings settings = of(environment);
        assertThat(settings.leaseNamespace()).isEqualTo("jetwright");
        assertThat(settings.lease()).isEqualTo("jets");
        assertThat(settings.httpPort()).isZero();
        assertThat(settings.clusterId()).isEqualTo(Optional.of("East_1.a-b"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    WATCH_NAMESPACES          | Team-A          | Team-A
                    WATCH_NAMESPACES          | a,b c           | b c
                    WATCH_NAMESPACES          | -a              | -a
                    WATCH_NAMESPACES          | *               | *
                    LEADER_ELECTION_NAMESPACE | Kube System     | Kube System
                    LEADER_ELECTION_NAMESPACE | a,b             | a,b
                    HTTP_PORT                 | 65536           | 0 to 65535
                    HTTP_PORT                 | -1              | 0 to 65535
                    HTTP_PORT                 | http            | 0 to 65535
                    HTTP_PORT                 | 99999999999     | 0 to 65535
                    CLUSTER_ID                | a/b             | a/b
                    CLUSTER_ID                | a b             | a b
                    LOG_FORMAT                | xml             | text, json
                    LOG_LEVEL                 | loud            | error, warn, info, debug, trace
                    LEADER_ELECTION_LEASE     | Jets            | Jets
                    """)
    void aWrongValueIsRefusedWithTheVariablesNameAndWhatIsExpected(Variable variable, String value, String part) {
        assertThat(refusal(variable, value)).message().contains(part);
    }

    @ParameterizedTest
    @EnumSource
    void eachVariableSaysWhatItIsForInOneLine(Variable variable) {
        assertThat(variable.description()).isNotBlank().hasLineCount(1);
    }

    @ParameterizedTest
    @EnumSource
    void theReferenceListsEachVariableWithItsDefault(Variable variable) throws IOException {
        assertThat(Files.readString(Path.of("docs/reference/dead-letters.md")).lines())
                .anyMatch(line -> line.startsWith("| `" + variable + "` | "
                        + (variable.defaultValue().isEmpty() ? "" : "`" + variable.defaultValue() + "`")));
    }
}
