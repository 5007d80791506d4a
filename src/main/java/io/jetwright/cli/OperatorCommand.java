package io.jetwright.cli;

import io.jetwright.environment.Variable;
import io.jetwright.operator.JetwrightOperator;
import io.jetwright.operator.run.OperatorSettings;
import io.jetwright.process.InstallationSettings;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Runs the operator. */
@Command(
        name = "operator",
        description = "Runs the operator, configured by the environment.",
        mixinStandardHelpOptions = true)
final class OperatorCommand extends EnvironmentCommand<OperatorSettings> {
    @Override
    Stream<Variable> variables() {
        return Stream.concat(
                Stream.of(InstallationSettings.Variable.values()), Stream.of(OperatorSettings.Variable.values()));
    }

    @Override
    OperatorSettings settings(Map<String, String> environment) {
        return OperatorSettings.of(environment);
    }

    @Override
    void start(OperatorSettings settings) {
        var operator = new JetwrightOperator(settings);
        atEnd(operator::close);
        operator.start();
    }
}
