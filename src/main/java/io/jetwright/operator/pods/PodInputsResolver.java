package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionReference;
import io.jetwright.api.Stream;
import io.jetwright.api.StreamReference;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.Credentials;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import io.jetwright.operator.connection.SecretData;
import io.jetwright.plan.Names;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Resolves what a resource names to make its pods of.
 *
 * @param <P> the resource that runs pods
 */
public final class PodInputsResolver<P extends HasMetadata> {
    private final Routes routes;
    private final Function<ResourceID, Optional<Stream>> streams;
    private final Function<ResourceID, SecretData> secrets;
    private final Optional<PodImage> image;
    private final AllowedImages allowedImages;
    private final Function<P, PodReferences> references;
    private final FingerprintCache fingerprints = new FingerprintCache();

    /**
     * A resolver for resources of one kind.
     *
     * @param streams the Stream resources, by their names
     * @param secrets the Secrets that resources name beside those of Connections, by their names
     * @param image the image for resources that name no other
     * @param allowedImages the others that resources may name
     * @param references what a resource names
     */
    public PodInputsResolver(
            Routes routes,
            Function<ResourceID, Optional<Stream>> streams,
            Function<ResourceID, SecretData> secrets,
            Optional<PodImage> image,
            AllowedImages allowedImages,
            Function<P, PodReferences> references) {
        this.routes = routes;
        this.streams = streams;
        this.secrets = secrets;
        this.image = image;
        this.allowedImages = allowedImages;
        this.references = references;
    }

    /** Resolves what the resource names, as it is now. */
    public PodInputs resolve(P resource) {
        PodReferences named = references.apply(resource);
        Optional<Stream> streamResource = streamOf(resource);
        StreamReference reference = named.streamRef();
        if (reference != null && streamResource.isEmpty()) {
            return new PodInputs.Blocked(
                    Reason.STREAM_NOT_READY,
                    "there is no Stream resource %s in namespace %s: create it, or correct spec.streamRef"
                            .formatted(reference.name(), namespace(resource)));
        }
        String stream = streamResource
                .map(each -> Names.stream(each.getSpec(), each.getMetadata().getName())
                        .name())
                .orElseGet(() -> Objects.requireNonNullElse(named.streamName(), ""));
        String own = named.image();
        Optional<PodImage> used = own == null ? image : Optional.of(PodImage.of(own));
        if (used.isEmpty()) {
            return new PodInputs.Blocked(
                    Reason.IMAGE_UNKNOWN,
                    "no container image is known: set spec.image, or the operator's variable IMAGE to its own");
        }
        if (own != null && !isAllowed(own)) {
            return new PodInputs.Blocked(
                    Reason.IMAGE_NOT_ALLOWED,
                    "the operator does not let resources run the image %s: leave spec.image out, or have it added to eventLogger.allowedImages in the values of the operator's chart (EVENT_LOGGER_ALLOWED_IMAGES)"
                            .formatted(own));
        }
        Optional<PodInputs> missing = missing(named.secretKeys(), namespace(resource));
        if (missing.isPresent()) {
            return missing.get();
        }
        return switch (route(resource)) {
            case Route.Closed closed -> new PodInputs.Blocked(closed.reason(), closed.message());
            case Route.Pending pending -> new PodInputs.Pending();
            case Route.Open open ->
                resolve(
                        resource,
                        stream,
                        used.get(),
                        open.settings(),
                        streamResource.flatMap(PodInputsResolver::conflict));
        };
    }

    /** What of these is missing is told before what is not known yet. */
    private Optional<PodInputs> missing(List<SecretKey> keys, String namespace) {
        List<PodInputs> missing =
                keys.stream().flatMap(key -> missing(key, namespace).stream()).toList();
        return missing.stream()
                .filter(PodInputs.Blocked.class::isInstance)
                .findFirst()
                .or(() -> missing.stream().findFirst());
    }

    /** A Secret that may not be read is left to Kubernetes, which starts the pods as soon as it is there. */
    private Optional<PodInputs> missing(SecretKey key, String namespace) {
        return switch (secrets.apply(new ResourceID(key.secret(), namespace))) {
            case SecretData.Forbidden forbidden -> Optional.empty();
            case SecretData.Unread unread -> Optional.of(new PodInputs.Pending());
            case SecretData.Absent absent ->
                Optional.of(new PodInputs.Blocked(
                        Reason.SECRET_NOT_FOUND,
                        "there is no Secret %s in namespace %s, which the pods need: create it, or correct %s"
                                .formatted(key.secret(), namespace, key.field())));
            case SecretData.Present present ->
                fault(key, present.values().get(key.key()))
                        .map(fault -> new PodInputs.Blocked(
                                Reason.SECRET_INVALID,
                                "Secret %s in namespace %s, which the pods need, %s, or correct %s"
                                        .formatted(key.secret(), namespace, fault, key.field())));
        };
    }

