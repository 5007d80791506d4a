package io.jetwright.it.harness;

import java.util.Map;
import java.util.function.Supplier;

/** Which Kubernetes serves a test class, and why. */
record KubernetesChoice(Kind kind, String reason) {
    /** The path of a kubeconfig whose cluster the tests may use; they put Jetwright's CRDs and namespaces into it. */
    static final String KUBECONFIG = "JETWRIGHT_TEST_KUBECONFIG";

    /** {@code docker}, {@code node} or {@code control-plane}: serves all tests but those that stop their API server. */
    static final String CLUSTER = "JETWRIGHT_TEST_CLUSTER";

    enum Kind {
        CONTROL_PLANE("an API server with etcd"),
        CONTROL_PLANE_WITH_CONTROLLERS("an API server with etcd and the controllers"),
        NODE("a control plane with a node of its own"),
        DOCKER("K3s in Docker"),
        GIVEN("the given cluster"),
        NONE("none");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** What {@code dev/cluster choose} says: {@code docker}, {@code node} or {@code control-plane}, and why. */
    record Machine(String choice, String reason) {}

    /** Asks the machine only if the answer matters. */
    static KubernetesChoice of(KubernetesNeed need, Map<String, String> environment, Supplier<Machine> machine) {
        if (!environment.getOrDefault(KUBECONFIG, "").isBlank()) {
            return need == KubernetesNeed.OWN_API_SERVER
                    ? none(need, "that of " + KUBECONFIG + " may not be stopped")
                    : new KubernetesChoice(Kind.GIVEN, KUBECONFIG + " names it");
        }
        if (need == KubernetesNeed.OWN_API_SERVER) {
            return new KubernetesChoice(Kind.CONTROL_PLANE, "it is stopped by its tests");
        }
        String asked = environment.getOrDefault(CLUSTER, "");
        if (!asked.isBlank()) {
            return running(asked, need, CLUSTER + " asks for it");
        }
        if (need == KubernetesNeed.NODES) {
            Machine known = machine.get();
            return running(known.choice(), need, known.reason());
        }
        return controlPlane(need, "more is not needed");
    }

    private static KubernetesChoice running(String choice, KubernetesNeed need, String reason) {
        return switch (choice) {
            case "docker" -> new KubernetesChoice(Kind.DOCKER, reason);
            case "node" -> new KubernetesChoice(Kind.NODE, reason);
            case "control-plane" -> need == KubernetesNeed.NODES ? none(need, reason) : controlPlane(need, reason);
            default ->
                throw new IllegalArgumentException(
                        "%s: '%s' is none of docker, node, control-plane".formatted(CLUSTER, choice));
        };
    }

    private static KubernetesChoice controlPlane(KubernetesNeed need, String reason) {
        return new KubernetesChoice(
                need == KubernetesNeed.CONTROLLERS ? Kind.CONTROL_PLANE_WITH_CONTROLLERS : Kind.CONTROL_PLANE, reason);
    }

    private static KubernetesChoice none(KubernetesNeed need, String reason) {
        return new KubernetesChoice(Kind.NONE, "needs " + need + ": " + reason);
    }
}
