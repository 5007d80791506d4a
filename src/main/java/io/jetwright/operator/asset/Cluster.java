package io.jetwright.operator.asset;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jetwright.api.Consumer;
import io.jetwright.api.Stream;
import io.jetwright.plan.Owner;
import java.util.Set;

/**
 * The Kubernetes cluster that the operator serves.
 *
 * @param id identifies it among all clusters that share a NATS system
 * @param namespaces those that the operator watches; empty for all
 */
public record Cluster(String id, Set<String> namespaces) {
    public Cluster {
        namespaces = Set.copyOf(namespaces);
    }

    /** The resource as the owner of a JetStream object. */
    public Owner owner(HasMetadata resource) {
        return owner(id, resource);
    }

    /** A resource of this cluster as the owner of a JetStream object. */
    static Owner owner(String cluster, HasMetadata resource) {
        boolean isOfItsKind = resource instanceof Stream || resource instanceof Consumer;
        return new Owner(
                cluster,
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                isOfItsKind ? "" : resource.getKind());
    }

    /** Whether the operator would know of this owner if it existed. */
    public boolean watches(Owner owner) {
        return owner.cluster().equals(id) && (namespaces.isEmpty() || namespaces.contains(owner.namespace()));
    }
}