    private static Optional<String> fault(SecretKey key, @Nullable String base64) {
        if (base64 == null) {
            return Optional.of("has no key %s: add it".formatted(key.key()));
        }
        return key.mayBeBlank() || !isBlank(base64)
                ? Optional.empty()
                : Optional.of("has nothing under the key %s: fill it".formatted(key.key()));
    }

    private static boolean isBlank(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8).isBlank();
    }

    private boolean isAllowed(String own) {
        return allowedImages.contains(own)
                || image.filter(operators -> operators.name().equals(own)).isPresent();
    }

    /** Pods that publish and consume would do so on the stream of whoever has it. */
    private static Optional<String> conflict(Stream stream) {
        return stream.getStatus() == null
                ? Optional.empty()
                : Conditions.find(stream.getStatus().conditions(), "Ready")
                        .filter(ready -> Reason.CONFLICT.word().equals(ready.getReason()))
                        .map(ready -> "no pods run, since the stream of the Stream resource %s is not its own: %s"
                                .formatted(stream.getMetadata().getName(), ready.getMessage()));
    }

    private PodInputs resolve(
            P resource, String stream, PodImage used, ConnectionSettings settings, Optional<String> conflict) {
        Optional<Connection> connection = routes.connection(namespace(resource), connectionOf(resource));
        Optional<String> obstacle =
                connection.map(each -> obstacle(each, namespace(resource))).orElseGet(() -> obstacle(settings));
        if (obstacle.isPresent()) {
            return new PodInputs.Blocked(Reason.CREDENTIALS_ELSEWHERE, obstacle.get());
        }
        String salt = connection.map(each -> each.getMetadata().getUid()).orElse("");
        return new PodInputs.Resolved(
                stream,
                used,
                PodAccessTemplate.access(
                        settings, connection.map(Connection::getSpec).orElse(null), fingerprints.of(settings, salt)),
                conflict);
    }

    private static Optional<String> obstacle(Connection connection, String namespace) {
        String other = connection.getMetadata().getNamespace();
        Set<String> secrets = connection.getSpec().secretNames();
        return secrets.isEmpty() || other.equals(namespace)
                ? Optional.empty()
                : Optional.of(
                        "the Connection %s has its Secret %s in namespace %s, and pods can mount only Secrets of their own namespace: create a Connection with its Secret in namespace %s, and name it in spec.connectionRef"
                                .formatted(
                                        connection.getMetadata().getName(),
                                        String.join(", ", secrets),
                                        other,
                                        namespace));
    }

    private static Optional<String> obstacle(ConnectionSettings operators) {
        boolean hasSecrets = !(operators.credentials() instanceof Credentials.None)
                || operators.servers().stream().anyMatch(server -> server.getUserInfo() != null);
        return hasSecrets
                ? Optional.of(
                        "the operator's own credentials (NATS_CREDENTIALS, or those in NATS_URL) are not for pods: create a Connection with its Secret in this namespace, and name it in spec.connectionRef")
                : Optional.empty();
    }

    /** The way to NATS that the pods of the resource use. */
    public Route route(P resource) {
        return routes.to(namespace(resource), connectionOf(resource));
    }

    /** The key of the Connection that the pods of the resource use; see {@link Routes#key}. */
    public String connectionKey(P resource) {
        return routes.key(namespace(resource), connectionOf(resource));
    }

    private @Nullable ConnectionReference connectionOf(P resource) {
        ConnectionReference own = references.apply(resource).connectionRef();
        return own != null
                ? own
                : streamOf(resource)
                        .map(stream -> stream.getSpec().connectionRef())
                        .orElse(null);
    }

    private Optional<Stream> streamOf(P resource) {
        StreamReference reference = references.apply(resource).streamRef();
        return reference == null
                ? Optional.empty()
                : streams.apply(new ResourceID(reference.name(), namespace(resource)));
    }

    private static String namespace(HasMetadata resource) {
        return resource.getMetadata().getNamespace();
    }
}
