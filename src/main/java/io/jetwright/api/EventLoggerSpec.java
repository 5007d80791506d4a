package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event logger as its resource declares it. A field that is null was omitted. */
@JsonClassDescription(
        "The app, what it reads, and how its pods run. What is omitted of the pods is as Kubernetes has it.")
@ValidationRule(
        value = "has(self.streamRef) != has(self.streamName)",
        message = "set either streamRef (a Stream resource) or streamName (a stream in JetStream)")
@ValidationRule(
        value = "has(self.streamRef) == has(oldSelf.streamRef)"
                + " && (!has(self.streamRef) || self.streamRef.name == oldSelf.streamRef.name)"
                + " && has(self.streamName) == has(oldSelf.streamName)"
                + " && (!has(self.streamName) || self.streamName == oldSelf.streamName)",
        message = "the stream of an event logger cannot be changed, since its consumer cannot move: create a new"
                + " EventLogger and delete this one")
@ValidationRule(
        value = "has(self.streamRef) || " + ConnectionReference.UNCHANGED,
        message = "with streamName, connectionRef cannot be changed, since the consumer that it has made would stay"
                + " behind: create a new EventLogger, and delete this one")
@ValidationRule(
        value = "(has(self.consumer) && has(self.consumer.durableName) ? self.consumer.durableName : '"
                + EventLoggerSpec.CONSUMER + "') == (has(oldSelf.consumer) && has(oldSelf.consumer.durableName) ?"
                + " oldSelf.consumer.durableName : '" + EventLoggerSpec.CONSUMER + "')",
        message = "consumer.durableName cannot be changed, since JetStream cannot rename a consumer: create a new"
                + " EventLogger, and delete this one")
@ValidationRule(
        value = "!has(self.env) || self.env.all(each, !each.name.startsWith('NATS_') && !(each.name in"
                + " ['STREAM_NAME', 'CONSUMER_NAME', 'CREATE_CONSUMER', 'SUBJECT_PREFIX', 'HISTORY_SIZE', 'HTTP_PORT',"
                + " 'BASE_PATH', 'JETSTREAM_DOMAIN', 'JETSTREAM_API_PREFIX', 'PUBLISH', 'PUBLISH_TOKEN_FILE',"
                + " 'MANAGEMENT_PORT', 'SUBJECTS', 'PROTOBUF_DESCRIPTORS', 'PROTOBUF_TYPES', 'MSGPACK_SUBJECTS',"
                + " 'TRUSTED_PROXIES', 'CONNECTIONS_PER_ADDRESS']))",
        message = "env: what the app gets from this resource is set by its own fields (connectionRef, streamRef,"
                + " streamName, consumer, subjectPrefix, subjects, protobuf, messagePack, historySize, publish, ingress.path,"
                + " httpRoute.path, trustedProxies, connectionsPerAddress), and not by NATS_*,"
                + " STREAM_NAME, CONSUMER_NAME, CREATE_CONSUMER, SUBJECT_PREFIX, SUBJECTS, HISTORY_SIZE, PUBLISH,"
                + " PUBLISH_TOKEN_FILE, PROTOBUF_DESCRIPTORS, PROTOBUF_TYPES, MSGPACK_SUBJECTS, HTTP_PORT, MANAGEMENT_PORT,"
                + " BASE_PATH, TRUSTED_PROXIES, CONNECTIONS_PER_ADDRESS or JETSTREAM_*")
@ValidationRule(
        value = "!has(self.protobuf) || !has(self.protobuf.types) || !has(self.messagePack)"
                + " || self.protobuf.types.all(each, !(each.subject in self.messagePack.subjects))",
        message = "a pattern in protobuf.types is in messagePack.subjects as well: leave one of them out")
@ValidationRule(
        value = "!(has(self.ingress) && has(self.ingress.enabled) && self.ingress.enabled && has(self.httpRoute)"
                + " && has(self.httpRoute.enabled) && self.httpRoute.enabled) || (has(self.ingress.path) ?"
                + " self.ingress.path : '/') == (has(self.httpRoute.path) ? self.httpRoute.path : '/')",
        message = "ingress.path and httpRoute.path must be the same, since the app is shown under one path")
