package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;

/**
 * What a pod gets to reach NATS; secrets as files only.
 *
 * @param fingerprint changes when a secret does, and tells nothing else; empty for no secrets
 */
record PodAccess(List<EnvVar> environment, List<Volume> volumes, List<VolumeMount> mounts, String fingerprint) {}
