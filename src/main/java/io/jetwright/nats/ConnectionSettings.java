package io.jetwright.nats;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that it takes to connect; connections with equal settings are one connection.
 *
 * @param servers URLs such as {@code nats://localhost:4222} or {@code tls://user:password@host}
 * @param tls null for TLS only with servers whose URLs ask for it
 * @param apiPrefix what the subjects of JetStream's API begin with, without a dot at the end
 */
public record ConnectionSettings(
        List<URI> servers,
        Credentials credentials,
        @Nullable TlsSettings tls,
        String apiPrefix) {
    /** What the subjects of JetStream's API begin with, unless an account imports them under other names. */
    public static final String API = "$JS.API";

    public ConnectionSettings {
        servers = List.copyOf(servers);
    }

    /**
     * Without a Connection resource.
     *
     * @param credentials a credentials file; null for none
     */
    public ConnectionSettings(List<URI> servers, @Nullable Path credentials) {
        this(servers, credentials == null ? new Credentials.None() : new Credentials.File(credentials), null, API);
    }

    /** What the subjects of the API of a JetStream domain begin with. */
    public static String apiOfDomain(String domain) {
        return "$JS." + domain + ".API";
    }

    /** Whether TLS is spoken, since the settings or a server's URL ask for it. */
    public boolean isSecure() {
        return tls != null
                || servers.stream().anyMatch(server -> List.of("tls", "wss").contains(server.getScheme()));
    }

    /** The servers without user, password or token, for logs and conditions. */
    @Override
    public String toString() {
        return servers.stream()
                .map(server -> server.getScheme() + "://" + server.getHost() + ":"
                        + (server.getPort() < 0 ? defaultPort(server) : server.getPort()))
                .collect(Collectors.joining(","));
    }

    private static int defaultPort(URI server) {
        return switch (server.getScheme()) {
            case "ws" -> 80;
            case "wss" -> 443;
            default -> 4222;
        };
    }
}
