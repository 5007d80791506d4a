package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

/** The PodDisruptionBudget of an event logger. */
@ValidationRule(
        value = "!has(self.minAvailable) || !has(self.maxUnavailable)",
        message = "minAvailable and maxUnavailable exclude each other: choose one")
public record EventLoggerPodDisruptionBudget(
        @JsonPropertyDescription(
                "Whether there is one. Default: true with more than one replica. With replicas: 1 or 0 there is none; where"
                        + " replicas is omitted, true makes one.")
        @Nullable
        Boolean enabled,

        @JsonPropertyDescription(
                "How many pods must stay when a node is drained, as a number or a percentage such as 50%. As many"
                        + " as there are keep the node from being drained.")
        @Nullable
        IntOrString minAvailable,

        @JsonPropertyDescription(
                "How many pods may be away when a node is drained, as a number or a percentage. Default: 1, unless"
                        + " minAvailable is set.")
        @Nullable
        IntOrString maxUnavailable) {}
