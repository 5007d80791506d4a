package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
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
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.jetwright.api.EnvironmentVariable;
import io.jetwright.api.EventLogger;
import io.jetwright.api.EventLoggerSpec;
import io.jetwright.api.ImagePullPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The Deployment of an event logger. */
final class DeploymentTemplate {
    /** Changes with the secrets, so that the pods are replaced when these change. */
    static final String FINGERPRINT = "jetwright.io/secrets";

    static final String HTTP = "http";

    private static final int HTTP_PORT = 8080;

    /** For the endpoints to forget a pod before it stops to listen. */
    private static final long PAUSE_SECONDS = 3;

    private static final long GRACE_SECONDS = 20;

    private final EventLogger logger;
    private final EventLoggerSpec spec;
    private final Plan.Complete plan;

    private DeploymentTemplate(EventLogger logger, Plan.Complete plan) {
        this.logger = logger;
        this.spec = logger.getSpec();
        this.plan = plan;
    }

    static Deployment deployment(EventLogger logger, Plan.Complete plan) {
        return new DeploymentTemplate(logger, plan).deployment();
    }

    private Deployment deployment() {
        return new DeploymentBuilder()
                .withMetadata(EventLoggerWorkflow.METADATA.of(logger, null))
                .withNewSpec()
                .withReplicas(spec.replicas())
                .withNewSelector()
                .withMatchLabels(EventLoggerWorkflow.METADATA.podSelector(logger))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(podLabels())
                .withAnnotations(podAnnotations())
                .endMetadata()
                .withSpec(pod())
                .endTemplate()
                .endSpec()
                .build();
    }

    private Map<String, String> podLabels() {
        Map<String, String> labels = new TreeMap<>(orEmpty(spec.podLabels()));
        labels.putAll(EventLoggerWorkflow.METADATA.labels(logger));
        return labels;
    }

    private Map<String, String> podAnnotations() {
        Map<String, String> annotations = new TreeMap<>(orEmpty(spec.podAnnotations()));
        if (!plan.access().fingerprint().isEmpty()) {
            annotations.put(FINGERPRINT, plan.access().fingerprint());
        }
        return annotations;
    }

    private PodSpec pod() {
        return new PodSpecBuilder()
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withSecurityContext(podSecurity(spec.podSecurityContext()))
                .withImagePullSecrets(orEmpty(spec.imagePullSecrets()).stream()
                        .map(secret -> new LocalObjectReference(secret.name()))
                        .toList())
                .withContainers(container())
                .withVolumes(volumes())
                .withNodeSelector(orEmpty(spec.nodeSelector()))
                .withTolerations(orEmpty(spec.tolerations()))
                .withAffinity(spec.affinity())
                .withTopologySpreadConstraints(spread())
                .withPriorityClassName(spec.priorityClassName())
                .build();
    }

    private Container container() {
        ImagePullPolicy policy = spec.imagePullPolicy();
        return new ContainerBuilder()
                .withName("event-logger")
                .withImage(plan.image())
                .withImagePullPolicy(policy == null ? null : policy.wireName())
                .withArgs("event-logger")
                .withEnv(environment())
                .addNewPort()
                .withName(HTTP)
                .withContainerPort(HTTP_PORT)
                .withProtocol("TCP")
                .endPort()
                .withStartupProbe(probe("/health", 1, 60))
                .withReadinessProbe(probe("/ready", 5, 2))
                .withLivenessProbe(probe("/health", 10, 3))
                .withNewLifecycle()
                .withNewPreStop()
                .withNewSleep(PAUSE_SECONDS)
                .endPreStop()
                .endLifecycle()
                .withResources(resources(spec.resources()))
                .withSecurityContext(security(spec.securityContext()))
                .withVolumeMounts(mounts())
                .build();
    }

    private List<EnvVar> environment() {
        List<EnvVar> variables = new ArrayList<>(plan.access().environment());
        variables.add(new EnvVar("STREAM_NAME", plan.stream(), null));
        variables.add(new EnvVar("CONSUMER_NAME", spec.durableName(), null));
        if (spec.subjectPrefix() != null) {
            variables.add(new EnvVar("SUBJECT_PREFIX", spec.subjectPrefix(), null));
        }
        if (spec.historySize() != null) {
            variables.add(new EnvVar("HISTORY_SIZE", String.valueOf(spec.historySize()), null));
        }
        variables.add(new EnvVar("HTTP_PORT", String.valueOf(HTTP_PORT), null));
        String basePath = IngressTemplate.basePath(spec);
        if (!basePath.isEmpty()) {
            variables.add(new EnvVar("BASE_PATH", basePath, null));
        }
        for (EnvironmentVariable more : orEmpty(spec.env())) {
            variables.add(new EnvVar(more.name(), more.value(), more.valueFrom()));
        }
        return variables;
    }

    private static Probe probe(String path, int period, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(HTTP)
                .endHttpGet()
                .withPeriodSeconds(period)
                .withTimeoutSeconds(3)
                .withFailureThreshold(failures)
                .build();
    }

    private List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(new VolumeBuilder()
                .withName("tmp")
                .withNewEmptyDir()
                .withSizeLimit(new Quantity("16Mi"))
                .endEmptyDir()
                .build());
        volumes.addAll(plan.access().volumes());
        return volumes;
    }

    private List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(
                new VolumeMountBuilder().withName("tmp").withMountPath("/tmp").build());
        mounts.addAll(plan.access().mounts());
        return mounts;
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

    private static PodSecurityContext podSecurity(@Nullable PodSecurityContext given) {
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

    private List<TopologySpreadConstraint> spread() {
        return orEmpty(spec.topologySpreadConstraints()).stream()
                .map(constraint -> constraint.getLabelSelector() != null
                        ? constraint
                        : new TopologySpreadConstraintBuilder(constraint)
                                .withNewLabelSelector()
                                .withMatchLabels(EventLoggerWorkflow.METADATA.podSelector(logger))
                                .endLabelSelector()
                                .build())
                .toList();
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return Objects.requireNonNullElse(map, Map.of());
    }
}
