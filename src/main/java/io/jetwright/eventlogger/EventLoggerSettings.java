package io.jetwright.eventlogger;

import io.jetwright.environment.Environment;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.subject.SubjectPattern;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The event logger's configuration.
 *
 * @param servers NATS servers; at least one
 * @param access credentials and TLS
 * @param jetStreamPrefix of JetStream's API, such as {@code $JS.hub.API}; empty: the default prefix
 * @param stream the stream's name
 * @param consumer the durable consumer's name
 * @param createConsumer whether the app creates the consumer if it does not exist
 * @param subjectPrefix an event's subject is this prefix, a dot and the event's name; empty: taken from the stream
 * @param subjects patterns of the subjects that are shown, of which no two overlap; empty: all with the prefix, or all
 *     of the stream
 * @param payloads which payloads are protobuf or MessagePack
 * @param historySize how many events are shown at most
 * @param publishAccess who may publish
 * @param httpPort of the page and the API; 0 for a free one
 * @param managementPort of metrics and probes; 0 for a free one, else another than {@code httpPort}
 * @param basePath where a proxy shows the app, such as {@code /logger}; empty: at the root
 * @param trustedProxies whose X-Forwarded-For is believed
 * @param connectionsPerAddress how many connections and listeners one address may have at the same time
 * @param instance the name of this replica
 */
