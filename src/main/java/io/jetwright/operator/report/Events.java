package io.jetwright.operator.report;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Tells what happens to a resource. */
public interface Events {
    /** Something was done as it should be. */
    void normal(HasMetadata resource, String reason, String message);

    /** Somebody has to do something. */
    void warning(HasMetadata resource, String reason, String message);
}
