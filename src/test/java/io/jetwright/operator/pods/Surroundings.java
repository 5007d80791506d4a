package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionReference;
import io.jetwright.api.ConnectionSpec;
import io.jetwright.api.Stream;
import io.jetwright.api.TlsSecret;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.Credentials;
import io.jetwright.nats.Sensitive;
import io.jetwright.nats.TlsSettings;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import io.jetwright.operator.connection.SecretData;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A resource that runs pods, and the Streams and Connections that it may refer to. All Secrets of the Connections are there, and no
 * others but those of {@link #secret}.
 */
public final class Surroundings<P extends HasMetadata> implements Routes {
    private final Class<P> type;
    private @Nullable P resource;
    private final Map<ResourceID, Stream> streams = new HashMap<>();
    private final Map<ResourceID, SecretData> secrets = new HashMap<>();
    private final Map<String, Connection> connections = new HashMap<>();
    private final Map<String, Route> routes = new HashMap<>();
    private ConnectionSettings operators = settings("nats://nats.nats:4222");
    private Optional<PodImage> image = Optional.of(PodImage.of("registry.example/jetwright:1.0"));

    private AllowedImages allowedImages = new AllowedImages(List.of("*"));

    /** Resources may name only these images beside the operator's. */
    public Surroundings<P> allow(String... images) {
        allowedImages = new AllowedImages(List.of(images));
        return this;
    }

    /** With this image of the operator. */
    public Surroundings<P> image(PodImage operators) {
        image = Optional.of(operators);
        return this;
    }

    /** This is known of a Secret of namespace shop; another one is not there. */
    public Surroundings<P> secret(String name, SecretData known) {
        secrets.put(new ResourceID(name, "shop"), known);
        return this;
    }

    private Surroundings(Class<P> type) {
        this.type = type;
    }

    public static <P extends HasMetadata> Surroundings<P> read(Class<P> type, Path file) {
        try {
            return of(type, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static <P extends HasMetadata> Surroundings<P> of(Class<P> type, String yaml) {
        var surroundings = new Surroundings<>(type);
        for (String document : yaml.split("(?m)^---$", -1)) {
            surroundings.add(document);
        }
        return surroundings;
    }

    private void add(String document) {
        if (document.contains("kind: " + HasMetadata.getKind(type))) {
            resource = Serialization.unmarshal(document, type);
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
    public Surroundings<P> operatorOn(ConnectionSettings settings) {
        operators = settings;
        return this;
    }

    public Surroundings<P> withoutImage() {
        image = Optional.empty();
        return this;
    }

    public Surroundings<P> route(String key, Route route) {
        routes.put(key, route);
        return this;
    }

    public static ConnectionSettings settings(String server) {
        return new ConnectionSettings(List.of(URI.create(server)), null);
    }

    public P resource() {
        return Objects.requireNonNull(resource);
    }

    /**
     * A resolver that finds what is here.
     *
     * @param references what the resource names
     */
    public PodInputsResolver<P> resolver(Function<P, PodReferences> references) {
        return new PodInputsResolver<>(
                this,
                id -> Optional.ofNullable(streams.get(id)),
                id -> secrets.getOrDefault(id, new SecretData.Absent()),
                image,
                allowedImages,
                references);
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
    public Route lastKnown(String key) {
        return new Route.Pending();
    }

    @Override
    public String key(String namespace, @Nullable ConnectionReference reference) {
        return reference == null
                ? ""
                : Routes.key(Objects.requireNonNullElse(reference.namespace(), namespace), reference.name());
    }
}