public record EventLoggerSpec(
        @JsonPropertyDescription("The Stream resource, in the same namespace. Either this or streamName.") @Nullable
        StreamReference streamRef,

        @JsonPropertyDescription("The name of the stream in JetStream. Either this or streamRef.")
        @Pattern(Limits.NAME)
        @Size(min = 1, max = Limits.NAME_LENGTH)
        @Nullable
        String streamName,

        @JsonPropertyDescription("The Connection by which the app reaches NATS. Omitted: that of the Stream resource,"
                + " else the operator's default. Its Secrets must be in this namespace, since pods can mount no"
                + " others.")
        @Nullable
        ConnectionReference connectionRef,

        @JsonPropertyDescription(
                "A name is published to <subjectPrefix>.<name>. Omitted: the prefix of the subjects that"
                        + " are shown, if they have exactly one; else a name is a whole subject.")
        @Pattern(Limits.LITERAL_SUBJECT)
        @Size(max = 200)
        @Nullable
        String subjectPrefix,

        @JsonPropertyDescription(
                "The subjects that are shown and published to; wildcards are allowed, overlaps are not."
                        + " Omitted: <subjectPrefix>.> if that is set, else all of the stream.")
        @Size(max = 100)
        @Nullable
        List<@Pattern(Limits.SUBJECT_IN_LIST) @Size(min = 1, max = Limits.SUBJECT_LENGTH) String> subjects,

        @JsonPropertyDescription("How payloads are decoded that are protobuf. Omitted: they are shown in base64.")
        @Nullable
        EventLoggerProtobuf protobuf,

        @JsonPropertyDescription("Which payloads are MessagePack. Omitted: those whose Content-Type says so.") @Nullable
        EventLoggerMessagePack messagePack,

        @JsonPropertyDescription("The consumer that the app reads from.") @Nullable
        EventLoggerConsumer consumer,

        @JsonPropertyDescription("How many events are shown, 1 to 10000. Default: 100.") @Min(1) @Max(10_000) @Nullable
        Integer historySize,

        @JsonPropertyDescription("Who may publish through the app.") @Nullable
        EventLoggerPublish publish,

        @JsonPropertyDescription(
                "How many pods run; kubectl scale and autoscalers that scale this resource set it. Omitted: 1,"
                        + " or as many as an autoscaler sets in the Deployment.")
        @SpecReplicas
        @Min(0)
        @Nullable
        Integer replicas,

        @JsonPropertyDescription("The container image. Omitted: the operator's own.")
        @Pattern(Limits.IMAGE)
        @Size(min = 1, max = 1000)
        @Nullable
        String image,

        @JsonPropertyDescription(
                "When the image is pulled. Omitted: the operator's image as its own pod pulls it; another one as Kubernetes"
                        + " does, Always for the tag latest, else IfNotPresent.")
        @Nullable
        ImagePullPolicy imagePullPolicy,

        @JsonPropertyDescription(
                "Secrets of this namespace by which the image is pulled. Omitted: for the operator's image, Secrets of the names"
                        + " by which its own pod pulls it.")
        @Size(max = 100)
        @Nullable
        List<SecretReference> imagePullSecrets,

        @JsonPropertyDescription("The Service.") @Nullable EventLoggerService service,

        @JsonPropertyDescription("The Ingress.") @Nullable EventLoggerIngress ingress,

        @JsonPropertyDescription("The HTTPRoute, where the cluster has the Gateway API.") @Nullable
        EventLoggerHttpRoute httpRoute,

        @JsonPropertyDescription("The PodDisruptionBudget.") @Nullable
        EventLoggerPodDisruptionBudget podDisruptionBudget,

        @JsonPropertyDescription("The NetworkPolicy.") @Nullable
        EventLoggerNetworkPolicy networkPolicy,

        @JsonPropertyDescription(
                "Addresses, or ranges of them such as 10.0.0.0/8, of the proxies before the app, such as an ingress"
                        + " controller's pods, whose X-Forwarded-For is believed. Omitted: none, so all clients of a proxy"
                        + " count as one, and share connectionsPerAddress.")
        @Size(max = 100)
        @Nullable
        List<@Pattern(Limits.NETWORK) @Size(min = 1, max = Limits.NETWORK_LENGTH) String> trustedProxies,

        @JsonPropertyDescription("How many connections one address may have to a pod, 1 to 2000. A trusted proxy has no"
                + " limit, but each client behind it may have so many listeners. Default: 250.")
        @Min(1)
        @Max(2_000)
        @Nullable
        Integer connectionsPerAddress,

        @JsonPropertyDescription("CPU and memory of the container. Omitted: requests of 50m and 160Mi, and a memory"
                + " limit of 320Mi. The Java heap may take two fifths of the memory limit: for the newest events, for"
                + " listeners and for what is being published. A larger limit holds more of them.")
        @Nullable
        ResourceRequirements resources,

        @JsonPropertyDescription("More environment variables, such as LOG_LEVEL. Those that the fields of this resource"
                + " stand for cannot be set here.")
        @Size(max = 100)
        @Nullable
        List<EnvironmentVariable> env,

        @JsonPropertyDescription("More labels of the pods.") @Size(max = 100) @Nullable
        Map<String, String> podLabels,

        @JsonPropertyDescription("More annotations of the pods.") @Size(max = 100) @Nullable
        Map<String, String> podAnnotations,

        @JsonPropertyDescription("Labels of the nodes that the pods may run on.") @Size(max = 100) @Nullable
        Map<String, String> nodeSelector,

        @JsonPropertyDescription("Taints that the pods tolerate.") @Size(max = 100) @Nullable
        List<Toleration> tolerations,

        @JsonPropertyDescription("Where the pods are rather put, and rather not.") @Nullable
        Affinity affinity,

        @JsonPropertyDescription("How the pods are spread; without labelSelector, among the pods of this event logger.")
        @Size(max = 100)
        @Nullable
        List<TopologySpreadConstraint> topologySpreadConstraints,

        @JsonPropertyDescription("The PriorityClass of the pods.") @Size(min = 1, max = 253) @Nullable
        String priorityClassName,

        @JsonPropertyDescription("The pods' security context. What is omitted in it: runAsNonRoot: true and"
                + " seccompProfile RuntimeDefault.")
        @Nullable
        PodSecurityContext podSecurityContext,

        @JsonPropertyDescription(
                "The container's security context. What is omitted in it: readOnlyRootFilesystem: true,"
                        + " allowPrivilegeEscalation: false, and all capabilities dropped.")
        @Nullable
        SecurityContext securityContext,

        @JsonPropertyDescription(
                "Jetwright leaves all that belongs to this resource as it is: it runs on, and is neither"
                        + " changed nor repaired. To stop the pods, set replicas: 0.")
        @Nullable
        Boolean suspend) {
    /** The consumer's name where {@code consumer.durableName} is omitted. */
    public static final String CONSUMER = "event-logger";

    /** The Service's port where {@code service.port} is omitted. */
    public static final int PORT = 8080;

    /** The Service's port where {@code service.managementPort} is omitted. */
    public static final int MANAGEMENT_PORT = 8081;

    /** The consumer's name in JetStream. */
    public String durableName() {
        return consumer == null || consumer.durableName() == null ? CONSUMER : consumer.durableName();
    }

    /** The Service's port. */
    public int port() {
        return service == null || service.port() == null ? PORT : service.port();
    }

    /** The Service's port for metrics, probes and the full status. */
    public int managementPort() {
        return service == null || service.managementPort() == null ? MANAGEMENT_PORT : service.managementPort();
    }

    /** Whether there is to be an Ingress. */
    public boolean hasIngress() {
        return ingress != null && Boolean.TRUE.equals(ingress.enabled());
    }

    /** Whether there is to be an HTTPRoute. */
    public boolean hasHttpRoute() {
        return httpRoute != null && Boolean.TRUE.equals(httpRoute.enabled());
    }

    /** Whether there is to be a PodDisruptionBudget: of one pod it could only protect the node from being drained. */
    public boolean hasPodDisruptionBudget() {
        Boolean wanted = podDisruptionBudget == null ? null : podDisruptionBudget.enabled();
        return replicas == null ? Boolean.TRUE.equals(wanted) : replicas > 1 && !Boolean.FALSE.equals(wanted);
    }

    /** Whether there is to be a NetworkPolicy. */
    public boolean hasNetworkPolicy() {
        return networkPolicy != null && Boolean.TRUE.equals(networkPolicy.enabled());
    }

    /** The path under which the app is shown, without a slash at its end; empty for the root. */
    public String basePath() {
        String path = ingress != null && hasIngress()
                ? ingress.path()
                : httpRoute != null && hasHttpRoute() ? httpRoute.path() : null;
        return path == null ? "" : path.replaceFirst("/$", "");
    }
}
