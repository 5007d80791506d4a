package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.eventLogger;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jetwright.it.harness.Eventually;
import io.jetwright.it.harness.Helm;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.Kubectl;
import io.jetwright.it.harness.Scratch;
import io.jetwright.it.harness.Signals;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chart, installed by helm into a cluster whose pods run. */
@Order(1)
class ChartIT {
    private static final String SECOND = "second";
    private static final String PATIENCE = Eventually.START.toSeconds() + "s";

    /** The Lease's 15 s, and the 2 s after which it is looked at again; with room for a busy machine. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(30);

    @RegisterExtension
    static final Installation installation = Installation.withoutOperator().nodes();

    private final TestNamespace namespace = installation.namespace();
    private final KubernetesClient client = namespace.client();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());
    private final Helm helm = Helm.on(installation.kubernetes());
    private final Kubectl kubectl = new Kubectl(installation.kubernetes(), namespace);
    private final String release = namespace.name();

    @BeforeEach
    @AfterEach
    void uninstall() {
        for (String each : List.of(release, SECOND)) {
            helm.run("uninstall", each, "--namespace", namespace.name(), "--ignore-not-found", "--wait");
        }
    }

    private String deploy(String chart, String... settings) {
        List<String> arguments = new ArrayList<>(List.of("upgrade", "--install", release, chart));
        arguments.addAll(List.of("--namespace", namespace.name(), "--take-ownership", "--wait", "--timeout", PATIENCE));
        arguments.add(imageAndNats());
        arguments.addAll(List.of(settings));
        try {
            return helm.run(arguments.toArray(String[]::new));
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\n" + kubectl.run("describe", "pods").said(), e);
        }
    }

    private String imageAndNats() {
        String image = installation.kubernetes().loadImage();
        int colon = image.lastIndexOf(':');
        return "--set=image.repository=%s,image.tag=%s,nats.url=%s,watchNamespaces={%s},log.format=text"
                .formatted(
                        image.substring(0, colon),
                        image.substring(colon + 1),
                        installation.nats().url(),
                        namespace.name());
    }

    private List<Pod> operators() {
        return operators(release);
    }

    private List<Pod> operators(String release) {
        return client
                .pods()
                .inNamespace(namespace.name())
                .withLabel("app.kubernetes.io/instance", release)
                .withLabel("app.kubernetes.io/name", "jetwright")
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    private String log(String pod) {
        return client.pods().inNamespace(namespace.name()).withName(pod).getLog();
    }

    @Test
    void itsPodMakesStreamsConsumersAndEventLoggersReadyAndIsForbiddenNothing() {
        // without the ahead-of-time cache it would not start
        String notes = deploy(
                Helm.CHART,
                "--set=eventLogger.enabled=true,extraEnv[0].name=JAVA_TOOL_OPTIONS,extraEnv[0].value=-XX:AOTMode=on");
        assertThat(notes)
                .contains("watches the namespaces " + namespace.name())
                .endsWith("kubectl get jetstream -n %s\n".formatted(namespace.name()));

        var orders = namespace.applyReady(stream("orders", "subjects: [\"orders.>\"]"));
        var workers = namespace.applyReady(consumer("workers", "streamRef: {name: orders}"));
        var logger = namespace.awaitReady(
                Eventually.START, namespace.apply(eventLogger("log", "streamRef: {name: orders}")));
        assertThat(namespace.events(orders)).isNotEmpty();
        for (GenericKubernetesResource each : List.of(logger, workers, orders)) {
            namespace.delete(each);
            namespace.awaitGone(each);
        }

        assertThat(jetStream.hasStream("orders")).isFalse();
        assertThat(operators()).hasSize(1).allSatisfy(pod -> assertThat(
                        log(pod.getMetadata().getName()).toLowerCase(Locale.ROOT))
                .contains("started;")
                .doesNotContain("forbidden", " warn ", " error "));
    }

    @Test
    void whoMayViewOrEditTheClustersResourcesMayDoSoWithOurs() {
        deploy(Helm.CHART);

        eventually(() -> {
            assertThat(verbs("view", "streams")).contains("list").doesNotContain("create");
            assertThat(verbs("edit", "streams")).contains("list", "create");
            assertThat(verbs("edit", "connections")).contains("list").doesNotContain("create");
            assertThat(verbs("admin", "connections")).contains("list", "create");
        });
    }

    private List<String> verbs(String clusterRole, String resource) {
        return client.rbac().clusterRoles().withName(clusterRole).require().getRules().stream()
                .filter(rule -> rule.getApiGroups().contains("jetwright.io")
                        && rule.getResources().contains(resource))
                .flatMap(rule -> rule.getVerbs().stream())
                .toList();
    }

    @Test
    void theArgoCdExampleGetsHealthyWaveByWave() {
        deploy(Helm.CHART);

        ArgoCdExampleIT.applyInWaves(namespace);
    }

    @Test
    void whenTheLeaderIsKilledTheOtherPodTakesOver() {
        deploy(Helm.CHART, "--set=replicas=2");
        namespace.applyReady(stream("first", "subjects: [first]"));
        assertThat(client.policy()
                        .v1()
                        .podDisruptionBudget()
                        .inNamespace(namespace.name())
                        .list()
                        .getItems())
                .singleElement()
                .satisfies(budget -> eventually(() -> assertThat(
                                client.resource(budget).get().getStatus().getDisruptionsAllowed())
                        .isEqualTo(1)));
        String leader = holder();

        kill(operators().stream()
                .map(pod -> pod.getMetadata().getName())
                .filter(leader::startsWith)
                .findFirst()
                .orElseThrow());
        long killed = System.nanoTime();
        var second = namespace.apply(stream("second", "subjects: [second]"));

        namespace.awaitReady(TAKEN_OVER, second);
        System.err.printf(
                "Another leads, and has worked, %.1f s after the leader was killed%n",
                (System.nanoTime() - killed) / 1e9);
        assertThat(holder()).isNotEqualTo(leader);
    }

    /** As long as it waits, its startup probe has to succeed, else the kubelet restarts it again and again. */
    @Test
    void aSecondReleaseForTheSameNamespaceWaitsWithoutBeingRestartedUntilTheFirstHasGone() {
        deploy(Helm.CHART);
        helm.run(
                "install",
                SECOND,
                Helm.CHART,
                "--namespace",
                namespace.name(),
                imageAndNats(),
                "--set=crds.install=false,startupProbe.failureThreshold=30");

        eventually(
                Eventually.START,
                () -> assertThat(operators(SECOND)).singleElement().satisfies(pod -> {
                    ContainerStatus container =
                            pod.getStatus().getContainerStatuses().get(0);
                    assertThat(container.getStarted()).isTrue();
                    assertThat(container.getReady()).isFalse();
                    assertThat(container.getRestartCount()).isZero();
                    assertThat(log(pod.getMetadata().getName()))
                            .contains("not started: another operator, which holds the Lease %s/%s-jetwright-scope"
                                    .formatted(namespace.name(), release));
                }));

        helm.run("uninstall", release, "--namespace", namespace.name(), "--wait");
        GenericKubernetesResource orders =
                namespace.awaitReady(Eventually.START, namespace.apply(stream("orders", "subjects: [\"orders.>\"]")));
        namespace.delete(orders);
        namespace.awaitGone(orders);
    }

