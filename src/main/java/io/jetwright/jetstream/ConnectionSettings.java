package io.jetwright.jetstream;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that it takes to connect; connections with equal settings are one connection.
 *
 * @param servers URLs such as {@code nats://localhost:4222} or {@code tls://user:password@host}
 * @param credentials a credentials file; null for none
 */
public record ConnectionSettings(
        List<URI> servers, @Nullable Path credentials) {
    public ConnectionSettings {
        servers = List.copyOf(servers);
    }

    /** The servers without user, password or token, for logs and conditions. */
    @Override
    public String toString() {
        return servers.stream()
                .map(server -> server.getScheme() + "://" + server.getHost() + ":"
                        + (server.getPort() < 0 ? 4222 : server.getPort()))
                .collect(Collectors.joining(","));
    }
}
