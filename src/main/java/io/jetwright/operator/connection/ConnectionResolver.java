package io.jetwright.operator.connection;

import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionSpec;
import io.jetwright.api.CredsSecret;
import io.jetwright.api.JwtSecret;
import io.jetwright.api.Login;
import io.jetwright.api.NkeySecret;
import io.jetwright.api.SecretReference;
import io.jetwright.api.TlsSecret;
import io.jetwright.api.TokenSecret;
import io.jetwright.api.UserSecret;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.Credentials;
import io.jetwright.nats.Sensitive;
import io.jetwright.nats.TlsSettings;
import io.jetwright.status.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From a Connection and its Secrets to settings; a pure function. */
final class ConnectionResolver {
    private final Connection connection;
    private final CredentialsOf process;
    private final Function<String, SecretData> secrets;

    private ConnectionResolver(Connection connection, CredentialsOf process, Function<String, SecretData> secrets) {
        this.connection = connection;
        this.process = process;
        this.secrets = secrets;
    }

    /**
     * Resolves.
     *
     * @param process whose credentials count
     * @param secrets what is known of the Secrets of the Connection's namespace, by name
     */
    static Route resolve(Connection connection, CredentialsOf process, Function<String, SecretData> secrets) {
        try {
            return new Route.Open(new ConnectionResolver(connection, process, secrets).settings());
        } catch (Obstacle e) {
            return e.route;
        }
    }

    /** The names of the Secrets of a Connection that a process needs. */
    static Set<String> secretsOf(Connection connection, CredentialsOf process) {
        ConnectionSpec spec = connection.getSpec();
        return process == CredentialsOf.RELAY ? spec.relaySecretNames() : spec.secretNames();
    }

    private ConnectionSettings settings() throws Obstacle {
        ConnectionSpec spec = connection.getSpec();
        List<URI> servers = new ArrayList<>();
        for (String server : spec.servers()) {
            servers.add(server(server));
        }
        return new ConnectionSettings(servers, credentials(spec), tls(spec), apiPrefix(spec));
    }

    private static URI server(String text) throws Obstacle {
        try {
            return ConnectionSettings.server(text);
        } catch (IllegalArgumentException e) {
            throw new Obstacle(
                    Reason.INVALID,
                    "spec.servers: '" + text
                            + "' is no URL of a NATS server; expected such as nats://nats.example:4222");
        }
    }

    private static String apiPrefix(ConnectionSpec spec) {
        if (spec.domain() != null) {
            return ConnectionSettings.apiOfDomain(spec.domain());
        }
        return Objects.requireNonNullElse(spec.apiPrefix(), ConnectionSettings.API);
    }

    private Credentials credentials(ConnectionSpec spec) throws Obstacle {
        Login login = process == CredentialsOf.RELAY ? spec.relayLogin() : spec;
        String field = login == spec ? "spec." : "spec.deadLetters.";
        CredsSecret creds = login.creds();
        if (creds != null) {
            var secret = secret(field + "creds", creds.secret());
            return secret.read(() -> Credentials.ofFile(secret.text(creds.fileKey())));
        }
        NkeySecret nkey = login.nkey();
        if (nkey != null) {
            var secret = secret(field + "nkey", nkey.secret());
            return secret.read(() -> Credentials.ofSeed(secret.text(nkey.seedKey())));
        }
        JwtSecret jwt = login.jwt();
        if (jwt != null) {
            var secret = secret(field + "jwt", jwt.secret());
            return secret.read(() -> Credentials.ofJwt(secret.text(jwt.jwtKey()), secret.text(jwt.seedKey())));
        }
        UserSecret user = login.user();
        if (user != null) {
            var secret = secret(field + "user", user.secret());
            return new Credentials.User(
                    Sensitive.ofLine(secret.text(user.userKey())), Sensitive.ofLine(secret.text(user.passwordKey())));
        }
        TokenSecret token = login.token();
        if (token != null) {
            var secret = secret(field + "token", token.secret());
            return new Credentials.Token(Sensitive.ofLine(secret.text(token.tokenKey())));
        }
        return new Credentials.None();
    }

