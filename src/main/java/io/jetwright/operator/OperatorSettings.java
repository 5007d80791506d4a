package io.jetwright.operator;

import io.jetwright.api.ConnectionReference;
import io.jetwright.api.Durations;
import io.jetwright.nats.ConnectionSettings;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The operator's configuration.
 *
 * @param defaultConnection the NATS system of resources that name no other, when there is no default Connection
 * @param connectionResource the default Connection, with its namespace
 * @param namespaces those to watch; empty for all
 * @param resync after how long each resource is compared with JetStream again
 * @param leaderElection whether several instances share the work of one
 * @param leaderElectionNamespace where the Lease is
 * @param httpPort of /livez, /readyz and /metrics; 0 for a free one
 * @param clusterId identifies the Kubernetes cluster in the owner metadata; empty: the UID of the namespace kube-system
 * @param image the operator's own container image, of which event loggers are made; empty: each has to name one
 */
public record OperatorSettings(
        ConnectionSettings defaultConnection,
        Optional<ConnectionReference> connectionResource,
        Set<String> namespaces,
        Duration resync,
        boolean leaderElection,
        String leaderElectionNamespace,
        int httpPort,
        Optional<String> clusterId,
        Optional<String> image) {
    private static final Path SERVICE_ACCOUNT_NAMESPACE =
            Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");
    private static final Set<String> SCHEMES = Set.of("nats", "tls", "ws", "wss");

    /** The environment variables, as {@code --help} lists them. */
    public enum Variable {
        KUBECONFIG("", "the kubeconfig; empty: the pod's service account, else ~/.kube/config"),
        NATS_URL(
                "nats://localhost:4222",
                "NATS servers, separated by commas; user and password, or a token, may stand in the URL"),
        NATS_CREDENTIALS("", "a NATS credentials file (.creds)"),
        DEFAULT_CONNECTION(
                "",
                "namespace/name of the Connection of resources that name none, in whichever namespace; instead of"
                        + " NATS_URL"),
        WATCH_NAMESPACES("", "the namespaces to watch, separated by commas; empty: all"),
        RESYNC_INTERVAL("60s", "after how long each resource is compared with JetStream again, at least 1s"),
        LEADER_ELECTION("false", "true when several instances run, of which one works at a time"),
        LEADER_ELECTION_NAMESPACE("", "where the Lease is; empty: the pod's own namespace, else default"),
        HTTP_PORT("8080", "the port of /livez, /readyz and /metrics; 0: any free one"),
        CLUSTER_ID("", "names this Kubernetes cluster in the owner metadata; empty: the UID of kube-system"),
        IMAGE("", "the container image of the operator, which event loggers run that name no other"),
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
    public static OperatorSettings of(Map<String, String> environment) {
        Function<Variable, String> values = variable -> {
            String value = environment.getOrDefault(variable.name(), "").strip();
            return value.isEmpty() ? variable.defaultValue() : value;
        };
        read(Variable.KUBECONFIG, values, OperatorSettings::files);
        read(Variable.LOG_FORMAT, values, text -> oneOf(text, "text", "json"));
        read(Variable.LOG_LEVEL, values, text -> oneOf(text, "error", "warn", "info", "debug", "trace"));
        return new OperatorSettings(
                new ConnectionSettings(
                        read(Variable.NATS_URL, values, OperatorSettings::servers),
                        read(Variable.NATS_CREDENTIALS, values, OperatorSettings::file)
                                .orElse(null)),
                read(Variable.DEFAULT_CONNECTION, values, OperatorSettings::connection),
                read(Variable.WATCH_NAMESPACES, values, OperatorSettings::names),
                read(Variable.RESYNC_INTERVAL, values, OperatorSettings::interval),
                read(Variable.LEADER_ELECTION, values, text -> oneOf(text, "true", "false")
                        .equals("true")),
                read(Variable.LEADER_ELECTION_NAMESPACE, values, OperatorSettings::leaseNamespace),
                read(Variable.HTTP_PORT, values, OperatorSettings::port),
                read(Variable.CLUSTER_ID, values, OperatorSettings::id),
                read(Variable.IMAGE, values, OperatorSettings::image));
    }

    private static <T> T read(Variable variable, Function<Variable, String> values, Function<String, T> parser) {
        String value = values.apply(variable);
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(variable + ": " + e.getMessage(), e);
        }
    }

    private static List<URI> servers(String text) {
        List<URI> servers = new ArrayList<>();
        for (String server : list(text)) {
            servers.add(server(server));
        }
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("names no server; expected such as nats://localhost:4222");
        }
        return servers;
    }

    private static URI server(String text) {
        try {
            URI server = new URI(text.contains("://") ? text : "nats://" + text);
            if (SCHEMES.contains(server.getScheme()) && server.getHost() != null) {
                return server;
            }
        } catch (URISyntaxException e) {
            // refused below, without the value: it may hold a password
        }
        throw new IllegalArgumentException("is no URL of a NATS server; expected such as nats://localhost:4222 or"
                + " tls://user:password@nats.example.com:4222 (special characters percent-encoded)");
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

    private static List<Path> files(String text) {
        List<Path> files = Stream.of(text.split(File.pathSeparator))
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .toList();
        if (!files.isEmpty() && files.stream().noneMatch(Files::isReadable)) {
            throw new IllegalArgumentException("the file " + text + " does not exist, or cannot be read");
        }
        return files;
    }

    private static Optional<ConnectionReference> connection(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + text + "' names no Connection; expected namespace/name, such as nats/default");
        }
        return Optional.of(new ConnectionReference(parts[1], namespace(parts[0], "nats/default")));
    }

    private static Set<String> names(String text) {
        Set<String> names = Set.copyOf(list(text));
        names.forEach(name -> namespace(name, "team-a,team-b"));
        return names;
    }

    private static String namespace(String text, String example) {
        if (!text.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
            throw new IllegalArgumentException("'" + text + "' is no name of a namespace; expected such as " + example);
        }
        return text;
    }

    private static Duration interval(String text) {
        Duration interval = Durations.parse(text);
        if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("'" + text + "' is shorter than 1s");
        }
        return interval;
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("'" + text + "' is no port; expected 0 to 65535");
        }
        return Integer.parseInt(text);
    }

    private static Optional<String> id(String text) {
        if (!text.matches("[A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no identifier; expected up to 63 letters, digits, dots, dashes and underscores");
        }
        return Optional.of(text).filter(id -> !id.isEmpty());
    }

    private static Optional<String> image(String text) {
        if (text.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no container image; expected such as registry.example/jetwright:1.0");
        }
        return Optional.of(text).filter(image -> !image.isEmpty());
    }

    private static String oneOf(String text, String... choices) {
        if (!List.of(choices).contains(text)) {
            throw new IllegalArgumentException("'" + text + "' is none of " + String.join(", ", choices));
        }
        return text;
    }

    private static String leaseNamespace(String text) {
        if (!text.isEmpty()) {
            return namespace(text, "team-a");
        }
        try {
            return Files.readString(SERVICE_ACCOUNT_NAMESPACE).strip();
        } catch (IOException e) {
            return "default";
        }
    }

    private static List<String> list(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
