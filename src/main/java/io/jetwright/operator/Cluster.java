package io.jetwright.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jetwright.plan.Owner;
import java.util.Set;

/**
 * The Kubernetes cluster that the operator serves.
 *
 * @param id identifies it among all clusters that share a NATS system
 * @param namespaces those that the operator watches; empty for all
 */
record Cluster(String id, Set<String> namespaces) {
    Cluster {
        namespaces = Set.copyOf(namespaces);
    }

    /** The resource as the owner of a JetStream object. */
    Owner owner(HasMetadata resource) {
        return new Owner(
                id,
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName());
    }

    /** Whether the operator would know of this owner if it existed. */
    boolean watches(Owner owner) {
        return owner.cluster().equals(id) && (namespaces.isEmpty() || namespaces.contains(owner.namespace()));
    }
}
