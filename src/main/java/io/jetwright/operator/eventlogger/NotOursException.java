package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** There is already something of the name, which belongs to somebody else. */
final class NotOursException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotOursException(HasMetadata resource) {
        super(
                "there is a %s %s that does not belong to this EventLogger: delete it, or give the EventLogger another name"
                        .formatted(resource.getKind(), resource.getMetadata().getName()));
    }
}
