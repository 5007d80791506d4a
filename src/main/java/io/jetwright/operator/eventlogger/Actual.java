package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.jetwright.api.Consumer;
import org.jspecify.annotations.Nullable;

/** What there is of an event logger, as the watches tell it; null for what is not there. */
record Actual(
        @Nullable Consumer consumer,
        @Nullable Deployment deployment,
        @Nullable Service service,
        @Nullable Ingress ingress) {
    /** Nothing is known. */
    static final Actual UNKNOWN = new Actual(null, null, null, null);
}