    private String holder() {
        return client.leases()
                .inNamespace(namespace.name())
                .withName(release + "-jetwright")
                .require()
                .getSpec()
                .getHolderIdentity();
    }

    /** By SIGKILL, so that it cannot give its Lease back; only the own node's processes can be reached so. */
    private static void kill(String pod) {
        List<ProcessHandle> processes = ProcessHandle.allProcesses()
                .filter(process -> hostName(process).equals(pod))
                .toList();
        assumeFalse(processes.isEmpty(), "needs a node whose processes this machine sees");
        processes.forEach(process -> Signals.send("KILL", process.pid()));
    }

    private static String hostName(ProcessHandle process) {
        try {
            return Stream.of(Files.readString(Path.of("/proc/" + process.pid() + "/environ"))
                            .split("\0"))
                    .filter(variable -> variable.startsWith("HOSTNAME="))
                    .map(variable -> variable.substring("HOSTNAME=".length()))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void streamsAndTheirMessagesOutliveUpgradeRollbackAndUninstallation() throws Exception {
        deploy(Helm.CHART);
        var orders = namespace.applyReady(stream("orders", "subjects: [\"orders.>\"]"));
        var workers = namespace.applyReady(consumer("workers", "{streamRef: {name: orders}}"));
        installation.nats().connection().jetStream().publish("orders.new", "one".getBytes(StandardCharsets.UTF_8));
        StreamInfo before = installation.nats().jetStream().getStreamInfo("orders");

        deploy(nextVersion().toString(), "--set=resyncInterval=30s");
        assertThat(client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName("streams.jetwright.io")
                        .require())
                .as("the new version's CRD")
                .satisfies(definition -> assertThat(definition.getMetadata().getLabels())
                        .containsEntry("test.jetwright.io/version", "next"));
        assertUntouched(before, orders, workers);

        helm.run("rollback", release, "1", "--namespace", namespace.name(), "--wait", "--timeout", PATIENCE);
        assertUntouched(before, orders, workers);

        helm.run("uninstall", release, "--namespace", namespace.name(), "--wait");
        assertThat(operators()).isEmpty();
        assertThat(namespace.read(orders).getMetadata().getDeletionTimestamp()).isNull();
        assertThat(jetStream.hasStream("orders")).isTrue();

        deploy(Helm.CHART);
        assertUntouched(before, orders, workers);
    }

    /** This chart as another version, which changes CRDs and pods. */
    private static Path nextVersion() throws IOException {
        Path target = Scratch.directory("chart").resolve("jetwright");
        Path source = Path.of(Helm.CHART);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(source.relativize(file).toString()));
            }
        }
        Path chart = target.resolve("Chart.yaml");
        Files.writeString(chart, Files.readString(chart).replaceAll("(?m)^version: .*", "version: 99.0.0"));
        Path crds = target.resolve("templates/crds.yaml");
        Files.writeString(
                crds,
                Files.readString(crds)
                        .replace(
                                "part-of: jetwright\\n",
                                "part-of: jetwright\\n    test.jetwright.io/version: next\\n"));
        return target;
    }

    /** The operator of now has looked at them, and found nothing to do. */
    private void assertUntouched(StreamInfo before, GenericKubernetesResource... resources) throws Exception {
        var probe = namespace.applyReady(stream("probe", "subjects: [probe]"));
        namespace.delete(probe);
        namespace.awaitGone(probe);
        for (GenericKubernetesResource resource : resources) {
            namespace.awaitReady(resource);
        }
        StreamInfo now = installation.nats().jetStream().getStreamInfo("orders");
        assertThat(now.getCreateTime()).isEqualTo(before.getCreateTime());
        assertThat(now.getConfiguration().toJson())
                .isEqualTo(before.getConfiguration().toJson());
        assertThat(now.getStreamState().getMsgCount()).isEqualTo(1);
    }
}
