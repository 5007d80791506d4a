package io.jetwright.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself, which does nothing without one of its commands. */
@Command(
        name = "jetwright",
        description = "Makes NATS JetStream declarative on Kubernetes.",
        subcommands = {OperatorCommand.class, DeadLettersCommand.class, EventLoggerCommand.class},
        mixinStandardHelpOptions = true,
        versionProvider = JetwrightCommand.Version.class)
public final class JetwrightCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** The command line, ready to execute. */
    public static CommandLine commandLine() {
        var commandLine = new CommandLine(new JetwrightCommand());
        for (CommandLine each : commandLine.getSubcommands().values()) {
            if (each.getCommand() instanceof EnvironmentCommand<?> command) {
                command.describe(each.getCommandSpec());
            }
        }
        return commandLine;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? For all of them: --help");
    }

    /** The version that the jar was built as. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = JetwrightCommand.class.getPackage().getImplementationVersion();
            return new String[] {"jetwright " + (version == null ? "(not built as a jar)" : version)};
        }
    }
}
