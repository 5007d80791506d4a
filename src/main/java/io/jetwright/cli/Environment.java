package io.jetwright.cli;

import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The environment variables of a command, as its help lists them. */
final class Environment {
    private Environment() {}

    /** A variable; the default may be empty. */
    record Line(String name, String defaultValue, String description) {}

    static void describe(CommandLine commandLine, String command, Stream<Line> lines) {
        Objects.requireNonNull(commandLine.getSubcommands().get(command))
                .getCommandSpec()
                .usageMessage()
                .footerHeading("%nEnvironment:%n")
                .footer(lines.flatMap(line -> Stream.of(
                                "  " + line.name()
                                        + (line.defaultValue().isEmpty() ? "" : " (" + line.defaultValue() + ")"),
                                "        " + line.description()))
                        .toArray(String[]::new));
    }
}
