package io.jetwright.it.harness;

import java.nio.file.Files;
import java.nio.file.Path;

/** A Kubernetes that runs by itself, and that the one who runs the tests lets them use. */
record GivenCluster(Path kubeconfig) implements KubernetesProvider {
    GivenCluster {
        if (!Files.isReadable(kubeconfig)) {
            throw new IllegalArgumentException(
                    "%s: the file %s cannot be read".formatted(KubernetesChoice.KUBECONFIG, kubeconfig));
        }
    }

    @Override
    public void close() {}
}
