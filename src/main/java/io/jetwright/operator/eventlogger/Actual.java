package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.jetwright.api.Consumer;
import org.jspecify.annotations.Nullable;

/** The resources that an event logger owns, as the caches show them; null for one that is not there. */
record Actual(
        @Nullable Consumer consumer,
        @Nullable Deployment deployment,
        @Nullable Service service,
        @Nullable Ingress ingress,
        @Nullable HTTPRoute httpRoute) {
    /** For event loggers whose resources are not watched. */
    static final Actual UNKNOWN = new Actual(null, null, null, null, null);
}
