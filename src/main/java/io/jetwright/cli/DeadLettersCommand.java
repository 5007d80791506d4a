package io.jetwright.cli;

import io.jetwright.environment.Variable;
import io.jetwright.relay.DeadLetterRelay;
import io.jetwright.relay.RelaySettings;
import java.util.Map;
import picocli.CommandLine.Command;

/** Runs the relay of dead letters. */
@Command(
        name = "dead-letters",
        description = "Runs the relay of dead letters, configured by the environment.",
        mixinStandardHelpOptions = true)
final class DeadLettersCommand extends EnvironmentCommand<RelaySettings> {
    @Override
    Variable[] variables() {
        return RelaySettings.Variable.values();
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
