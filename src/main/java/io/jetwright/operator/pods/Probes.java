package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;

/** Probes of containers. */
public final class Probes {
    private static final int TIMEOUT_SECONDS = 3;

    private Probes() {}

    /**
     * A probe by HTTP, which succeeds with a status below 400 within 3 s.
     *
     * @param port the name of the container's port
     */
    public static Probe httpGet(String port, String path, int periodSeconds, int failureThreshold) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(port)
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(TIMEOUT_SECONDS)
                .withFailureThreshold(failureThreshold)
                .build();
    }
}
