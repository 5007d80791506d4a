package io.jetwright.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** K3s in a container, which Testcontainers' own reaper ends should this JVM not. */
final class K3sInDocker implements KubernetesProvider {
    private static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.36.3-k3s1");

    private final K3sContainer container = new K3sContainer(IMAGE);
    private final Path kubeconfig = Scratch.directory("k3s").resolve("kubeconfig");

    K3sInDocker() {
        container.start();
        try {
            Files.writeString(kubeconfig, container.getKubeConfigYaml());
        } catch (IOException e) {
            container.stop();
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public void close() {
        container.stop();
    }
}
