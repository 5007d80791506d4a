package io.jetwright.cli;

import io.jetwright.environment.Variable;
import io.jetwright.eventlogger.EventLogger;
import io.jetwright.eventlogger.EventLoggerSettings;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Runs the event logger. */
@Command(
        name = "event-logger",
        description = "Runs the event logger, configured by the environment.",
        mixinStandardHelpOptions = true)
final class EventLoggerCommand extends EnvironmentCommand<EventLoggerSettings> {
    @Override
    Stream<Variable> variables() {
        return Stream.of(EventLoggerSettings.Variable.values());
    }

    @Override
    EventLoggerSettings settings(Map<String, String> environment) {
        return EventLoggerSettings.of(environment);
    }

    @Override
    void start(EventLoggerSettings settings) {
        atEnd(new EventLogger(settings)::close);
    }
}
