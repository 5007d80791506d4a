package io.jetwright.relay;

import io.jetwright.environment.Environment;
import io.jetwright.process.InstallationSettings;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of the relay of dead letters.
 *
 * @param installation what the operator is configured by, too
 * @param captureStream the stream that stores the advisories of the default connection; empty: the relay makes one
 */
public record RelaySettings(InstallationSettings installation, Optional<String> captureStream) {
    /** Its own environment variables, as {@code --help} lists them after those of {@link InstallationSettings}. */
    public enum Variable implements io.jetwright.environment.Variable {
        CAPTURE_STREAM(
                "", "a stream on NATS_URL that stores the advisories of consumers already; empty: the relay makes one");

        private final String defaultValue;
        private final String description;

        Variable(String defaultValue, String description) {
            this.defaultValue = defaultValue;
            this.description = description;
        }

        @Override
        public String defaultValue() {
            return defaultValue;
        }

        @Override
        public String description() {
            return description;
        }
    }

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException if a value is wrong; the message is one line that names the variable
     */
    public static RelaySettings of(Map<String, String> environment) {
        var values = new Environment(environment);
        return new RelaySettings(
                InstallationSettings.of(values), values.read(Variable.CAPTURE_STREAM, RelaySettings::stream));
    }

    private static Optional<String> stream(String text) {
        if (!text.matches("[^\\s.*>/\\\\]{0,255}")) {
            throw new IllegalArgumentException("'" + text + "' is no name of a stream; expected such as ADVISORIES");
        }
        return Optional.of(text).filter(name -> !name.isEmpty());
    }
}
