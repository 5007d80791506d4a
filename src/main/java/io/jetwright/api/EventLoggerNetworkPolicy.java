package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The NetworkPolicy of an event logger. */
public record EventLoggerNetworkPolicy(
        @JsonPropertyDescription(
                "Whether there is one: the pods are reached on their ports only, and reach DNS and the ports of"
                        + " the NATS servers only. Default: false.")
        @Nullable
        Boolean enabled,

        @JsonPropertyDescription(
                "Who reaches the page and the API, such as the pods of the ingress controller; as in a NetworkPolicy's"
                        + " ingress. Omitted: all.")
        @Size(max = 100)
        @Nullable
        List<NetworkPolicyPeer> from,

        @JsonPropertyDescription("Who reaches the management port, such as the pods of Prometheus. Omitted: all.")
        @Size(max = 100)
        @Nullable
        List<NetworkPolicyPeer> metricsFrom,

        @JsonPropertyDescription(
                "Further rules for what the pods reach, such as another port of NATS servers; as in a NetworkPolicy's egress.")
        @Size(max = 100)
        @Nullable
        List<NetworkPolicyEgressRule> extraEgress) {}
