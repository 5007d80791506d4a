package io.jetwright.it.harness;

import io.jetwright.it.harness.KubernetesChoice.Kind;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One Kubernetes of each kind for all test classes, started for the first that needs it, and ended with the last. */
final class SharedKubernetes implements AutoCloseable {
    private static final Namespace STORE = Namespace.create(SharedKubernetes.class);

    private final @Nullable Kubernetes kubernetes;
    private final @Nullable RuntimeException obstacle;

    private SharedKubernetes(@Nullable Kubernetes kubernetes, @Nullable RuntimeException obstacle) {
        this.kubernetes = kubernetes;
        this.obstacle = obstacle;
    }

    /** Skips the test, and says why, where there is none that serves the need. */
    static Kubernetes of(ExtensionContext context, KubernetesNeed need) {
        KubernetesChoice choice = choose(need);
        Kubernetes kubernetes = context.getRoot()
                .getStore(STORE)
                .computeIfAbsent(choice.kind(), kind -> start(choice), SharedKubernetes.class)
                .orObstacle();
        kubernetes.assumeServes(need);
        return kubernetes;
    }

    /** Skips the test where it may not start an API server of its own. */
    static void assumeOwnMayRun() {
        choose(KubernetesNeed.OWN_API_SERVER);
    }

    private static KubernetesChoice choose(KubernetesNeed need) {
        KubernetesChoice choice = KubernetesChoice.of(need, System.getenv(), NodeCluster::machine);
        Assumptions.assumeTrue(choice.kind() != Kind.NONE, choice.reason());
        return choice;
    }

    /** An obstacle is remembered, so that it is met only once. */
    private static SharedKubernetes start(KubernetesChoice choice) {
        System.err.println("Kubernetes of the tests: " + choice.kind() + " (" + choice.reason() + ")");
        try {
            return new SharedKubernetes(new Kubernetes(provider(choice.kind())), null);
        } catch (RuntimeException e) {
            return new SharedKubernetes(null, e);
        }
    }

    private static KubernetesProvider provider(Kind kind) {
        return switch (kind) {
            case CONTROL_PLANE -> ControlPlane.launch();
            case CONTROL_PLANE_WITH_CONTROLLERS -> ControlPlane.launchWithControllers();
            case NODE -> new NodeCluster("node".equals(System.getenv(KubernetesChoice.CLUSTER)));
            case DOCKER -> new K3sInDocker();
            case GIVEN -> new GivenCluster(Path.of(Objects.requireNonNull(System.getenv(KubernetesChoice.KUBECONFIG))));
            case NONE -> throw new IllegalStateException("there is none");
        };
    }

    private Kubernetes orObstacle() {
        if (obstacle != null) {
            throw obstacle;
        }
        return Objects.requireNonNull(kubernetes);
    }

    @Override
    public void close() {
        if (kubernetes != null) {
            kubernetes.close();
        }
    }
}
