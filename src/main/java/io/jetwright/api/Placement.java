package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** On which servers of a cluster a stream is placed. */
public record Placement(
        @JsonPropertyDescription("The name of the NATS cluster.") @Size(max = Limits.NAME_LENGTH) @Nullable
        String cluster,

        @JsonPropertyDescription("Tags that a server must have, all of them.") @Size(max = 32) @Nullable
        List<@Size(max = Limits.NAME_LENGTH) String> tags) {}
