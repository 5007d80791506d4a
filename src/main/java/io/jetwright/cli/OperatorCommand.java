package io.jetwright.cli;

import io.jetwright.environment.Variable;
import io.jetwright.operator.JetwrightOperator;
import io.jetwright.operator.run.OperatorSettings;
import java.util.Map;
import picocli.CommandLine.Command;

/** Runs the operator. */
@Command(
        name = "operator",
        description = "Runs the operator, configured by the environment.",
        mixinStandardHelpOptions = true)
final class OperatorCommand extends EnvironmentCommand<OperatorSettings> {
    @Override
    Variable[] variables() {
        return OperatorSettings.Variable.values();
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
