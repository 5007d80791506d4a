package io.jetwright.operator.run;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the Leases of operators say: who works on which namespaces. */
final class ScopeLeases {
    /** On each Lease that tells of an operator's scope. */
    static final String LABEL = "jetwright.io/lease";

    static final String LABEL_VALUE = "scope";

    /** The annotation with {@link Scope#text}. */
    static final String NAMESPACES = "jetwright.io/namespaces";

    private ScopeLeases() {}

    /**
     * Another operator that works on a namespace of this scope, in words; empty if there is none.
     *
     * @param own namespace and name of this operator's Lease, with a slash between them
     */
    static Optional<String> other(List<Lease> leases, String own, Scope scope, Instant now) {
        return leases.stream()
                .filter(lease -> !path(lease).equals(own) && isHeld(lease.getSpec(), now))
                .flatMap(lease -> scope(lease)
                        .flatMap(scope::sharedWith)
                        .map(shared -> "another operator, which holds the Lease %s, reconciles the resources of %s"
                                .formatted(path(lease), shared))
                        .stream())
                .sorted()
                .findFirst();
    }

    private static String path(Lease lease) {
        return lease.getMetadata().getNamespace() + "/" + lease.getMetadata().getName();
    }

    private static boolean isHeld(LeaseSpec spec, Instant now) {
        return spec != null
                && spec.getHolderIdentity() != null
                && !spec.getHolderIdentity().isEmpty()
                && spec.getRenewTime() != null
                && spec.getLeaseDurationSeconds() != null
                && now.isBefore(spec.getRenewTime().toInstant().plusSeconds(spec.getLeaseDurationSeconds()));
    }

    private static Optional<Scope> scope(Lease lease) {
        return Optional.ofNullable(
                        Objects.requireNonNullElse(lease.getMetadata().getAnnotations(), Map.<String, String>of())
                                .get(NAMESPACES))
                .map(Scope::of);
    }
}
