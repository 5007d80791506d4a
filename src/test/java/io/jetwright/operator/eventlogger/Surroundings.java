package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionReference;
import io.jetwright.api.ConnectionSpec;
import io.jetwright.api.EventLogger;
import io.jetwright.api.Stream;
import io.jetwright.api.TlsSecret;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.Credentials;
import io.jetwright.nats.Sensitive;
import io.jetwright.nats.TlsSettings;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import io.jetwright.status.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An EventLogger, and the Streams and Connections that there are beside it. Each Connection's Secrets are there. */
final class Surroundings implements Routes {
    private @Nullable EventLogger logger;
    private final Map<ResourceID, Stream> streams = new HashMap<>();
    private final Map<String, Connection> connections = new HashMap<>();
    private final Map<String, Route> routes = new HashMap<>();
    private ConnectionSettings operators = settings("nats://nats.nats:4222");
    private Optional<String> image = Optional.of("registry.example/jetwright:1.0");

    static Surroundings read(Path file) {
        try {
            return of(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Surroundings of(String yaml) {
        var surroundings = new Surroundings();
        for (String document : yaml.split("(?m)^---$", -1)) {
            surroundings.add(document);
        }
        return surroundings;
    }

    private void add(String document) {
        if (document.contains("kind: EventLogger")) {
            logger = Serialization.unmarshal(document, EventLogger.class);
        } else if (document.contains("kind: Stream")) {
            Stream stream = Serialization.unmarshal(document, Stream.class);
            streams.put(ResourceID.fromResource(stream), stream);
        } else {
            Connection connection = Serialization.unmarshal(document, Connection.class);
            String key = Routes.key(
                    connection.getMetadata().getNamespace(),
                    connection.getMetadata().getName());
            connections.put(key, connection);
            routes.put(key, new Route.Open(resolve(connection.getSpec())));
        }
    }

    /** What the operator itself is configured with. */
    Surroundings operatorOn(ConnectionSettings settings) {
        operators = settings;
        return this;
    }

    Surroundings withoutImage() {
        image = Optional.empty();
        return this;
    }

    Surroundings route(String key, Route route) {
        routes.put(key, route);
        return this;
    }

    static ConnectionSettings settings(String server) {
        return new ConnectionSettings(List.of(URI.create(server)), null);
    }

    EventLogger logger() {
        return Objects.requireNonNull(logger);
    }

    Planner planner() {
        return new Planner(this, id -> Optional.ofNullable(streams.get(id)), image);
    }

    private static ConnectionSettings resolve(ConnectionSpec spec) {
        boolean hasSecret = spec.creds() != null
                || spec.nkey() != null
                || spec.jwt() != null
                || spec.user() != null
                || spec.token() != null;
        return new ConnectionSettings(
                spec.servers().stream().map(URI::create).toList(),
                hasSecret ? new Credentials.Token(new Sensitive("secret")) : new Credentials.None(),
                resolve(spec.tls(), Boolean.TRUE.equals(spec.tlsFirst())),
                spec.domain() == null ? ConnectionSettings.API : ConnectionSettings.apiOfDomain(spec.domain()));
    }

    private static @Nullable TlsSettings resolve(@Nullable TlsSecret tls, boolean first) {
        if (tls == null) {
            return first ? TlsSettings.DEFAULT : null;
        }
        boolean hasCertificate = tls.cert() != null;
        return new TlsSettings(
                tls.secret() == null ? null : "authorities",
                hasCertificate ? "certificate" : null,
                hasCertificate ? new Sensitive("key") : null,
                first);
    }

    @Override
    public Route to(String namespace, @Nullable ConnectionReference reference) {
        String key = key(namespace, reference);
        return key.isEmpty()
                ? new Route.Open(operators)
                : routes.getOrDefault(
                        key, new Route.Closed(Reason.CONNECTION_NOT_FOUND, "there is no Connection " + key));
    }

    @Override
    public Optional<Connection> connection(String namespace, @Nullable ConnectionReference reference) {
        return Optional.ofNullable(connections.get(key(namespace, reference)));
    }

    @Override
    public Optional<ConnectionSettings> lastKnown(String namespace, @Nullable ConnectionReference reference) {
        return Optional.empty();
    }

    @Override
    public String key(String namespace, @Nullable ConnectionReference reference) {
        return reference == null
                ? ""
                : Routes.key(Objects.requireNonNullElse(reference.namespace(), namespace), reference.name());
    }
}
