package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;

/**
 * What the container of a pod gets to connect to NATS. Credentials are in mounted Secrets only, never in the environment.
 *
 * @param serverPorts the ports of the NATS servers
 * @param fingerprint changes when the data of a Secret does, and reveals nothing of it; empty for no Secrets
 */
public record PodAccess(
        List<EnvVar> environment,
        List<Volume> volumes,
        List<VolumeMount> mounts,
        List<Integer> serverPorts,
        String fingerprint) {}
