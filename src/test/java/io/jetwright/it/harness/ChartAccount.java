package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The service account that the chart gives the operator, with the rights that the chart gives it and no others. Operators of
 * the tests run as it, and so prove that these suffice.
 */
public final class ChartAccount implements AutoCloseable {
    private static final Set<String> KINDS =
            Set.of("ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");
    private static final String DEFAULT_LEASE = "jetwright";
    private static final String NAMESPACE_NAME = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

    /** What an operator's rights depend on. */
    private record Share(Set<String> watched, String lease, boolean eventLoggers) {}

    private final Kubernetes kubernetes;
    private final TestNamespace namespace;
    private final Map<Share, Path> kubeconfigs = new LinkedHashMap<>();
    private final List<GenericKubernetesResource> applied = new ArrayList<>();

    /** For a release in this namespace; nothing is made yet. */
    ChartAccount(Kubernetes kubernetes, TestNamespace namespace) {
        this.kubernetes = kubernetes;
        this.namespace = namespace;
    }

    /**
     * What the chart would make for an operator with the default Lease.
     *
     * @param eventLoggers whether it runs EventLoggers
     */
    public static List<GenericKubernetesResource> render(
            String release, String namespace, Set<String> watched, boolean eventLoggers) {
        return render(release, namespace, new Share(watched, DEFAULT_LEASE, eventLoggers));
    }

    private static List<GenericKubernetesResource> render(String release, String namespace, Share share) {
        Set<String> watched = share.watched();
        String names = watched.isEmpty() ? "[]" : "[\"" + String.join("\",\"", watched) + "\"]";
        return TestNamespace.parse(Helm.alone()
                        .template(
                                release,
                                namespace,
                                "--set-json=watchNamespaces=" + names,
                                "--set=rbac.aggregate=false,deadLetters.enabled=false,leaderElection.lease=%s,eventLogger.enabled=%s"
                                        .formatted(share.lease(), share.eventLoggers())))
                .stream()
                .filter(resource -> KINDS.contains(resource.getKind()))
                .toList();
    }

    /** What the chart would make for the relay of dead letters that watches one namespace, which is also the release's. */
    static List<GenericKubernetesResource> renderRelay(String release, String namespace) {
        return TestNamespace.parse(Helm.alone()
                        .template(
                                release,
                                namespace,
                                "--set-json=watchNamespaces=[\"%s\"]".formatted(namespace),
                                "--set=rbac.aggregate=false,leaderElection.lease=" + DEFAULT_LEASE))
                .stream()
                .filter(resource -> KINDS.contains(resource.getKind()))
                .filter(resource -> resource.getMetadata().getName().contains("dead-letters"))
                .toList();
    }

    /** A kubeconfig with which an operator of this environment has the rights that the chart would give it. */
    synchronized Path kubeconfig(Map<String, String> environment) {
        Set<String> watched = new TreeSet<>();
        Stream.of(environment.getOrDefault("WATCH_NAMESPACES", "").split(","))
                .map(String::strip)
                .filter(name -> name.matches(NAMESPACE_NAME))
                .forEach(watched::add);
        return kubeconfigs.computeIfAbsent(
                new Share(
                        watched,
                        environment.getOrDefault("LEADER_ELECTION_LEASE", DEFAULT_LEASE),
                        !"false".equals(environment.get("EVENT_LOGGER_ENABLED"))),
                this::make);
    }

    private Path make(Share share) {
        String release = "r%d-%s".formatted(kubeconfigs.size(), namespace.name());
        List<GenericKubernetesResource> rendered = render(release, namespace.name(), share);
        for (GenericKubernetesResource resource : rendered) {
            applied.add(namespace
                    .client()
                    .resource(resource)
                    .fieldManager("test")
                    .forceConflicts()
                    .serverSideApply());
        }
        String account = rendered.stream()
                .filter(resource -> resource.getKind().equals("ServiceAccount"))
                .findFirst()
                .orElseThrow()
                .getMetadata()
                .getName();
        Path kubeconfig = kubernetes.kubeconfigOf(namespace.name(), account);
        awaitRights(kubeconfig, share.watched());
        return kubeconfig;
    }

    /** The API server learns of new rights in its own time. */
    private void awaitRights(Path kubeconfig, Set<String> watched) {
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build()) {
            for (String each : watched.isEmpty() ? Set.of("") : watched) {
                eventually(() -> assertThat(may(client, "list", "jetwright.io", "streams", each))
                        .isTrue());
            }
            eventually(
                    () -> assertThat(may(client, "list", "", "namespaces", "")).isTrue());
            eventually(() -> assertThat(may(client, "list", "coordination.k8s.io", "leases", ""))
                    .isTrue());
            eventually(() -> assertThat(may(client, "create", "coordination.k8s.io", "leases", namespace.name()))
                    .isTrue());
            eventually(
                    () -> assertThat(client.namespaces().withName("kube-system").get())
                            .isNotNull());
        }
    }

    /** Whether an account may list these of our resources. */
    static boolean mayList(String kubeconfig, String namespace, String resource) {
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(new File(kubeconfig)))
                .build()) {
            return may(client, "list", "jetwright.io", resource, namespace);
        }
    }

    private static boolean may(KubernetesClient client, String verb, String group, String resource, String namespace) {
        var review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(group)
                .withResource(resource)
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed();
    }

    @Override
    public void close() {
        applied.stream()
                .filter(resource -> resource.getMetadata().getNamespace() == null)
                .forEach(resource -> namespace.client().resource(resource).delete());
    }
}
