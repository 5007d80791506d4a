package io.jetwright.cli;

import io.jetwright.operator.JetwrightOperator;
import io.jetwright.operator.OperatorSettings;
import io.jetwright.operator.OperatorSettings.Variable;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the operator until the process is asked to end. */
@Command(
        name = "operator",
        description = "Runs the operator, configured by the environment.",
        mixinStandardHelpOptions = true)
final class OperatorCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Lists the environment variables in the help. */
    static void describe(CommandLine commandLine) {
        Environment.describe(
                commandLine,
                "operator",
                Stream.of(Variable.values())
                        .map(variable -> new Environment.Line(
                                variable.name(), variable.defaultValue(), variable.description())));
    }

    @Override
    public Integer call() throws InterruptedException {
        JetwrightOperator operator;
        try {
            // read before the operator's class is initialised, and with it the logging, which knows fewer values
            OperatorSettings settings = OperatorSettings.of(System.getenv());
            Logging.configure(System.getenv());
            operator = new JetwrightOperator(settings);
        } catch (IllegalArgumentException e) {
            return refuse(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(operator::close, "shutdown"));
        try {
            operator.start();
        } catch (IllegalStateException e) {
            return refuse(e);
        }
        Thread.currentThread().join();
        return ExitCode.OK;
    }

    private int refuse(RuntimeException failure) {
        spec.commandLine().getErr().println("jetwright: " + failure.getMessage());
        return ExitCode.SOFTWARE;
    }
}
