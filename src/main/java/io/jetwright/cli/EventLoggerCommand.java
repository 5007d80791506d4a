package io.jetwright.cli;

import io.jetwright.eventlogger.EventLogger;
import io.jetwright.eventlogger.EventLoggerSettings;
import io.jetwright.eventlogger.EventLoggerSettings.Variable;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the event logger until the process is asked to end. */
@Command(
        name = "event-logger",
        description = "Runs the event logger, configured by the environment.",
        mixinStandardHelpOptions = true)
final class EventLoggerCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Lists the environment variables in the help. */
    static void describe(CommandLine commandLine) {
        Environment.describe(
                commandLine,
                "event-logger",
                Stream.of(Variable.values())
                        .map(variable -> new Environment.Line(
                                variable.name(), variable.defaultValue(), variable.description())));
    }

    @Override
    public Integer call() throws InterruptedException {
        EventLogger app;
        try {
            // read before the app's class is initialised, and with it the logging, which knows fewer values
            EventLoggerSettings settings = EventLoggerSettings.of(System.getenv());
            Logging.configure(System.getenv());
            app = new EventLogger(settings);
        } catch (IllegalArgumentException e) {
            spec.commandLine().getErr().println("jetwright: " + e.getMessage());
            return ExitCode.SOFTWARE;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(app::close, "shutdown"));
        Thread.currentThread().join();
        return ExitCode.OK;
    }
}
