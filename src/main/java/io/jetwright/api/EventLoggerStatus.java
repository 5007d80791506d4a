package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of an event logger's pods, and where its page is. */
@JsonClassDescription("Whether the app is available, and where.")
public record EventLoggerStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready, Synced and ResolvedRefs; Reconciling and Stalled while they hold.") @Nullable
        List<Condition> conditions,

        @JsonPropertyDescription("The stream's name in JetStream.") @Nullable
        String stream,

        @JsonPropertyDescription("How many pods there are, older ones that are being replaced included.")
        @StatusReplicas
        @Nullable
        Integer replicas,

        @JsonPropertyDescription("How many pods are ready.") @Nullable
        Integer readyReplicas,

        @JsonPropertyDescription("Selects the pods, for autoscalers.") @LabelSelector @Nullable
        String selector,

        @JsonPropertyDescription("Where the page and the API are.") @Nullable
        String url)
        implements Reported {}
