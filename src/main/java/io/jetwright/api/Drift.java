package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A field in which JetStream disagrees with the spec. */
public record Drift(
        @JsonPropertyDescription("The field, as the spec names it.")
        String field,

        @JsonPropertyDescription("What the spec asks for, in JetStream's JSON.")
        String desired,

        @JsonPropertyDescription("What JetStream has, in its JSON.")
        String actual) {}
