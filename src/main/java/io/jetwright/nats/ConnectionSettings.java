package io.jetwright.nats;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a connection is made from. Compared by value, secrets included.
 *
 * @param servers URLs such as {@code nats://localhost:4222} or {@code tls://user:password@host}
 * @param tls null: TLS only with servers whose URLs ask for it ({@code tls}, {@code wss})
 * @param apiPrefix what the subjects of JetStream's API begin with, without the dot, such as {@link #API}
 */
public record ConnectionSettings(
        List<URI> servers,
        Credentials credentials,
        @Nullable TlsSettings tls,
        String apiPrefix) {
    /** The API prefix of the connection's own account. */
    public static final String API = "$JS.API";

    private static final Set<String> SCHEMES = Set.of("nats", "tls", "ws", "wss");

    public ConnectionSettings {
        servers = List.copyOf(servers);
    }

    /**
     * Settings without TLS options, for JetStream of the connection's own account.
     *
     * @param credentials a credentials file; null for none
     */
    public ConnectionSettings(List<URI> servers, @Nullable Path credentials) {
        this(servers, credentials == null ? new Credentials.None() : new Credentials.File(credentials), null, API);
    }

    /**
     * Parses URLs; those without a scheme are {@code nats://}.
     *
     * @throws IllegalArgumentException if one is not valid, or there are none; the message quotes no URL, since it may
     *     contain a password
     */
    public static List<URI> servers(List<String> texts) {
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("names no server; expected such as nats://localhost:4222");
        }
        return texts.stream().map(ConnectionSettings::server).toList();
    }

    /**
     * Parses a URL; without a scheme it is {@code nats://}.
     *
     * @throws IllegalArgumentException if it is not valid; the message does not quote it
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

    /** The API prefix of a JetStream domain. */
    public static String apiOfDomain(String domain) {
        return "$JS." + domain + ".API";
    }

    /** Whether requests go to the API of the account that the connection belongs to, and not to a domain's or an imported one. */
    public boolean isOwnApi() {
        return apiPrefix.equals(API);
    }

    /** Whether the settings, or the URL of any server, ask for TLS. */
    public boolean isSecure() {
        return tls != null
                || servers.stream().anyMatch(server -> List.of("tls", "wss").contains(server.getScheme()));
    }

    /** The servers with their ports, separated by commas; without user, password or token. */
    @Override
    public String toString() {
        return servers.stream()
                .map(server -> server.getScheme() + "://" + server.getHost() + ":" + port(server))
                .collect(Collectors.joining(","));
    }

    /** The ports of the servers, each once, ascending. */
    public List<Integer> ports() {
        return servers.stream()
                .map(ConnectionSettings::port)
                .distinct()
                .sorted()
                .toList();
    }

    private static int port(URI server) {
        return server.getPort() < 0 ? defaultPort(server) : server.getPort();
    }

    private static int defaultPort(URI server) {
        return switch (server.getScheme()) {
            case "ws" -> 80;
            case "wss" -> 443;
            default -> 4222;
        };
    }
}
