package io.jetwright.operator.run;

import io.jetwright.api.ConnectionReference;
import io.jetwright.api.Durations;
import io.jetwright.api.ImagePullPolicy;
import io.jetwright.environment.Environment;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.process.VariableValues;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The operator's configuration.
 *
 * @param defaultConnection the NATS system of resources that name no other, when there is no default Connection
 * @param connectionResource the default Connection, with its namespace
 * @param namespaces those to watch; empty for all
 * @param resync after how long each resource is compared with JetStream again
 * @param leaderElection whether several instances share the work of one
 * @param leaderElectionNamespace where the operator's Leases are
 * @param leaderElectionLease the name of the Lease for leader election
 * @param httpPort of /livez, /readyz and /metrics; 0 for a free one
 * @param clusterId identifies the Kubernetes cluster in the owner metadata; empty: the UID of the namespace kube-system
 * @param image the operator's own container image, of which event loggers are made; empty: each has to name one
 * @param imagePullPolicy of that image; empty: Kubernetes' default
 * @param imagePullSecrets by which that image is pulled: names of Secrets in the namespaces of event loggers
 * @param eventLoggers whether event loggers are run
 * @param allowedImages other container images that event loggers may name, or their beginnings with {@code *} after them
 */
public record OperatorSettings(
        ConnectionSettings defaultConnection,
        Optional<ConnectionReference> connectionResource,
        Set<String> namespaces,
        Duration resync,
        boolean leaderElection,
        String leaderElectionNamespace,
        String leaderElectionLease,
        int httpPort,
        Optional<String> clusterId,
        Optional<String> image,
        Optional<ImagePullPolicy> imagePullPolicy,
        List<String> imagePullSecrets,
        boolean eventLoggers,
        List<String> allowedImages) {
    /** The environment variables, as {@code --help} lists them. */
    public enum Variable implements io.jetwright.environment.Variable {
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
        LEADER_ELECTION_NAMESPACE("", "where the operator's Leases are; empty: the pod's own namespace, else default"),
        LEADER_ELECTION_LEASE(
                "jetwright",
                "the Lease's name, and before -scope that of the Lease which tells other operators whose resources"
                        + " this one reconciles; of each release another"),
        HTTP_PORT("8080", "the port of /livez, /readyz and /metrics; 0: any free one"),
        CLUSTER_ID("", "names this Kubernetes cluster in the owner metadata; empty: the UID of kube-system"),
        IMAGE("", "the container image of the operator, which event loggers run that name no other"),
        IMAGE_PULL_POLICY("", "Always, IfNotPresent or Never, for IMAGE; empty: as Kubernetes does"),
        IMAGE_PULL_SECRETS(
                "", "Secrets by which IMAGE is pulled, separated by commas, in the namespaces of event loggers"),
        EVENT_LOGGER_ENABLED("true", "false: EventLoggers are not run, and say so"),
        EVENT_LOGGER_ALLOWED_IMAGES(
                "",
                "container images that EventLoggers may name beside IMAGE, separated by commas; * at the end of one stands"
                        + " for any rest"),
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
    public static OperatorSettings of(Map<String, String> environment) {
        var values = new Environment(environment);
        values.read(Variable.KUBECONFIG, VariableValues::files);
        values.oneOf(Variable.LOG_FORMAT, "text", "json");
        values.oneOf(Variable.LOG_LEVEL, "error", "warn", "info", "debug", "trace");
        return new OperatorSettings(
                new ConnectionSettings(
                        values.read(Variable.NATS_URL, text -> ConnectionSettings.servers(Environment.list(text))),
                        values.file(Variable.NATS_CREDENTIALS).orElse(null)),
                values.read(Variable.DEFAULT_CONNECTION, VariableValues::connection),
                values.read(Variable.WATCH_NAMESPACES, VariableValues::names),
                values.read(Variable.RESYNC_INTERVAL, OperatorSettings::interval),
                values.flag(Variable.LEADER_ELECTION),
                values.read(Variable.LEADER_ELECTION_NAMESPACE, VariableValues::leaseNamespace),
                values.read(Variable.LEADER_ELECTION_LEASE, VariableValues::leaseName),
                values.port(Variable.HTTP_PORT),
                values.read(Variable.CLUSTER_ID, VariableValues::id),
                values.read(Variable.IMAGE, OperatorSettings::image),
                values.read(Variable.IMAGE_PULL_POLICY, OperatorSettings::pullPolicy),
                values.read(Variable.IMAGE_PULL_SECRETS, Environment::list),
                values.flag(Variable.EVENT_LOGGER_ENABLED),
                values.read(Variable.EVENT_LOGGER_ALLOWED_IMAGES, OperatorSettings::images));
    }

    /** The namespaces whose Connections are watched: those of the resources, and that of the default Connection; empty for all. */
    public Set<String> connectionNamespaces() {
        return namespaces.isEmpty()
                ? namespaces
                : Stream.concat(namespaces.stream(), connectionResource.map(ConnectionReference::namespace).stream())
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static Duration interval(String text) {
        Duration interval = Durations.parse(text);
        if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("'" + text + "' is shorter than 1s");
        }
        return interval;
    }

    private static Optional<ImagePullPolicy> pullPolicy(String text) {
        Optional<ImagePullPolicy> policy = Stream.of(ImagePullPolicy.values())
                .filter(each -> each.wireName().equals(text))
                .findFirst();
        if (policy.isEmpty() && !text.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' is none of "
                    + Stream.of(ImagePullPolicy.values())
                            .map(ImagePullPolicy::wireName)
                            .collect(Collectors.joining(", ")));
        }
        return policy;
    }

    private static Optional<String> image(String text) {
        if (text.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no container image; expected such as registry.example/jetwright:1.0");
        }
        return Optional.of(text).filter(image -> !image.isEmpty());
    }

    private static List<String> images(String text) {
        List<String> images = Environment.list(text);
        images.forEach(image -> {
            if (!image.matches("[^\\s*]+[*]?|[*]")) {
                throw new IllegalArgumentException(
                        "'" + image + "' is no container image; expected such as registry.example/app:1.0 or"
                                + " registry.example/team/*");
            }
        });
        return images;
    }
}
