package io.jetwright.operator.connection;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionSpec;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.Credentials;
import io.jetwright.nats.Sensitive;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What users give: Connections, the Secrets that these name, and namespaces. */
final class Given {
    private static final String SERVER = "nats://a:4222";

    private Given() {}

    /** A Connection with this spec, generation 1. */
    static Connection connection(String namespace, String name, String spec) {
        var connection = new Connection();
        connection.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid("uid-of-" + name)
                .withGeneration(1L)
                .build());
        connection.setSpec(Serialization.unmarshal("--- " + spec, ConnectionSpec.class));
        return connection;
    }

    /** A Connection whose token is in a Secret of this name. */
    static Connection withToken(String namespace, String name, String secret) {
        return connection(
                namespace, name, "{servers: [\"%s\"], token: {secret: {name: %s}}}".formatted(SERVER, secret));
    }

    /** A Secret with this token. */
    static Secret token(String namespace, String name, String token) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withData(Map.of("token", Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8))))
                .build();
    }

    /** What a Connection of {@link #withToken} comes to. */
    static Route.Open open(String token) {
        return new Route.Open(new ConnectionSettings(
                ConnectionSettings.servers(List.of(SERVER)),
                new Credentials.Token(new Sensitive(token)),
                null,
                ConnectionSettings.API));
    }

    static Namespace namespace(String name, Map<String, String> labels) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build();
    }
}
