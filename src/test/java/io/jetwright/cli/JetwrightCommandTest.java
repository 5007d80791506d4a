package io.jetwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.operator.OperatorSettings.Variable;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

    @ParameterizedTest
    @EnumSource
    void theOperatorsHelpListsEachVariableWithItsDefault(Variable variable) {
        assertThat(execute("operator", "--help")).isZero();
        assertThat(out.toString().lines())
                .contains("  " + variable
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
