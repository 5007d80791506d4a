package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.jetwright.api.EnvironmentVariable;
import io.jetwright.api.EventLogger;
import io.jetwright.api.EventLoggerProtobuf;
import io.jetwright.api.EventLoggerPublish;
import io.jetwright.api.EventLoggerSpec;
import io.jetwright.api.EventLoggerTokenSecret;
import io.jetwright.api.ImagePullPolicy;
import io.jetwright.api.SecretReference;
import io.jetwright.operator.pods.HardenedPod;
import io.jetwright.operator.pods.PodInputs;
import io.jetwright.operator.pods.Probes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Deployment of an event logger. */
final class DeploymentTemplate {
    /** The name of the container's port, and of that of the Service. */
    static final String HTTP = "http";

    /** The name of the container's port for metrics and probes. */
    static final String MANAGEMENT = "management";

    private static final int HTTP_PORT = 8080;
    private static final int MANAGEMENT_PORT = 8081;
    private static final String PUBLISH_TOKEN = "publish-token";
    private static final String DESCRIPTORS = "protobuf-descriptors";

    /** How long a pod that ends still listens, until no endpoint leads to it any more. */
    private static final long PAUSE_SECONDS = 3;

    private static final long GRACE_SECONDS = 20;

    private final EventLogger logger;
    private final EventLoggerSpec spec;
    private final PodInputs.Resolved inputs;

    private DeploymentTemplate(EventLogger logger, PodInputs.Resolved inputs) {
        this.logger = logger;
        this.spec = logger.getSpec();
        this.inputs = inputs;
    }

    static Deployment deployment(EventLogger logger, PodInputs.Resolved inputs) {
        return new DeploymentTemplate(logger, inputs).deployment();
    }

    private Deployment deployment() {
        return new DeploymentBuilder()
                .withMetadata(EventLoggerWorkflow.METADATA.of(logger, null))
                .withNewSpec()
                .withReplicas(inputs.conflict().isPresent() ? Integer.valueOf(0) : spec.replicas())
                .withNewSelector()
                .withMatchLabels(EventLoggerWorkflow.METADATA.podSelector(logger))
                .endSelector()
                .withTemplate(HardenedPod.of(logger, EventLoggerWorkflow.METADATA, inputs.access(), pod()))
                .endSpec()
                .build();
    }

    private PodTemplateSpec pod() {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(orEmpty(spec.podLabels()))
                .withAnnotations(orEmpty(spec.podAnnotations()))
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withSecurityContext(spec.podSecurityContext())
                .withImagePullSecrets(
                        pullSecrets().map(LocalObjectReference::new).toList())
                .withContainers(container())
                .withVolumes(volumes())
                .withNodeSelector(orEmpty(spec.nodeSelector()))
                .withTolerations(orEmpty(spec.tolerations()))
                .withAffinity(spec.affinity())
                .withTopologySpreadConstraints(orEmpty(spec.topologySpreadConstraints()))
                .withPriorityClassName(spec.priorityClassName())
                .endSpec()
                .build();
    }

    private Stream<String> pullSecrets() {
        List<SecretReference> own = spec.imagePullSecrets();
        return own == null
                ? inputs.image().pullSecrets().stream()
                : own.stream().map(SecretReference::name);
    }

    private Container container() {
        ImagePullPolicy own = spec.imagePullPolicy();
        ImagePullPolicy policy = own == null ? inputs.image().pullPolicy() : own;
        return new ContainerBuilder()
                .withName("event-logger")
                .withImage(inputs.image().name())
                .withImagePullPolicy(policy == null ? null : policy.wireName())
                .withArgs("event-logger")
                .withEnv(environment())
                .addNewPort()
                .withName(HTTP)
                .withContainerPort(HTTP_PORT)
                .withProtocol("TCP")
                .endPort()
                .addNewPort()
                .withName(MANAGEMENT)
                .withContainerPort(MANAGEMENT_PORT)
                .withProtocol("TCP")
                .endPort()
                .withVolumeMounts(
                        volumes().stream().map(each -> mount(each.getName())).toList())
                .withStartupProbe(Probes.httpGet(MANAGEMENT, "/health", 1, 60))
                .withReadinessProbe(Probes.httpGet(MANAGEMENT, "/ready", 5, 2))
                .withLivenessProbe(Probes.httpGet(MANAGEMENT, "/health", 10, 3))
                .withNewLifecycle()
                .withNewPreStop()
                .withNewSleep(PAUSE_SECONDS)
                .endPreStop()
                .endLifecycle()
                .withResources(spec.resources())
                .withSecurityContext(spec.securityContext())
                .build();
    }

