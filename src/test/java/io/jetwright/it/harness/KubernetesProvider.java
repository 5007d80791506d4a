package io.jetwright.it.harness;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Where a Kubernetes for tests comes from. It runs until it is closed, or this JVM has ended, however that ends. */
interface KubernetesProvider extends AutoCloseable {
    /** With it, tests and operators on this machine are its administrators. */
    Path kubeconfig();

    /**
     * Makes an image of this build known to the nodes; returns its reference. Skips the test where there is no way to.
     */
    default String loadImage() {
        return Assumptions.abort(
                "needs the image of this build on a node, which only dev/cluster's own node can be given");
    }

    /** Makes the image of an archive known to the nodes. Skips the test where there is no way to. */
    default void loadImage(Path archive) {
        Assumptions.abort("needs images of this machine on a node, which only dev/cluster's own node can be given");
    }

    /** The address of this machine that the pods reach, as others here do. Skips the test if it is not known. */
    default String hostAddress() {
        return Assumptions.abort("needs pods that reach this machine, which is known only of dev/cluster's own node");
    }

    /** An image with a shell, {@code nc} and {@code httpd}. */
    default String exampleImage() {
        return "busybox:1.37";
    }

    @Override
    void close();
}
