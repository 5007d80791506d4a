package io.jetwright.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jetwright.environment.Environment;
import io.jetwright.process.InstallationSettings;
import io.jetwright.relay.RelaySettings.Variable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RelaySettingsTest {
    @Test
    void theInstallationIsReadAndACaptureStreamBesideIt() {
        Map<String, String> environment = Map.of("WATCH_NAMESPACES", "a,b", "CAPTURE_STREAM", "ADVISORIES");

        RelaySettings settings = RelaySettings.of(environment);

        assertThat(settings.installation()).isEqualTo(InstallationSettings.of(new Environment(environment)));
        assertThat(settings.captureStream()).contains("ADVISORIES");
        assertThat(RelaySettings.of(Map.of()).captureStream()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CAPTURE_STREAM, a.b", "CLUSTER_ID, a/b"})
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