    private List<EnvVar> environment() {
        List<EnvVar> variables = new ArrayList<>();
        variables.add(new EnvVar("STREAM_NAME", inputs.stream(), null));
        variables.add(new EnvVar("CONSUMER_NAME", spec.durableName(), null));
        if (spec.subjectPrefix() != null) {
            variables.add(new EnvVar("SUBJECT_PREFIX", spec.subjectPrefix(), null));
        }
        if (!orEmpty(spec.subjects()).isEmpty()) {
            variables.add(new EnvVar("SUBJECTS", String.join(",", spec.subjects()), null));
        }
        decoding(variables);
        if (spec.historySize() != null) {
            variables.add(new EnvVar("HISTORY_SIZE", String.valueOf(spec.historySize()), null));
        }
        variables.add(new EnvVar("HTTP_PORT", String.valueOf(HTTP_PORT), null));
        variables.add(new EnvVar("MANAGEMENT_PORT", String.valueOf(MANAGEMENT_PORT), null));
        if (spec.publish() != null && spec.publish().enabled() != null) {
            variables.add(new EnvVar("PUBLISH", String.valueOf(spec.publish().enabled()), null));
        }
        if (tokenSecret().isPresent()) {
            variables.add(new EnvVar("PUBLISH_TOKEN_FILE", folder(PUBLISH_TOKEN) + "/token", null));
        }
        String basePath = spec.basePath();
        if (!basePath.isEmpty()) {
            variables.add(new EnvVar("BASE_PATH", basePath, null));
        }
        if (!orEmpty(spec.trustedProxies()).isEmpty()) {
            variables.add(new EnvVar("TRUSTED_PROXIES", String.join(",", spec.trustedProxies()), null));
        }
        if (spec.connectionsPerAddress() != null) {
            variables.add(new EnvVar("CONNECTIONS_PER_ADDRESS", String.valueOf(spec.connectionsPerAddress()), null));
        }
        for (EnvironmentVariable more : orEmpty(spec.env())) {
            variables.add(new EnvVar(more.name(), more.value(), more.valueFrom()));
        }
        return variables;
    }

    private Optional<EventLoggerTokenSecret> tokenSecret() {
        return Optional.ofNullable(spec.publish()).map(EventLoggerPublish::tokenSecret);
    }

    private void decoding(List<EnvVar> variables) {
        EventLoggerProtobuf protobuf = spec.protobuf();
        if (protobuf != null) {
            variables.add(new EnvVar("PROTOBUF_DESCRIPTORS", folder(DESCRIPTORS), null));
            if (!orEmpty(protobuf.types()).isEmpty()) {
                String types = orEmpty(protobuf.types()).stream()
                        .map(each -> each.subject() + "=" + each.message())
                        .collect(Collectors.joining(","));
                variables.add(new EnvVar("PROTOBUF_TYPES", types, null));
            }
        }
        if (spec.messagePack() != null) {
            variables.add(new EnvVar(
                    "MSGPACK_SUBJECTS", String.join(",", spec.messagePack().subjects()), null));
        }
    }

    private List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        tokenSecret()
                .ifPresent(secret -> volumes.add(new VolumeBuilder()
                        .withName(PUBLISH_TOKEN)
                        .withNewSecret()
                        .withSecretName(secret.name())
                        .withItems(new KeyToPath(secret.tokenKey(), null, "token"))
                        .endSecret()
                        .build()));
        if (spec.protobuf() != null) {
            volumes.add(new VolumeBuilder()
                    .withName(DESCRIPTORS)
                    .withNewConfigMap()
                    .withName(spec.protobuf().descriptors().configMapRef().name())
                    .endConfigMap()
                    .build());
        }
        return volumes;
    }

    private static String folder(String volume) {
        return "/etc/" + volume;
    }

    private static VolumeMount mount(String volume) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(folder(volume))
                .withReadOnly(true)
                .build();
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return Objects.requireNonNullElse(map, Map.of());
    }
}
