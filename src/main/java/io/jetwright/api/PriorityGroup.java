package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A priority group of a consumer, and the client that it is pinned to. */
public record PriorityGroup(
        @JsonPropertyDescription("The group's name.") String name,

        @JsonPropertyDescription(
                "The identifier that the server has given to the client which gets the messages (the header Nats-Pin-Id);"
                        + " only with priorityPolicy: pinned_client, and while a client is pinned.")
        @Nullable
        String pinnedClientID,

        @JsonPropertyDescription("Since when that client is pinned.") @Nullable
        String pinnedSince) {}
