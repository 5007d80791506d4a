package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A Kubernetes with Jetwright's CRDs in it. When it is closed, nothing of ours is left in one that goes on. */
public final class Kubernetes implements AutoCloseable {
    private final KubernetesProvider provider;
    private final KubernetesClient client;
    private final List<CustomResourceDefinition> created = new ArrayList<>();

    /** Closes the provider when it is closed itself. */
    Kubernetes(KubernetesProvider provider) {
        this.provider = provider;
        Config config = Config.fromKubeconfig(provider.kubeconfig().toFile());
        client = new KubernetesClientBuilder().withConfig(config).build();
        try (Stream<Path> files = Files.list(Path.of("crds"))) {
            files.sorted().forEach(this::install);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Installs a definition that is not there yet, or another version of it. */
    public void install(Path file) {
        Resource<CustomResourceDefinition> definition =
                client.apiextensions().v1().customResourceDefinitions().load(file.toFile());
        boolean isNew = definition.get() == null;
        CustomResourceDefinition applied = definition.forceConflicts().serverSideApply();
        if (isNew) {
            created.add(applied);
        }
        eventually(() -> assertThat(client.resource(applied).get().getStatus().getConditions())
                .as(file.toString())
                .anyMatch(condition -> condition.getType().equals("Established")
                        && condition.getStatus().equals("True")));
    }

    /** Skips the test if this was given, and lacks what it needs. */
    void assumeServes(KubernetesNeed need) {
        boolean serves =
                switch (need) {
                    case API_SERVER, OWN_API_SERVER -> true;
                    case CONTROLLERS -> hasControllers();
                    case NODES ->
                        hasControllers() && !client.nodes().list().getItems().isEmpty();
                };
        Assumptions.assumeTrue(serves, () -> "needs %s, which the cluster lacks".formatted(need));
    }

    /** They make the default service account of each namespace. */
    private boolean hasControllers() {
        return client.serviceAccounts()
                        .inNamespace("default")
                        .withName("default")
                        .get()
                != null;
    }

    public Path kubeconfig() {
        return provider.kubeconfig();
    }

    /**
     * A kubeconfig for a service account, with a token of its own. Skips the test where the administrator's has no token, in
     * whose place it could be put.
     */
    Path kubeconfigOf(String namespace, String serviceAccount) {
        String token = client.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest()
                .getStatus()
                .getToken();
        try {
            String config = Files.readString(kubeconfig());
            String changed = config.replaceAll("token: .*", "token: " + token);
            Assumptions.assumeFalse(changed.equals(config), "needs a kubeconfig with a token");
            return Files.writeString(Scratch.directory("kubeconfig").resolve("config"), changed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public KubernetesClient client() {
        return client;
    }

    public String loadImage() {
        return provider.loadImage();
    }

    public void loadImage(Path archive) {
        provider.loadImage(archive);
    }

    public String exampleImage() {
        return provider.exampleImage();
    }

    public String hostAddress() {
        return provider.hostAddress();
    }

    /** A namespace that nobody else uses; where there are no controllers, it can never be removed. */
    public TestNamespace namespace(String purpose) {
        String name = purpose.toLowerCase(Locale.ROOT) + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        var namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
        client.resource(namespace).create();
        return new TestNamespace(client, name);
    }

    @Override
    public void close() {
        try (provider;
                client) {
            if (provider instanceof GivenCluster) {
                created.forEach(definition -> client.resource(definition).delete());
            }
        }
    }
}
