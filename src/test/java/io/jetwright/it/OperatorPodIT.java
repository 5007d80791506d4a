package io.jetwright.it;

import static io.jetwright.it.Eventually.eventually;
import static io.jetwright.it.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operator as a pod, of the image of this build, hardened, and with the rights of a Role in its own namespace. */
class OperatorPodIT {
    private static final Duration STARTED = Duration.ofSeconds(90);

    @RegisterExtension
    static final Installation installation = Installation.withoutOperator().nodes();

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());

    @BeforeEach
    void deployOperator() {
        namespace.applyAll("""
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  name: jetwright
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata:
                  name: jetwright
                rules:
                  - apiGroups: [jetwright.io]
                    resources: ["*"]
                    verbs: [get, list, watch, patch]
                  - apiGroups: [jetwright.io]
                    resources: [consumers]
                    verbs: [create]
                  - apiGroups: [apps]
                    resources: [deployments]
                    verbs: [get, list, watch, create, patch]
                  - apiGroups: [""]
                    resources: [services]
                    verbs: [get, list, watch, create, patch]
                  - apiGroups: [networking.k8s.io]
                    resources: [ingresses]
                    verbs: [get, list, watch, create, patch, delete]
                  - apiGroups: [""]
                    resources: [events]
                    verbs: [create, patch]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata:
                  name: jetwright
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: jetwright}
                subjects: [{kind: ServiceAccount, name: jetwright, namespace: %1$s}]
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: jetwright
                spec:
                  strategy: {type: Recreate}
                  selector: {matchLabels: {app: jetwright}}
                  template:
                    metadata:
                      labels: {app: jetwright}
                    spec:
                      serviceAccountName: jetwright
                      terminationGracePeriodSeconds: 5
                      securityContext:
                        runAsNonRoot: true
                        seccompProfile: {type: RuntimeDefault}
                      containers:
                        - name: operator
                          image: %2$s
                          imagePullPolicy: IfNotPresent
                          env:
                            - {name: NATS_URL, value: "%3$s"}
                            - {name: WATCH_NAMESPACES, value: %1$s}
                            - {name: CLUSTER_ID, value: test}
                          startupProbe:
                            httpGet: {path: /readyz, port: 8080}
                            periodSeconds: 1
                            failureThreshold: 60
                          readinessProbe:
                            httpGet: {path: /readyz, port: 8080}
                            periodSeconds: 1
                          livenessProbe:
                            httpGet: {path: /livez, port: 8080}
                          resources:
                            limits: {memory: 320Mi}
                          securityContext:
                            allowPrivilegeEscalation: false
                            readOnlyRootFilesystem: true
                            capabilities: {drop: [ALL]}
                          volumeMounts: [{name: tmp, mountPath: /tmp}]
                      volumes: [{name: tmp, emptyDir: {}}]
                """.formatted(
                        namespace.name(),
                        installation.kubernetes().loadImage(),
                        installation.nats().url()));
        eventually(STARTED, () -> assertThat(readyPods())
                .as("what the pods say: %s", logs())
                .hasSize(1));
    }

    private List<String> readyPods() {
        return pods().stream()
                .filter(pod -> pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True")))
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    private List<Pod> pods() {
        return namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withLabel("app", "jetwright")
                .list()
                .getItems();
    }

    private String logs() {
        try {
            return pods().stream()
                    .map(pod -> pod.getStatus() + "\n"
                            + namespace.client().pods().resource(pod).getLog())
                    .toList()
                    .toString();
        } catch (RuntimeException e) {
            return e.toString();
        }
    }

    @Test
    void aStreamIsMadeReadyAndDeleted() {
        var orders = namespace.applyReady(stream("orders", "subjects: [orders.>]"));
        assertThat(jetStream.hasStream("orders")).isTrue();
        assertThat(namespace.events(orders)).isNotEmpty();

        namespace.delete(orders);

        namespace.awaitGone(orders);
        assertThat(jetStream.hasStream("orders")).isFalse();
    }

    @Test
    void aPodThatIsDeletedIsReplacedAndWorksOn() {
        List<String> before = readyPods();
        namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withName(before.get(0))
                .delete();

        eventually(STARTED, () -> assertThat(readyPods()).hasSize(1).isNotEqualTo(before));
        namespace.applyReady(stream("orders", "subjects: [orders.>]"));
    }
}