public record EventLoggerSettings(
        List<URI> servers,
        NatsAccess access,
        Optional<String> jetStreamPrefix,
        String stream,
        String consumer,
        boolean createConsumer,
        Optional<String> subjectPrefix,
        List<String> subjects,
        PayloadSettings payloads,
        int historySize,
        PublishAccess publishAccess,
        int httpPort,
        int managementPort,
        String basePath,
        List<Network> trustedProxies,
        int connectionsPerAddress,
        String instance) {
    /** More events do not fit into the memory that a pod of this app has by default. */
    private static final int MAX_HISTORY_SIZE = 10_000;

    /** The environment variables, as {@code --help} lists them. */
    public enum Variable implements io.jetwright.environment.Variable {
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
        SUBJECT_PREFIX(
                "", "a name is published to <prefix>.<name>; empty: that of the subjects, if they have only one"),
        SUBJECTS("", "the subjects that are shown, separated by commas; empty: all with the prefix, or of the stream"),
        PROTOBUF_DESCRIPTORS("", "a file or folder with descriptor sets of protobuf messages, as protoc makes them"),
        PROTOBUF_TYPES("", "which message the payloads of which subjects are: pattern=message, separated by commas"),
        MSGPACK_SUBJECTS("", "patterns of subjects whose payloads are MessagePack, separated by commas"),
        HISTORY_SIZE("100", "how many events are shown, 1 to 10000"),
        PUBLISH("true", "false: POST /publish is refused, and the page only shows"),
        PUBLISH_TOKEN_FILE("", "a file with the bearer token that POST /publish takes; empty: it takes none"),
        HTTP_PORT("8080", "the port of the page and the API; 0: any free one"),
        MANAGEMENT_PORT("8081", "the port of /metrics, probes and the full /status; 0: any free one"),
        BASE_PATH("", "the path under which an ingress shows the app, such as /logger; empty: at the root"),
        TRUSTED_PROXIES("", "addresses or ranges (10.0.0.0/8) of proxies whose X-Forwarded-For is believed, by commas"),
        CONNECTIONS_PER_ADDRESS(
                "250", "how many connections one address may have, 1 to 2000; a trusted proxy has no limit"),
        INSTANCE_NAME("", "tells this replica from others; empty: the name of the host, which is the pod's"),
        LOG_FORMAT("text", "text or json"),
        LOG_LEVEL("info", "error, warn, info, debug or trace");

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
    public static EventLoggerSettings of(Map<String, String> environment) {
        var values = new Environment(environment);
        values.oneOf(Variable.LOG_FORMAT, "text", "json");
        values.oneOf(Variable.LOG_LEVEL, "error", "warn", "info", "debug", "trace");
        return new EventLoggerSettings(
                values.read(Variable.NATS_URL, text -> ConnectionSettings.servers(Environment.list(text))),
                access(values),
                jetStreamPrefix(values),
                values.read(Variable.STREAM_NAME, EventLoggerSettings::assetName),
                values.read(Variable.CONSUMER_NAME, EventLoggerSettings::assetName),
                values.flag(Variable.CREATE_CONSUMER),
                values.read(Variable.SUBJECT_PREFIX, EventLoggerSettings::prefix),
                values.read(Variable.SUBJECTS, EventLoggerSettings::subjects),
                PayloadSettings.of(values),
                values.number(Variable.HISTORY_SIZE, 1, MAX_HISTORY_SIZE),
                new PublishAccess(values.flag(Variable.PUBLISH), publishToken(values)),
                values.port(Variable.HTTP_PORT),
                managementPort(values),
                values.read(Variable.BASE_PATH, EventLoggerSettings::basePath),
                values.read(Variable.TRUSTED_PROXIES, EventLoggerSettings::networks),
                values.number(Variable.CONNECTIONS_PER_ADDRESS, 1, 2_000),
                values.read(Variable.INSTANCE_NAME, text -> text.isEmpty() ? hostName(environment) : text));
    }

    private static Optional<Path> publishToken(Environment values) {
        Optional<Path> file = values.file(Variable.PUBLISH_TOKEN_FILE);
        return values.read(Variable.PUBLISH_TOKEN_FILE, text -> {
            file.ifPresent(PublishAccess::requireToken);
            return file;
        });
    }

    private static int managementPort(Environment values) {
        int taken = values.port(Variable.HTTP_PORT);
        int port = values.port(Variable.MANAGEMENT_PORT);
        return values.read(Variable.MANAGEMENT_PORT, text -> {
            if (port == taken && port != 0) {
                throw new IllegalArgumentException(port + " is HTTP_PORT as well; choose another");
            }
            return port;
        });
    }

    private static NatsAccess access(Environment values) {
        values.requireBeside(Variable.NATS_JWT_FILE, Variable.NATS_NKEY_FILE);
        values.requireBothOrNone(Variable.NATS_USER_FILE, Variable.NATS_PASSWORD_FILE);
        values.requireBothOrNone(Variable.NATS_TLS_CERT_FILE, Variable.NATS_TLS_KEY_FILE);
        values.requireAtMostOne(
                Variable.NATS_CREDENTIALS, Variable.NATS_NKEY_FILE, Variable.NATS_USER_FILE, Variable.NATS_TOKEN_FILE);
        return new NatsAccess(
                values.file(Variable.NATS_CREDENTIALS),
                values.file(Variable.NATS_NKEY_FILE),
                values.file(Variable.NATS_JWT_FILE),
                values.file(Variable.NATS_USER_FILE),
                values.file(Variable.NATS_PASSWORD_FILE),
                values.file(Variable.NATS_TOKEN_FILE),
                new NatsAccess.Tls(
                        values.file(Variable.NATS_TLS_CA_FILE),
                        values.file(Variable.NATS_TLS_CERT_FILE),
                        values.file(Variable.NATS_TLS_KEY_FILE),
                        values.flag(Variable.NATS_TLS_FIRST)));
    }

    private static Optional<String> jetStreamPrefix(Environment values) {
        values.requireAtMostOne(Variable.JETSTREAM_DOMAIN, Variable.JETSTREAM_API_PREFIX);
        Optional<String> domain = values.read(Variable.JETSTREAM_DOMAIN, text -> optional(text, "[A-Za-z0-9_-]+"));
        Optional<String> prefix =
                values.read(Variable.JETSTREAM_API_PREFIX, text -> optional(text, "[^\\s*>.]+([.][^\\s*>.]+)*[.]?"));
        return domain.map(ConnectionSettings::apiOfDomain).or(() -> prefix.map(text -> text.replaceAll("[.]$", "")));
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

    private static List<String> subjects(String text) {
        List<String> subjects = Environment.list(text);
        for (String subject : subjects) {
            String fault = Subjects.patternFault(subject);
            if (fault != null) {
                throw new IllegalArgumentException(
                        "'%s' %s; expected such as auth.user.>,auth.session.*".formatted(subject, fault));
            }
        }
        for (int i = 0; i < subjects.size(); i++) {
            for (String later : subjects.subList(i + 1, subjects.size())) {
                if (SubjectPattern.overlap(subjects.get(i), later)) {
                    throw new IllegalArgumentException("%s and %s have subjects in common; leave one of them out"
                            .formatted(subjects.get(i), later));
                }
            }
        }
        return subjects;
    }

    private static List<Network> networks(String text) {
        return Environment.list(text).stream().map(Network::parse).toList();
    }

    private static String basePath(String text) {
        String path = text.replaceAll("/+$", "");
        if (!path.matches("(/[A-Za-z0-9._~-]+)*")) {
            throw new IllegalArgumentException("'" + text + "' is no path; expected such as /logger");
        }
        if (Routes.isReserved(path)) {
            throw new IllegalArgumentException(
                    "'" + text + "' begins as a path of the API does; expected another one, such as /logger");
        }
        return path;
    }

    private static Optional<String> optional(String text, String pattern) {
        if (!text.isEmpty() && !text.matches(pattern)) {
            throw new IllegalArgumentException("'" + text + "' has spaces, wildcards or empty tokens");
        }
        return Optional.of(text).filter(each -> !each.isEmpty());
    }

    private static String hostName(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("HOSTNAME")).orElse("event-logger");
    }
}