    private @Nullable TlsSettings tls(ConnectionSpec spec) throws Obstacle {
        boolean first = Boolean.TRUE.equals(spec.tlsFirst());
        TlsSecret tls = spec.tls();
        if (tls == null || tls.secret() == null) {
            return tls == null && !first ? null : new TlsSettings(null, null, null, first);
        }
        var secret = secret("spec.tls", tls.secret());
        String authorities = secret.textIfThere(tls.ca(), tls.caKey());
        String certificate = secret.textIfThere(tls.cert(), tls.certKey());
        String key = secret.textIfThere(tls.key(), tls.keyKey());
        if (authorities == null && certificate == null && key == null) {
            throw secret.invalid(
                    "has none of the keys ca.crt, tls.crt and tls.key: add them, or name others in spec.tls");
        }
        if ((certificate == null) != (key == null)) {
            throw secret.lacks(certificate == null ? "tls.crt" : "tls.key");
        }
        var settings = new TlsSettings(authorities, certificate, key == null ? null : new Sensitive(key), first);
        return secret.read(() -> {
            settings.check();
            return settings;
        });
    }

    private ReadSecret secret(String field, SecretReference reference) throws Obstacle {
        String namespace = connection.getMetadata().getNamespace();
        return switch (secrets.apply(reference.name())) {
            case SecretData.Present present -> new ReadSecret(field, namespace, reference.name(), present.values());
            case SecretData.Absent absent ->
                throw new Obstacle(
                        Reason.SECRET_NOT_FOUND,
                        "there is no Secret %s in namespace %s: create it, or correct %s"
                                .formatted(reference.name(), namespace, field));
            case SecretData.Forbidden forbidden ->
                throw new Obstacle(
                        Reason.FORBIDDEN,
                        "%s may not %s, which %s names: give it list and watch there by a Role and a RoleBinding"
                                .formatted(process.words(), forbidden.permission(), field));
            case SecretData.Unread unread -> throw new Obstacle(new Route.Pending());
        };
    }

    /**
     * A Secret that is there. Nothing that it says of itself quotes a value, or names a key that the Connection does not name:
     * users of the Connection in other namespaces see it in the status of their resources.
     */
    private record ReadSecret(String field, String namespace, String name, Map<String, String> values) {
        String text(String used) throws Obstacle {
            String value = values.get(used);
            if (value == null) {
                throw lacks(used);
            }
            try {
                String text = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
                if (!text.isBlank()) {
                    return text;
                }
            } catch (IllegalArgumentException e) {
                // said below, without the value
            }
            throw invalid("has nothing under the key " + used + ": fill it, or name another one in " + field);
        }

        /** Null if the key was not named, and is not there. */
        @Nullable
        String textIfThere(@Nullable String named, String used) throws Obstacle {
            return named == null && !values.containsKey(used) ? null : text(used);
        }

        <T> T read(Reading<T> reading) throws Obstacle {
            try {
                return reading.read();
            } catch (IllegalArgumentException e) {
                throw invalid("is not what " + field + " needs: " + e.getMessage());
            }
        }

        Obstacle lacks(String key) {
            return invalid("has no key %s: add it, or name another one in %s".formatted(key, field));
        }

        Obstacle invalid(String what) {
            return new Obstacle(Reason.SECRET_INVALID, "Secret %s in namespace %s %s".formatted(name, namespace, what));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private interface Reading<T> {
        T read() throws Obstacle;
    }

    private static final class Obstacle extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Route route;

        Obstacle(Reason reason, String message) {
            this(new Route.Closed(reason, message));
        }

        Obstacle(Route route) {
            super(null, null, false, false);
            this.route = route;
        }
    }
}
