package io.jetwright.cli;

import io.jetwright.environment.Variable;
import io.jetwright.process.InstallationSettings;
import io.jetwright.relay.DeadLetterRelay;
import io.jetwright.relay.RelaySettings;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Runs the relay of dead letters. */
@Command(
        name = "dead-letters",
        description = "Runs the relay of dead letters, configured by the environment.",
        mixinStandardHelpOptions = true)
final class DeadLettersCommand extends EnvironmentCommand<RelaySettings> {
    @Override
    Stream<Variable> variables() {
        return Stream.concat(
                Stream.of(InstallationSettings.Variable.values()), Stream.of(RelaySettings.Variable.values()));
    }

    @Override
    RelaySettings settings(Map<String, String> environment) {
        return RelaySettings.of(environment);
    }

    @Override
    void start(RelaySettings settings) {
        var relay = new DeadLetterRelay(settings);
        atEnd(relay::close);
        relay.start();
    }
}
