package io.jetwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.environment.Variable;
import io.jetwright.eventlogger.EventLoggerSettings;
import io.jetwright.operator.run.OperatorSettings;
import io.jetwright.process.InstallationSettings;
import io.jetwright.relay.RelaySettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class JetwrightCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        CommandLine commandLine = JetwrightCommand.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }

    @Test
    void helpListsTheCommands() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString()).contains("Makes NATS JetStream declarative", "operator");
    }

    static Stream<Arguments> variables() {
        return Stream.of(
                        Stream.of(InstallationSettings.Variable.values())
                                .flatMap(each ->
                                        Stream.of(Arguments.of("operator", each), Arguments.of("dead-letters", each))),
                        Stream.of(OperatorSettings.Variable.values()).map(each -> Arguments.of("operator", each)),
                        Stream.of(RelaySettings.Variable.values()).map(each -> Arguments.of("dead-letters", each)),
                        Stream.of(EventLoggerSettings.Variable.values())
                                .map(each -> Arguments.of("event-logger", each)))
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("variables")
    void theHelpListsEachVariableWithItsDefault(String command, Variable variable) {
        assertThat(execute(command, "--help")).isZero();
        assertThat(out.toString().lines())
                .contains("  " + variable.name()
                        + (variable.defaultValue().isEmpty() ? "" : " (" + variable.defaultValue() + ")"));
        assertThat(out.toString().replaceAll("\\s+", " ")).contains(variable.description());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theVersionIsThatOfTheJar() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).startsWith("jetwright ");
    }

    @Test
    void withoutACommandItSaysWhereTheyAre() {
        assertThat(execute()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).startsWith("Which command? For all of them: --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"opperator", "--verbose"})
    void whatItDoesNotKnowItRefuses(String argument) {
        assertThat(execute(argument)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains(argument);
    }
}
