package io.jetwright.jetstream;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What there is at the other end of a connection.
 *
 * @param server the server's name
 * @param version the server's version
 * @param cluster the NATS cluster that it belongs to; null for none
 * @param rtt how long a ping takes there and back
 * @param account what the credentials belong to; null where the server does not tell
 * @param jetStream the answer to JetStream's account info request
 */
public record ServerFacts(
        String server,
        String version,
        @Nullable String cluster,
        Duration rtt,
        @Nullable String account,
        JsonNode jetStream) {}
