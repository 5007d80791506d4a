package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * {@code examples/nats-cluster} on a node, after the commands of its README were run as they stand: Jetwright in the namespace
 * {@code jetwright}, three servers in {@code nats}. What the README takes for granted is there before: the images, since a
 * node without a registry pulls none, and volumes where nothing provisions them. To the installation of the chart only
 * values are added that keep this operator out of the namespaces of other tests.
 */
public final class FollowedExample implements AutoCloseable {
    private static final String SERVERS = "nats";
    public static final String OPERATOR = "jetwright";

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final String FOLDER = "nats-cluster/";
    private static final Pattern COMMANDS = Pattern.compile("(?s)```sh\n(.*?)```");
    private static final Pattern IMAGE = Pattern.compile("image: (nats:\\S+)");
    private static final String INSTALLATION = "helm install jetwright helm/jetwright ";

    private final Kubernetes kubernetes;
    private final KubernetesClient client;
    private final String image;

    /** Skips the test where the node cannot be given images. */
    public FollowedExample(Kubernetes kubernetes) {
        this.kubernetes = kubernetes;
        client = kubernetes.client();
        image = kubernetes.loadImage();
        kubernetes.loadImage(
                Image.ofNats("docker.io/library/" + first(IMAGE, Examples.text(FOLDER + "base/statefulset.yaml"))));
        provideVolumes();
        try {
            run(commands());
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static String first(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
    }

    /** The first block of commands of the README. */
    private String commands() {
        String readme = Examples.text(FOLDER + "README.md");
        String commands = first(COMMANDS, readme);
        assertThat(commands).contains(INSTALLATION, "kubectl wait");
        int colon = image.lastIndexOf(':');
        return commands.replace(
                INSTALLATION,
                INSTALLATION
                        + "--set=watchNamespaces={%s},crds.install=false,rbac.aggregate=false,image.repository=%s,image.tag=%s "
                                .formatted(SERVERS, image.substring(0, colon), image.substring(colon + 1)));
    }

    private void provideVolumes() {
        boolean provisioned = client.storage().v1().storageClasses().list().getItems().stream()
                .anyMatch(each -> "true"
                        .equals(each.getMetadata()
                                .getAnnotations()
                                .get("storageclass.kubernetes.io/is-default-class")));
        if (provisioned) {
            return;
        }
        String node = client.nodes().list().getItems().get(0).getMetadata().getName();
        for (int i = 0; i < 3; i++) {
            client.resource("""
                    apiVersion: v1
                    kind: PersistentVolume
                    metadata:
                      name: %s
                    spec:
                      capacity: {storage: 5Gi}
                      accessModes: [ReadWriteOnce]
                      local: {path: %s}
                      nodeAffinity:
                        required:
                          nodeSelectorTerms:
                            - matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [%s]}]
                    """.formatted(volume(i), Scratch.directory(volume(i)), node))
                    .create();
        }
    }

    private static String volume(int number) {
        return "nats-cluster-" + number;
    }

    /** In the root of the checkout, with kubectl and helm on the PATH. */
    private void run(String commands) {
        String path = Programs.provide("kubectl", "helm").stream()
                .map(program -> Objects.requireNonNull(program.getParent()).toString())
                .collect(joining(":", "", ":" + System.getenv("PATH")));
        var builder = new ProcessBuilder("bash", "-euxo", "pipefail", "-c", commands).redirectErrorStream(true);
        builder.environment().put("PATH", path);
        builder.environment().put("KUBECONFIG", kubernetes.kubeconfig().toString());
        for (String home : List.of("HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME")) {
            builder.environment().put(home, Scratch.directory("helm").toString());
        }
        try {
            Process process = builder.start();
            var said = new Lines(process.getInputStream(), line -> {});
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
                throw new AssertionError("the commands do not come to their end: " + said);
            }
            assertThat(process.exitValue())
                    .as(() -> String.join("\n", said.soFar()))
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the servers and the example's resources are. */
    public TestNamespace servers() {
        return new TestNamespace(client, SERVERS);
    }

    /** Resources first, since the operator is needed to let them go. */
    @Override
    public void close() {
        run("""
                kubectl delete --namespace nats --ignore-not-found --filename examples/nats-cluster/jetstream.yaml --timeout=60s || true
                helm uninstall jetwright --namespace jetwright --ignore-not-found --wait
                kubectl delete namespace nats jetwright --ignore-not-found --timeout=120s
                """);
        for (int i = 0; i < 3; i++) {
            var volume = client.persistentVolumes().withName(volume(i));
            volume.delete();
            eventually(() -> assertThat(volume.get()).isNull());
        }
    }
}
