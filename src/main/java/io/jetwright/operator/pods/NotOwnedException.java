package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** There is already a resource of the name, which the owner does not own. */
final class NotOwnedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotOwnedException(HasMetadata resource, HasMetadata owner) {
        super("there is a %1$s %2$s that does not belong to this %3$s: delete it, or give the %3$s another name"
                .formatted(
                        resource.getKind(), resource.getMetadata().getName(), HasMetadata.getKind(owner.getClass())));
    }
}
