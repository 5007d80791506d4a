package io.jetwright.eventlogger;

import io.jetwright.nats.ConnectionSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The event logger's configuration.
 *
 * @param servers NATS servers; at least one
 * @param access how it is let in
 * @param jetStreamPrefix of JetStream's API, such as {@code $JS.hub.API}; empty: the server's own
 * @param stream its name
 * @param consumer the durable consumer's name
 * @param createConsumer whether the consumer is created where it does not exist
 * @param subjectPrefix what a name is put behind to make a subject, without the dot; empty: taken from the stream
 * @param historySize how many events are shown at most
 * @param httpPort 0 for a free one
 * @param basePath where a proxy shows the app, such as {@code /logger}; empty: at the root
 * @param instance tells this replica from others
 */
public record EventLoggerSettings(
        List<URI> servers,
        NatsAccess access,
        Optional<String> jetStreamPrefix,
        String stream,
        String consumer,
        boolean createConsumer,
        Optional<String> subjectPrefix,
        int historySize,
        int httpPort,
        String basePath,
        String instance) {
    /** More would not fit into the memory that a pod of this app is given. */
    private static final int LARGEST_HISTORY = 10_000;

    private static final List<String> SCHEMES = List.of("nats", "tls", "ws", "wss");

    /** The environment variables, as {@code --help} lists them. */
    public enum Variable {
        NATS_URL("nats://localhost:4222", "NATS servers, separated by commas"),
        NATS_CREDENTIALS("", "a NATS credentials file (.creds)"),
        NATS_NKEY_FILE("", "a file with the seed of the user's NKey"),
        NATS_JWT_FILE("", "a file with the user's JWT; with NATS_NKEY_FILE"),
        NATS_USER_FILE("", "a file with the user's name; with NATS_PASSWORD_FILE"),
        NATS_PASSWORD_FILE("", "a file with the user's password; with NATS_USER_FILE"),
        NATS_TOKEN_FILE("", "a file with the token"),
        NATS_TLS_CA_FILE("", "certificates (PEM) of the authorities that may sign the servers'; empty: Java's own"),
        NATS_TLS_CERT_FILE("", "the client's certificate (PEM); with NATS_TLS_KEY_FILE"),
        NATS_TLS_KEY_FILE("", "the key of the client's certificate (PEM, not encrypted); with NATS_TLS_CERT_FILE"),
        NATS_TLS_FIRST("false", "true where servers expect TLS before anything else (handshake_first)"),
        JETSTREAM_DOMAIN("", "the JetStream domain, where it is not the server's own"),
        JETSTREAM_API_PREFIX("", "the prefix of JetStream's API, where an account imports it"),
        STREAM_NAME("EVENTS", "the stream"),
        CONSUMER_NAME("event-logger", "the durable consumer that acknowledges what was seen"),
        CREATE_CONSUMER("false", "true to create the consumer where it does not exist"),
        SUBJECT_PREFIX("", "a name is published to <prefix>.<name>; empty: that of the stream's wildcard subject"),
        HISTORY_SIZE("100", "how many events are shown, 1 to 10000"),
        HTTP_PORT("8080", "the port of the page and the API; 0: any free one"),
        BASE_PATH("", "the path under which an ingress shows the app, such as /logger; empty: at the root"),
        INSTANCE_NAME("", "tells this replica from others; empty: the name of the host, which is the pod's"),
        LOG_FORMAT("text", "text or json"),
        LOG_LEVEL("info", "error, warn, info, debug or trace");

        private final String defaultValue;
        private final String description;

        Variable(String defaultValue, String description) {
            this.defaultValue = defaultValue;
            this.description = description;
        }

        /** Used where the variable is not set, or is empty. */
        public String defaultValue() {
            return defaultValue;
        }

        /** What it is for. */
        public String description() {
            return description;
        }
    }

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException if a value is wrong; the message is one line that names the variable
     */
    public static EventLoggerSettings of(Map<String, String> environment) {
        var values = new Values(environment);
        values.read(Variable.LOG_FORMAT, text -> oneOf(text, "text", "json"));
        values.read(Variable.LOG_LEVEL, text -> oneOf(text, "error", "warn", "info", "debug", "trace"));
        return new EventLoggerSettings(
                values.read(Variable.NATS_URL, EventLoggerSettings::servers),
                access(values),
                jetStreamPrefix(values),
                values.read(Variable.STREAM_NAME, EventLoggerSettings::assetName),
                values.read(Variable.CONSUMER_NAME, EventLoggerSettings::assetName),
                values.flag(Variable.CREATE_CONSUMER),
                values.read(Variable.SUBJECT_PREFIX, EventLoggerSettings::prefix),
                values.read(Variable.HISTORY_SIZE, text -> number(text, 1, LARGEST_HISTORY)),
                values.read(Variable.HTTP_PORT, text -> number(text, 0, 65_535)),
                values.read(Variable.BASE_PATH, EventLoggerSettings::basePath),
                values.read(Variable.INSTANCE_NAME, text -> text.isEmpty() ? hostName(environment) : text));
    }

    private static NatsAccess access(Values values) {
        Function<Variable, Optional<Path>> file = variable -> values.read(variable, EventLoggerSettings::file);
        values.requireBeside(Variable.NATS_JWT_FILE, Variable.NATS_NKEY_FILE);
        values.requireBothOrNone(Variable.NATS_USER_FILE, Variable.NATS_PASSWORD_FILE);
        values.requireBothOrNone(Variable.NATS_TLS_CERT_FILE, Variable.NATS_TLS_KEY_FILE);
        values.requireAtMostOne(
                Variable.NATS_CREDENTIALS, Variable.NATS_NKEY_FILE, Variable.NATS_USER_FILE, Variable.NATS_TOKEN_FILE);
        return new NatsAccess(
                file.apply(Variable.NATS_CREDENTIALS),
                file.apply(Variable.NATS_NKEY_FILE),
                file.apply(Variable.NATS_JWT_FILE),
                file.apply(Variable.NATS_USER_FILE),
                file.apply(Variable.NATS_PASSWORD_FILE),
                file.apply(Variable.NATS_TOKEN_FILE),
                new NatsAccess.Tls(
                        file.apply(Variable.NATS_TLS_CA_FILE),
                        file.apply(Variable.NATS_TLS_CERT_FILE),
                        file.apply(Variable.NATS_TLS_KEY_FILE),
                        values.flag(Variable.NATS_TLS_FIRST)));
    }

    private static Optional<String> jetStreamPrefix(Values values) {
        values.requireAtMostOne(Variable.JETSTREAM_DOMAIN, Variable.JETSTREAM_API_PREFIX);
        Optional<String> domain = values.read(Variable.JETSTREAM_DOMAIN, text -> optional(text, "[A-Za-z0-9_-]+"));
        Optional<String> prefix =
                values.read(Variable.JETSTREAM_API_PREFIX, text -> optional(text, "[^\\s*>.]+([.][^\\s*>.]+)*[.]?"));
        return domain.map(ConnectionSettings::apiOfDomain).or(() -> prefix.map(text -> text.replaceAll("[.]$", "")));
    }

    private static List<URI> servers(String text) {
        List<URI> servers = new ArrayList<>();
        for (String server : text.split(",", -1)) {
            if (!server.isBlank()) {
                servers.add(server(server.strip()));
            }
        }
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("names no server; expected such as nats://localhost:4222");
        }
        return List.copyOf(servers);
    }

    private static URI server(String text) {
        try {
            var server = new URI(text.contains("://") ? text : "nats://" + text);
            if (SCHEMES.contains(server.getScheme()) && server.getHost() != null) {
                return server;
            }
        } catch (URISyntaxException e) {
            // refused below, without the value: it may hold a password
        }
        throw new IllegalArgumentException("is no URL of a NATS server; expected such as nats://localhost:4222 or"
                + " tls://nats.example.com:4222");
    }

    private static Optional<Path> file(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Path file = Path.of(text);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException("the file " + text + " does not exist, or cannot be read");
        }
        return Optional.of(file);
    }

    private static String assetName(String text) {
        if (!text.matches("[^\\s.*>/\\\\]{1,255}")) {
            throw new IllegalArgumentException("'" + text
                    + "' is no name; expected one without spaces, dots, wildcards and slashes, such as EVENTS");
        }
        return text;
    }

    private static Optional<String> prefix(String text) {
        String prefix = text.replaceAll("[.]>?$", "");
        if (!prefix.isEmpty() && Subjects.fault(prefix) != null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no subject without wildcards; expected such as events");
        }
        return Optional.of(prefix).filter(each -> !each.isEmpty());
    }

    private static int number(String text, int least, int most) {
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is none of the numbers from " + least + " to " + most);
    }

    private static String basePath(String text) {
        String path = text.replaceAll("/+$", "");
        if (!path.matches("(/[A-Za-z0-9._~-]+)*")) {
            throw new IllegalArgumentException("'" + text + "' is no path; expected such as /logger");
        }
        return path;
    }

    private static Optional<String> optional(String text, String pattern) {
        if (!text.isEmpty() && !text.matches(pattern)) {
            throw new IllegalArgumentException("'" + text + "' has spaces, wildcards or empty tokens");
        }
        return Optional.of(text).filter(each -> !each.isEmpty());
    }

    private static String oneOf(String text, String... choices) {
        if (!List.of(choices).contains(text)) {
            throw new IllegalArgumentException("'" + text + "' is none of " + String.join(", ", choices));
        }
        return text;
    }

    private static String hostName(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("HOSTNAME")).orElse("event-logger");
    }

    /** The environment, with the defaults. */
    private record Values(Map<String, String> environment) {
        String get(Variable variable) {
            String value = environment.getOrDefault(variable.name(), "").strip();
            return value.isEmpty() ? variable.defaultValue() : value;
        }

        <T> T read(Variable variable, Function<String, T> parser) {
            try {
                return parser.apply(get(variable));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(variable + ": " + e.getMessage(), e);
            }
        }

        boolean flag(Variable variable) {
            return read(variable, text -> oneOf(text, "true", "false").equals("true"));
        }

        void requireBothOrNone(Variable one, Variable other) {
            requireBeside(one, other);
            requireBeside(other, one);
        }

        /** The one needs the other. */
        void requireBeside(Variable one, Variable other) {
            if (!get(one).isEmpty() && get(other).isEmpty()) {
                throw new IllegalArgumentException(other + ": is missing; set it beside " + one);
            }
        }

        void requireAtMostOne(Variable... variables) {
            List<Variable> set =
                    Stream.of(variables).filter(each -> !get(each).isEmpty()).toList();
            if (set.size() > 1) {
                throw new IllegalArgumentException(
                        set.get(1) + ": " + set.get(0) + " is set as well; only one of them can be used");
            }
        }
    }
}
