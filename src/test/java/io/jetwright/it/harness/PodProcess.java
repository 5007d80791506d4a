package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A pod's only container, run as a process of this machine, as a kubelet would run it where there were a node: with the
 * environment, the arguments and the files that the pod says, and no others, judged by its probes, and ended within its
 * grace period. In the place of the image there is this build. Two things are mapped: what is mounted lies beneath a
 * scratch folder, to which variables that name a mounted file or folder lead, and the ports are free ones. What a pod may say
 * otherwise, such as other kinds of volumes, is refused and not left out.
 */
public final class PodProcess implements AutoCloseable {
    /** The variables that say where to listen, by the names of the container's ports. */
    private static final Map<String, String> PORTS = Map.of("http", "HTTP_PORT", "management", "MANAGEMENT_PORT");

    private final TestNamespace namespace;
    private final Pod pod;
    private final Container container;
    private final Path root = Scratch.directory("pod");
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = Ports.free();
    private final int managementPort = Ports.free();
    private @Nullable ChildProcess process;

    /** Not yet started; as the API server has the pod, with the Secrets that its namespace has now. */
    public PodProcess(TestNamespace namespace, Pod pod) {
        this.namespace = namespace;
        this.pod = pod;
        assertThat(pod.getSpec().getContainers()).hasSize(1);
        this.container = pod.getSpec().getContainers().get(0);
        assertThat(container.getCommand()).as("the image's own entry point").isEmpty();
        assertThat(container.getEnvFrom()).isEmpty();
        assertThat(pod.getSpec().getInitContainers()).isEmpty();
    }

    public PodProcess start() throws IOException {
        for (VolumeMount mount : container.getVolumeMounts()) {
            write(mount);
        }
        process = Jetwright.start(container.getArgs(), environment());
        return this;
    }

    private void write(VolumeMount mount) throws IOException {
        assertThat(mount.getSubPath()).as("subPath of %s", mount).isNull();
        Volume volume = pod.getSpec().getVolumes().stream()
                .filter(each -> each.getName().equals(mount.getName()))
                .findFirst()
                .orElseThrow();
        Path folder = Files.createDirectories(here(Path.of(mount.getMountPath())));
        if (volume.getSecret() != null) {
            for (var file : files(volume.getSecret()).entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
        } else if (volume.getConfigMap() != null) {
            for (var file : files(volume.getConfigMap()).entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
        } else {
            assertThat(volume.getEmptyDir()).as("emptyDir of %s", volume).isNotNull();
        }
    }

    private Path here(Path inPod) {
        return root.resolve(Path.of("/").relativize(inPod));
    }

    private Map<String, byte[]> files(SecretVolumeSource source) {
        Map<String, String> secret = secret(source.getSecretName());
        Map<String, byte[]> files = new TreeMap<>();
        if (source.getItems().isEmpty()) {
            secret.forEach((key, value) -> files.put(key, decode(value)));
        }
        for (KeyToPath item : source.getItems()) {
            files.put(item.getPath(), decode(present(secret, item.getKey(), source.getSecretName())));
        }
        return files;
    }

    private Map<String, byte[]> files(ConfigMapVolumeSource source) {
        assertThat(source.getItems()).as("items of %s", source).isEmpty();
        ConfigMap map = namespace
                .client()
                .configMaps()
                .inNamespace(namespace.name())
                .withName(source.getName())
                .require();
        Map<String, byte[]> files = new TreeMap<>();
        Objects.requireNonNullElse(map.getData(), Map.<String, String>of())
                .forEach((key, value) -> files.put(key, value.getBytes(StandardCharsets.UTF_8)));
        Objects.requireNonNullElse(map.getBinaryData(), Map.<String, String>of())
                .forEach((key, value) -> files.put(key, decode(value)));
        return files;
    }

    /** In base64. */
    private Map<String, String> secret(String name) {
        return Objects.requireNonNullElse(
                namespace
                        .client()
                        .secrets()
                        .inNamespace(namespace.name())
                        .withName(name)
                        .require()
                        .getData(),
                Map.of());
    }

    private static String present(Map<String, String> data, String key, String of) {
        String value = data.get(key);
        assertThat(value).as("%s of %s", key, of).isNotNull();
        return Objects.requireNonNull(value);
    }

    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvVar variable : container.getEnv()) {
            environment.put(variable.getName(), mapped(value(variable, environment)));
        }
        assertThat(container.getPorts()).hasSameSizeAs(PORTS.keySet());
        for (ContainerPort each : container.getPorts()) {
            String variable = Objects.requireNonNull(PORTS.get(each.getName()), each.getName());
            assertThat(environment)
                    .containsEntry(variable, each.getContainerPort().toString());
            environment.put(variable, String.valueOf(port(each.getName())));
        }
        return environment;
    }

