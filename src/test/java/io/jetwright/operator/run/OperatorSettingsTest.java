package io.jetwright.operator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jetwright.api.ImagePullPolicy;
import io.jetwright.environment.Environment;
import io.jetwright.operator.run.OperatorSettings.Variable;
import io.jetwright.process.InstallationSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OperatorSettingsTest {
    private static OperatorSettings with(Variable variable, String value) {
        return OperatorSettings.of(Map.of(variable.name(), value));
    }

    private static IllegalArgumentException refusal(Variable variable, String value) {
        var refusal = catchThrowableOfType(IllegalArgumentException.class, () -> with(variable, value));
        assertThat(refusal).as(variable + "=" + value).isNotNull();
        assertThat(refusal).message().startsWith(variable + ": ").hasLineCount(1);
        return refusal;
    }

    @Test
    void withoutVariablesItIsTheOnlyOne() {
        OperatorSettings settings = OperatorSettings.of(Map.of());
        assertThat(settings.installation()).isEqualTo(InstallationSettings.of(new Environment(Map.of())));
        assertThat(settings.resync()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.leaderElection()).isFalse();
        assertThat(with(Variable.LEADER_ELECTION, "true").leaderElection()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyVariableIsAsGoodAsNone(Variable variable) {
        assertThat(with(variable, "")).isEqualTo(OperatorSettings.of(Map.of()));
        assertThat(with(variable, "  ")).isEqualTo(OperatorSettings.of(Map.of()));
        assertThat(with(variable, variable.defaultValue())).isEqualTo(OperatorSettings.of(Map.of()));
    }

    @Test
    void variablesOfOthersAreIgnored() {
        assertThat(OperatorSettings.of(Map.of("PATH", "/bin", "HTTP_PROXY", "nonsense")))
                .isEqualTo(OperatorSettings.of(Map.of()));
    }

    @Test
    void eventLoggersRunTheOperatorsImageUnlessOthersAreAllowed() {
        assertThat(OperatorSettings.of(Map.of()).eventLoggers()).isTrue();
        assertThat(with(Variable.EVENT_LOGGER_ENABLED, "false").eventLoggers()).isFalse();
        assertThat(OperatorSettings.of(Map.of()).allowedImages()).isEmpty();
        assertThat(with(Variable.EVENT_LOGGER_ALLOWED_IMAGES, "a:1, registry.example/team/*")
                        .allowedImages())
                .containsExactly("a:1", "registry.example/team/*");
        assertThat(with(Variable.EVENT_LOGGER_ALLOWED_IMAGES, "*").allowedImages())
                .containsExactly("*");
    }

    @Test
    void theOperatorsImageIsPulledAsKubernetesDoesUnlessItIsSaid() {
        assertThat(OperatorSettings.of(Map.of()).imagePullPolicy()).isEmpty();
        assertThat(with(Variable.IMAGE_PULL_POLICY, "IfNotPresent").imagePullPolicy())
                .contains(ImagePullPolicy.IF_NOT_PRESENT);
    }

    @ParameterizedTest
    @CsvSource({"1s, PT1S", "90m, PT1H30M", "1d, PT24H"})
    void theResyncIsADuration(String text, Duration interval) {
        assertThat(with(Variable.RESYNC_INTERVAL, text).resync()).isEqualTo(interval);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RESYNC_INTERVAL           | 60              | 60
                    RESYNC_INTERVAL           | 999ms           | shorter than 1s
                    RESYNC_INTERVAL           | 0s              | shorter than 1s
                    RESYNC_INTERVAL           | soon            | soon
                    RESYNC_INTERVAL           | -5s             | -5s
                    LEADER_ELECTION           | yes             | true, false
                    LEADER_ELECTION           | TRUE            | true, false
                    IMAGE                     | a b             | such as registry.example/jetwright:1.0
                    EVENT_LOGGER_ENABLED      | no              | none of true, false
                    EVENT_LOGGER_ALLOWED_IMAGES | a*b           | such as registry.example/app:1.0
                    IMAGE_PULL_POLICY         | always          | none of Always, IfNotPresent, Never
                    """)
    void aWrongValueIsRefusedWithTheVariablesNameAndWhatIsExpected(Variable variable, String value, String part) {
        assertThat(refusal(variable, value)).message().contains(part);
    }

    @ParameterizedTest
    @EnumSource
    void eachVariableSaysWhatItIsForInOneLine(Variable variable) {
        assertThat(variable.description()).isNotBlank().hasLineCount(1);
    }
}
