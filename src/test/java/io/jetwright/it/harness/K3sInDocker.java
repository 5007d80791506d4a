package io.jetwright.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** K3s in a container, which Testcontainers' own reaper ends should this JVM not. */
final class K3sInDocker implements KubernetesProvider {
    /** The image of another version of Kubernetes than that of {@code dev/cluster.d/k3s-image}. */
    static final String IMAGE = "JETWRIGHT_K3S_IMAGE";

    private final K3sContainer container = new K3sContainer(DockerImageName.parse(image(System.getenv())));
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

    static String image(Map<String, String> environment) {
        String asked = environment.getOrDefault(IMAGE, "");
        try {
            return asked.isBlank()
                    ? Files.readString(Path.of("dev", "cluster.d", "k3s-image")).strip()
                    : asked;
        } catch (IOException e) {
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
