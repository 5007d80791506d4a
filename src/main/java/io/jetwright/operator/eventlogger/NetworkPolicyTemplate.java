package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import io.jetwright.api.EventLogger;
import io.jetwright.api.EventLoggerNetworkPolicy;
import io.jetwright.operator.pods.PodInputs;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The NetworkPolicy of an event logger. Protocols are always there, since the API server adds those that are omitted, and its
 * lists are compared as a whole.
 */
final class NetworkPolicyTemplate {
    private static final String TCP = "TCP";
    private static final int DNS_PORT = 53;

    private NetworkPolicyTemplate() {}

    /** Empty where there is to be none. */
    static Optional<NetworkPolicy> policy(EventLogger logger, PodInputs.Resolved inputs) {
        EventLoggerNetworkPolicy spec = logger.getSpec().networkPolicy();
        return spec == null || !logger.getSpec().hasNetworkPolicy()
                ? Optional.empty()
                : Optional.of(policy(logger, spec, inputs));
    }

    private static NetworkPolicy policy(EventLogger logger, EventLoggerNetworkPolicy spec, PodInputs.Resolved inputs) {
        return new NetworkPolicyBuilder()
                .withMetadata(EventLoggerWorkflow.METADATA.of(logger, null))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(EventLoggerWorkflow.METADATA.podSelector(logger))
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .addNewIngress()
                .withPorts(port(new IntOrString(DeploymentTemplate.HTTP), TCP))
                .withFrom(Objects.requireNonNullElse(spec.from(), List.of()))
                .endIngress()
                .addNewIngress()
                .withPorts(port(new IntOrString(DeploymentTemplate.MANAGEMENT), TCP))
                .withFrom(Objects.requireNonNullElse(spec.metricsFrom(), List.of()))
                .endIngress()
                .withEgress(egress(spec, inputs.access().serverPorts()))
                .endSpec()
                .build();
    }

    private static List<NetworkPolicyEgressRule> egress(EventLoggerNetworkPolicy spec, List<Integer> serverPorts) {
        var dns = new IntOrString(DNS_PORT);
        Stream<NetworkPolicyEgressRule> needed = Stream.of(
                rule(List.of(port(dns, "UDP"), port(dns, TCP))),
                rule(serverPorts.stream()
                        .map(port -> port(new IntOrString(port), TCP))
                        .toList()));
        Stream<NetworkPolicyEgressRule> more = Stream.ofNullable(spec.extraEgress())
                .flatMap(List::stream)
                .map(rule -> new NetworkPolicyEgressRuleBuilder(rule)
                        .withPorts(rule.getPorts().stream()
                                .map(NetworkPolicyTemplate::complete)
                                .toList())
                        .build());
        return Stream.concat(needed, more).toList();
    }

    private static NetworkPolicyEgressRule rule(List<NetworkPolicyPort> ports) {
        return new NetworkPolicyEgressRuleBuilder().withPorts(ports).build();
    }

    private static NetworkPolicyPort port(IntOrString port, String protocol) {
        return new NetworkPolicyPortBuilder()
                .withPort(port)
                .withProtocol(protocol)
                .build();
    }

    private static NetworkPolicyPort complete(NetworkPolicyPort given) {
        return given.getProtocol() != null
                ? given
                : new NetworkPolicyPortBuilder(given).withProtocol(TCP).build();
    }
}
