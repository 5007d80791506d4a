package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** How much of something an account uses, and may use. */
public record Quota(
        @JsonPropertyDescription("How much is used.") long used,

        @JsonPropertyDescription("How much may be used; absent: as much as the servers have.") @Nullable
        Long limit) {}