    private String mapped(String value) {
        return container.getVolumeMounts().stream()
                        .anyMatch(mount ->
                                value.equals(mount.getMountPath()) || value.startsWith(mount.getMountPath() + "/"))
                ? here(Path.of(value)).toString()
                : value;
    }

    private String value(EnvVar variable, Map<String, String> before) {
        if (variable.getValueFrom() != null) {
            return value(variable.getValueFrom());
        }
        String value = Objects.requireNonNullElse(variable.getValue(), "");
        for (var each : before.entrySet()) {
            value = value.replace("$(" + each.getKey() + ")", each.getValue());
        }
        return value;
    }

    private String value(EnvVarSource source) {
        var inSecret = source.getSecretKeyRef();
        if (inSecret != null) {
            return new String(
                    decode(present(secret(inSecret.getName()), inSecret.getKey(), inSecret.getName())),
                    StandardCharsets.UTF_8);
        }
        var inConfigMap = source.getConfigMapKeyRef();
        if (inConfigMap != null) {
            return present(
                    namespace
                            .client()
                            .configMaps()
                            .inNamespace(namespace.name())
                            .withName(inConfigMap.getName())
                            .require()
                            .getData(),
                    inConfigMap.getKey(),
                    inConfigMap.getName());
        }
        assertThat(source.getFieldRef()).as("what a value is from: %s", source).isNotNull();
        return switch (source.getFieldRef().getFieldPath()) {
            case "metadata.name" -> pod.getMetadata().getName();
            case "metadata.namespace" -> pod.getMetadata().getNamespace();
            case String other -> throw new IllegalStateException("fieldRef " + other + " is not known here");
        };
    }

    /** Where it listens, in place of its container's port of this name. */
    public int port(String name) {
        return name.equals("http") ? port : managementPort;
    }

    public int port() {
        return port;
    }

    /** All that it has written. */
    public List<String> log() {
        return running().output().soFar();
    }

    private ChildProcess running() {
        return Objects.requireNonNull(process, "not yet started");
    }

    /** Waits as long as its startup probe lets it. */
    public void awaitStarted() {
        Probe probe = container.getStartupProbe();
        eventually(
                Duration.ofSeconds((long) probe.getPeriodSeconds() * probe.getFailureThreshold()),
                () -> assertThat(!running().isAlive() || succeeds(probe)).isTrue());
        assertThat(running().isAlive())
                .as("it ended early: %s", running().output())
                .isTrue();
    }

    public boolean isReady() throws IOException, InterruptedException {
        return succeeds(container.getReadinessProbe());
    }

    public boolean isAlive() throws IOException, InterruptedException {
        return succeeds(container.getLivenessProbe());
    }

    private boolean succeeds(Probe probe) throws IOException, InterruptedException {
        String name = probe.getHttpGet().getPort().getStrVal();
        assertThat(container.getPorts()).as("ports of which one is %s", name).anyMatch(each -> each.getName()
                .equals(name));
        var request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + port(name) + probe.getHttpGet().getPath()))
                .timeout(Duration.ofSeconds(probe.getTimeoutSeconds()))
                .build();
        int status = http.send(request, BodyHandlers.discarding()).statusCode();
        return status >= 200 && status < 400;
    }

    /** Has the pod's status say what its readiness probe does. */
    public void reportReadiness() throws IOException, InterruptedException {
        String ready = isReady() ? "True" : "False";
        namespace.client().resource(pod).editStatus(each -> {
            each.setStatus(new PodStatusBuilder()
                    .withPhase("Running")
                    .addNewCondition()
                    .withType("Ready")
                    .withStatus(ready)
                    .withLastTransitionTime(Instant.now().toString())
                    .endCondition()
                    .build());
            return each;
        });
    }

    /** Asks it to end (SIGTERM) and gives it the grace period, of which the preStop hook takes its part; returns its exit code. */
    public int end() {
        running().askToEnd();
        long pause = container.getLifecycle().getPreStop().getSleep().getSeconds();
        return running().exitCode(Duration.ofSeconds(pod.getSpec().getTerminationGracePeriodSeconds() - pause));
    }

    @Override
    public void close() {
        http.shutdownNow();
        if (process != null) {
            process.close();
        }
    }
}
