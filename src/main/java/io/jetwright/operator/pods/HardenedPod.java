package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pod that runs with as few rights as possible, and reaches NATS. It has no token of the service account, a read-only root
 * file system with an empty {@code /tmp}, and no root user, capability or privilege unless its security contexts say so.
 */
public final class HardenedPod {
    /** An annotation that changes with the Secrets, so that the Deployment replaces the pods when these change. */
    private static final String FINGERPRINT = "jetwright.io/secrets";

    private static final String TEMPORARY_FILES = "tmp";

    private final HasMetadata owner;
    private final OwnedMetadata metadata;
    private final PodAccess access;

    private HardenedPod(HasMetadata owner, OwnedMetadata metadata, PodAccess access) {
        this.owner = owner;
        this.metadata = metadata;
        this.access = access;
    }

    /**
     * Completes the template of a pod; a pure function. What is given stays, except for the labels and annotations that Jetwright sets: omitted
     * fields of the security contexts, omitted resources of containers and omitted selectors of spread constraints get their
     * defaults, and all containers get the access to NATS.
     *
     * @param given with a spec; its metadata may be null
     */
    public static PodTemplateSpec of(
            HasMetadata owner, OwnedMetadata metadata, PodAccess access, PodTemplateSpec given) {
        var pod = new HardenedPod(owner, metadata, access);
        return new PodTemplateSpecBuilder(given)
                .editOrNewMetadata()
                .withLabels(pod.labels(given.getMetadata()))
                .withAnnotations(pod.annotations(given.getMetadata()))
                .endMetadata()
                .withSpec(pod.spec(given.getSpec()))
                .build();
    }

    private Map<String, String> labels(@Nullable ObjectMeta given) {
        Map<String, String> labels = copy(given == null ? null : given.getLabels());
        labels.putAll(metadata.labels(owner));
        return labels;
    }

    private Map<String, String> annotations(@Nullable ObjectMeta given) {
        Map<String, String> annotations = copy(given == null ? null : given.getAnnotations());
        if (!access.fingerprint().isEmpty()) {
            annotations.put(FINGERPRINT, access.fingerprint());
        }
        return annotations;
    }

    private static Map<String, String> copy(@Nullable Map<String, String> given) {
        return given == null ? new TreeMap<>() : new TreeMap<>(given);
    }

    private PodSpec spec(PodSpec given) {
        var temporaryFiles = new VolumeBuilder()
                .withName(TEMPORARY_FILES)
                .withNewEmptyDir()
                .withSizeLimit(new Quantity("16Mi"))
                .endEmptyDir()
                .build();
        List<Volume> volumes = Stream.of(List.of(temporaryFiles), access.volumes(), given.getVolumes())
                .flatMap(List::stream)
                .toList();
        return new PodSpecBuilder(given)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withSecurityContext(security(given.getSecurityContext()))
                .withContainers(
                        given.getContainers().stream().map(this::container).toList())
                .withVolumes(volumes)
                .withTopologySpreadConstraints(given.getTopologySpreadConstraints().stream()
                        .map(this::spread)
                        .toList())
                .build();
    }

    private Container container(Container given) {
        var temporaryFiles = new VolumeMountBuilder()
                .withName(TEMPORARY_FILES)
                .withMountPath("/tmp")
                .build();
        List<EnvVar> environment = Stream.of(access.environment(), given.getEnv())
                .flatMap(List::stream)
                .toList();
        List<VolumeMount> mounts = Stream.of(List.of(temporaryFiles), access.mounts(), given.getVolumeMounts())
                .flatMap(List::stream)
                .toList();
        return new ContainerBuilder(given)
                .withEnv(environment)
                .withResources(resources(given.getResources()))
                .withSecurityContext(security(given.getSecurityContext()))
                .withVolumeMounts(mounts)
                .build();
    }

    private static ResourceRequirements resources(@Nullable ResourceRequirements given) {
        return given != null
                ? given
                : new ResourceRequirementsBuilder()
                        .addToRequests("cpu", new Quantity("50m"))
                        .addToRequests("memory", new Quantity("160Mi"))
                        .addToLimits("memory", new Quantity("320Mi"))
                        .build();
    }

    private static PodSecurityContext security(@Nullable PodSecurityContext given) {
        var security = given == null ? new PodSecurityContextBuilder() : new PodSecurityContextBuilder(given);
        if (security.getRunAsNonRoot() == null) {
            security.withRunAsNonRoot(true);
        }
        if (!security.hasSeccompProfile()) {
            security.withNewSeccompProfile().withType("RuntimeDefault").endSeccompProfile();
        }
        return security.build();
    }

    private static SecurityContext security(@Nullable SecurityContext given) {
        var security = given == null ? new SecurityContextBuilder() : new SecurityContextBuilder(given);
        if (security.getReadOnlyRootFilesystem() == null) {
            security.withReadOnlyRootFilesystem(true);
        }
        if (security.getAllowPrivilegeEscalation() == null) {
            security.withAllowPrivilegeEscalation(false);
        }
        if (!security.hasCapabilities()) {
            security.withNewCapabilities().withDrop("ALL").endCapabilities();
        }
        return security.build();
    }

    private TopologySpreadConstraint spread(TopologySpreadConstraint given) {
        return given.getLabelSelector() != null
                ? given
                : new TopologySpreadConstraintBuilder(given)
                        .withNewLabelSelector()
                        .withMatchLabels(metadata.podSelector(owner))
                        .endLabelSelector()
                        .build();
    }
}
