package io.jetwright.jetstream;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is at the other end of a connection.
 *
 * @param server the server's name
 * @param version the server's version
 * @param cluster the NATS cluster that it belongs to; null for none
 * @param rtt the round-trip time of a ping
 * @param account the name or public key of the user's account; null if the server does not say
 * @param jetStream limits and usage of the account, as JetStream's JSON has them (the answer to {@code INFO})
 */
public record ServerFacts(
        String server,
        String version,
        @Nullable String cluster,
        Duration rtt,
        @Nullable String account,
        JsonNode jetStream) {}
