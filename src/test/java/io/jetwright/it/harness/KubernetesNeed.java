package io.jetwright.it.harness;

/** What a test class needs of its Kubernetes. */
enum KubernetesNeed {
    API_SERVER("an API server"),

    /** One that no other test uses, so that it may be stopped. */
    OWN_API_SERVER("an API server that it may stop"),

    /** Owned resources and deleted namespaces go, Deployments get Pods, which may wait for a node for ever. */
    CONTROLLERS("controllers"),

    /** Pods run. */
    NODES("a node, for real pods");

    private final String words;

    KubernetesNeed(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
