package io.jetwright.nats;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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

    private static final Set<String> SCHEMES = Set.of("nats", "tls", "ws", "wss");

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

    /**
     * Reads URLs; without a scheme they are {@code nats://}.
     *
     * @throws IllegalArgumentException if one is none, or there is none; the message quotes nothing, since a password may
     *     stand in it
     */
    public static List<URI> servers(List<String> texts) {
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("names no server; expected such as nats://localhost:4222");
        }
        return texts.stream().map(ConnectionSettings::server).toList();
    }

    /**
     * Reads one URL; without a scheme it is {@code nats://}.
     *
     * @throws IllegalArgumentException if it is none; the message does not quote it
     */
    public static URI server(String text) {
        try {
            URI server = new URI(text.contains("://") ? text : "nats://" + text);
            if (SCHEMES.contains(server.getScheme()) && server.getHost() != null) {
                return server;
            }
        } catch (URISyntaxException e) {
            // refused below, without the value
        }
        throw new IllegalArgumentException("is no URL of a NATS server; expected such as nats://localhost:4222 or"
                + " tls://user:password@nats.example.com:4222 (special characters percent-encoded)");
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
