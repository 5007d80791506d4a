package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a stream or consumer moves to, or how its number of replicas changes; told by nats-server 2.15 and later. */
public record Migration(
        @JsonPropertyDescription("Since when.") @Nullable String since,

        @JsonPropertyDescription("The NATS cluster that is to have it.") @Nullable
        String cluster,

        @JsonPropertyDescription("The servers that are to keep a copy, as far as they are chosen.") @Nullable
        List<String> servers,

        @JsonPropertyDescription(
                "What has to happen next, in one word of the server's: meta, membership, snapshot, catchup, quorum,"
                        + " blocked or unavailable.")
        @Nullable
        String type,

        @JsonPropertyDescription("What is done or waited for, in the server's words.") @Nullable
        String description,

        @JsonPropertyDescription("What keeps it from going on, in the server's words.") @Nullable
        String error) {}
