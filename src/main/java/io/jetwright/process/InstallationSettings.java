package io.jetwright.process;

import io.jetwright.api.ConnectionReference;
import io.jetwright.environment.Environment;
import io.jetwright.nats.ConnectionSettings;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of the configuration that the operator and the relay of dead letters of one installation have in common: the same
 * variables, which have to have the same values.
 *
 * @param defaultConnection the NATS system of resources that name no other, when there is no default Connection
 * @param connectionResource the default Connection, with its namespace
 * @param namespaces those to watch; empty for all
 * @param leaseNamespace where the installation's Leases are
 * @param lease the name of the operator's Lease, with which the names of the others begin
 * @param httpPort of /livez, /readyz and /metrics; 0 for a free one
 * @param clusterId identifies the Kubernetes cluster in the owner metadata; empty: the UID of the namespace kube-system
 */
public record InstallationSettings(
        ConnectionSettings defaultConnection,
        Optional<ConnectionReference> connectionResource,
        Set<String> namespaces,
        String leaseNamespace,
        String lease,
        int httpPort,
        Optional<String> clusterId) {
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
        LEADER_ELECTION_NAMESPACE("", "where the operator's Leases are; empty: the pod's own namespace, else default"),
        LEADER_ELECTION_LEASE(
                "jetwright",
                "the name of the operator's Lease, of each release another; with -scope after it that of the Lease which"
                        + " tells other operators whose resources this one reconciles, with -dead-letters after it that"
                        + " of the one by which the operator knows that a relay runs"),
        HTTP_PORT("8080", "the port of /livez, /readyz and /metrics; 0: any free one"),
        CLUSTER_ID("", "names this Kubernetes cluster in the owner metadata; empty: the UID of kube-system"),
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
    public static InstallationSettings of(Environment values) {
        values.read(Variable.KUBECONFIG, VariableValues::files);
        values.oneOf(Variable.LOG_FORMAT, "text", "json");
        values.oneOf(Variable.LOG_LEVEL, "error", "warn", "info", "debug", "trace");
        return new InstallationSettings(
                new ConnectionSettings(
                        values.read(Variable.NATS_URL, text -> ConnectionSettings.servers(Environment.list(text))),
                        values.file(Variable.NATS_CREDENTIALS).orElse(null)),
                values.read(Variable.DEFAULT_CONNECTION, VariableValues::connection),
                values.read(Variable.WATCH_NAMESPACES, VariableValues::names),
                values.read(Variable.LEADER_ELECTION_NAMESPACE, VariableValues::leaseNamespace),
                values.read(Variable.LEADER_ELECTION_LEASE, VariableValues::leaseName),
                values.port(Variable.HTTP_PORT),
                values.read(Variable.CLUSTER_ID, VariableValues::id));
    }

    /** The namespaces whose Connections are watched: those of the resources, and that of the default Connection; empty for all. */
    public Set<String> connectionNamespaces() {
        return namespaces.isEmpty()
                ? namespaces
                : Stream.concat(namespaces.stream(), connectionResource.map(ConnectionReference::namespace).stream())
                        .collect(Collectors.toUnmodifiableSet());
    }
}
