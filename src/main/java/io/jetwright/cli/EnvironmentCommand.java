package io.jetwright.cli;

import io.jetwright.environment.Variable;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that is configured by the environment, and runs until the process is asked to end.
 *
 * @param <S> its configuration
 */
abstract class EnvironmentCommand<S> implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** What it is configured by. */
    abstract Stream<Variable> variables();

    /**
     * Reads the configuration, and has nothing initialised that logs.
     *
     * @throws IllegalArgumentException if a value is wrong; the message is one line
     */
    abstract S settings(Map<String, String> environment);

    /**
     * Starts what is to run; returns once it does.
     *
     * @throws IllegalArgumentException if it cannot be with these settings; the message is one line
     * @throws IllegalStateException if it cannot be now; the message is one line
     */
    abstract void start(S settings);

    /** Has something done when the process is asked to end. */
    static void atEnd(Runnable action) {
        Runtime.getRuntime().addShutdownHook(new Thread(action, "shutdown"));
    }

    /** Lists the environment variables in the command's help. */
    void describe(CommandSpec command) {
        command.usageMessage()
                .footerHeading("%nEnvironment:%n")
                .footer(variables()
                        .flatMap(variable -> Stream.of(
                                "  " + variable.name()
                                        + (variable.defaultValue().isEmpty()
                                                ? ""
                                                : " (" + variable.defaultValue() + ")"),
                                "        " + variable.description()))
                        .toArray(String[]::new));
    }

    @Override
    public final Integer call() throws InterruptedException {
        try {
            // before anything is initialised that logs: the logging knows fewer values
            S settings = settings(System.getenv());
            Logging.configure(System.getenv());
            Exhaustion.prepare();
            start(settings);
        } catch (IllegalArgumentException | IllegalStateException e) {
            spec.commandLine().getErr().println("jetwright: " + e.getMessage());
            return ExitCode.SOFTWARE;
        }
        Thread.currentThread().join();
        return ExitCode.OK;
    }
}
