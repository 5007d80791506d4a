package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.OperatorProcess;
import io.jetwright.it.harness.Ports;
import io.jetwright.it.harness.Scratch;
import io.jetwright.it.harness.TestNamespace;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator as a process: what it says when it cannot start, what it serves, and how it ends. */
@Order(1) // takes long
class OperatorProcessIT {
    /** Ended by SIGTERM, as a JVM reports it: 128 + 15. */
    private static final int TERMINATED = 143;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @RegisterExtension
    static final Installation installation = Installation.withoutOperator();

    private final TestNamespace namespace = installation.namespace();
    private final NatsServer nats = installation.nats();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "NATS_URL, http://me:s3cret@localhost:4222, is no URL of a NATS server",
                "NATS_URL, \",\", names no server",
                "NATS_CREDENTIALS, /nowhere/s3cret.creds, the file /nowhere/s3cret.creds does not exist",
                "WATCH_NAMESPACES, Team_A, 'Team_A' is no name of a namespace",
                "RESYNC_INTERVAL, soon, 'soon' is not a duration such as 30s",
                "RESYNC_INTERVAL, 10ms, '10ms' is shorter than 1s",
                "LEADER_ELECTION, yes, \"'yes' is none of true, false\"",
                "HTTP_PORT, http, 'http' is no port",
                "HTTP_PORT, 65536, '65536' is no port",
                "CLUSTER_ID, a/b, 'a/b' is no identifier",
                "LOG_FORMAT, xml, \"'xml' is none of text, json\"",
                "LOG_LEVEL, loud, \"'loud' is none of error\"",
                "KUBECONFIG, /nowhere, the file /nowhere does not exist"
            })
    void aWrongValueEndsTheStartWithOneLineThatNamesTheVariable(String variable, String value, String complaint) {
        OperatorProcess operator = installation.newOperator();
        operator.set(variable, value);
        operator.launch();

        assertThat(operator.exitCode()).isEqualTo(1);
        assertThat(operator.log())
                .singleElement()
                .asString()
                .startsWith("jetwright: " + variable + ": ")
                .contains(complaint)
                .doesNotContain("me:s3cret");
    }

    @Test
    void aTakenPortEndsTheStartWithOneLine() throws Exception {
        try (var taken = new ServerSocket(0)) {
            OperatorProcess operator = installation.newOperator();
            operator.set("HTTP_PORT", String.valueOf(taken.getLocalPort()));
            operator.launch();

            assertThat(operator.exitCode()).isEqualTo(1);
            assertThat(operator.log())
                    .containsExactly(
                            "jetwright: HTTP_PORT: port " + taken.getLocalPort() + " is taken; choose another");
        }
    }

    /** As ExitOnOutOfMemoryError has it; Kubernetes starts it again. */
    @Test
    void whoHasNoMemoryLeftEndsAtOnce() {
        String metadata = IntStream.range(0, 100)
                .mapToObj(i -> "key-%d: \"%s\"".formatted(i, "v".repeat(4000)))
                .collect(joining(", ", "{", "}"));
        for (int i = 0; i < 60; i++) {
            namespace.apply(stream("large-" + i, "{suspend: true, metadata: %s}".formatted(metadata)));
        }
        OperatorProcess operator = installation.newOperator();
        operator.set("JAVA_TOOL_OPTIONS", "-Xmx30m");
        operator.launch();

        assertThat(operator.exitCode()).isEqualTo(3);
    }

    @Test
    void aFileThatIsNoKubeconfigEndsTheStart() throws Exception {
        Path file = Scratch.directory("kubeconfig").resolve("config");
        Files.writeString(file, "just: a secret\nof\nseveral lines");
        OperatorProcess operator = installation.newOperator();
        operator.set("KUBECONFIG", file.toString());
        operator.launch();

        assertThat(operator.exitCode()).isEqualTo(1);
        assertThat(complaints(operator)).containsExactly("jetwright: KUBECONFIG: the file is no kubeconfig");
    }

    @Test
    void anApiServerThatIsNotThereEndsTheStart() throws Exception {
        String server = "https://127.0.0.1:" + Ports.free() + "/";
        OperatorProcess operator = installation.newOperator();
        operator.set("KUBECONFIG", kubeconfig("server: .*", "server: " + server));
        operator.set("KUBERNETES_REQUEST_RETRY_BACKOFFLIMIT", "1");
        operator.launch();

        assertThat(operator.exitCode()).isEqualTo(1);
        assertThat(complaints(operator))
                .singleElement()
                .asString()
                .contains("the Kubernetes API server " + server + " cannot be reached: see whether it runs there")
                .contains("KUBECONFIG");
    }

    @Test
    void anApiServerThatRefusesTheCredentialsEndsTheStart() throws Exception {
        OperatorProcess operator = installation.newOperator();
        operator.set("KUBECONFIG", kubeconfig("token: .*", "token: s3cret"));
        operator.launch();

        assertThat(operator.exitCode()).isEqualTo(1);
        assertThat(complaints(operator))
                .singleElement()
                .asString()
                .contains("refuses the credentials: correct those in KUBECONFIG")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'may not get the namespace kube-system, whose UID identifies this cluster, unless CLUSTER_ID is set'",
        "test, may not list and watch streams.jetwright.io in namespace"
    })
    void anAccountWithoutPermissionsEndsTheStart(String clusterId, String complaint) throws Exception {
        OperatorProcess operator = installation.newOperator();
        operator.set("KUBECONFIG", kubeconfig("token: .*", "token: " + tokenOfAnAccountThatMayNothing()));
        operator.set("CLUSTER_ID", clusterId);
        operator.launch();

        assertThat(operator.exitCode()).isEqualTo(1);
        assertThat(complaints(operator))
                .singleElement()
                .asString()
                .contains(complaint)
                .contains("allow it to its service account (")
                .contains("system:serviceaccount:" + namespace.name() + ":nobody");
    }

    private String tokenOfAnAccountThatMayNothing() {
        var account = new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("nobody")
                .endMetadata()
                .build();
        var accounts = namespace.client().serviceAccounts().inNamespace(namespace.name());
        accounts.resource(account).serverSideApply();
        return accounts.withName("nobody").tokenRequest().getStatus().getToken();
    }

    private static String kubeconfig(String pattern, String replacement) throws Exception {
        Path file = Scratch.directory("kubeconfig").resolve("config");
        String config = Files.readString(installation.kubernetes().kubeconfig());
        String changed = config.replaceAll(pattern, replacement);
        assumeFalse(changed.equals(config), () -> "needs a kubeconfig with '%s'".formatted(pattern));
        Files.writeString(file, changed);
        return file.toString();
    }

    /** What it says beside its log. */
    private static List<String> complaints(OperatorProcess operator) {
        return operator.log().stream().filter(line -> !line.contains(" INFO ")).toList();
    }

    @Test
    void itServesProbesAndMetrics() throws Exception {
        OperatorProcess operator = started();
        namespace.awaitReady(namespace.apply(stream("orders", "subjects: [orders.>]")));

        assertThat(operator.get("/livez").statusCode()).isEqualTo(200);
        assertThat(operator.get("/readyz").statusCode()).isEqualTo(200);
        assertThat(operator.get("/elsewhere").statusCode()).isEqualTo(404);
        assertThat(operator.metric("jetwright_jetstream_requests_seconds_count{object=\"stream\",outcome=\"ok\""))
                .isPositive();
        assertThat(operator.terminate()).isEqualTo(TERMINATED);
    }

    @Test
    void itFinishesWhatIsUnderWayBeforeItEnds() throws Exception {
        OperatorProcess operator = started();
        GenericKubernetesResource orders = changeWhileNatsIsFrozen(operator);
        operator.askToEnd();
        nats.thaw();

        assertThat(operator.exitCode()).isEqualTo(TERMINATED);
        assertThat(nats.jetStream().getStreamInfo("orders").getConfiguration().getDescription())
                .isEqualTo("changed");
        assertThat(namespace.condition(orders, "Ready").getObservedGeneration()).isEqualTo(2);
        assertThat(complaints(operator)).isEmpty();
    }

    @Test
    void itEndsWithinSecondsEvenIfNatsDoesNotAnswer() {
        OperatorProcess operator = started();
        try {
            changeWhileNatsIsFrozen(operator);

            assertThat(operator.terminate()).isEqualTo(TERMINATED);
        } finally {
            nats.thaw();
        }
    }

    /** Returns when the operator waits for NATS. */
    private GenericKubernetesResource changeWhileNatsIsFrozen(OperatorProcess operator) {
        namespace.awaitReady(namespace.apply(stream("orders", "subjects: [orders.>]")));
        nats.freeze();
        GenericKubernetesResource changed = namespace.apply(stream("orders", """
                subjects: [orders.>]
                description: changed
                """));
        eventually(() -> assertThat(operator.metric("operator_sdk_reconciliations_executions_stream"))
                .isEqualTo(1));
        return changed;
    }

    @Test
    void withLogsInJsonEveryLineIsJsonAndThoseOfAResourceNameIt() {
        OperatorProcess operator = installation.newOperator();
        operator.set("LOG_FORMAT", "json");
        operator.set("LOG_LEVEL", "debug");
        operator.start();
        namespace.awaitReady(namespace.apply(stream("orders", "subjects: [orders.>]")));
        namespace.awaitNotReady(
                namespace.apply(consumer("nobodys", "streamName: nothing\nackPolicy: explicit")), "StreamNotReady");
        operator.terminate();

        List<JsonNode> lines =
                operator.log().stream().map(OperatorProcessIT::json).toList();
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line.fieldNames()).toIterable().contains("time", "level", "logger", "message"));
        assertThat(lines)
                .filteredOn(line -> line.has("name"))
                .extracting(line -> line.get("kind").textValue() + " "
                        + line.get("namespace").textValue() + "/"
                        + line.get("name").textValue())
                .contains("Stream " + namespace.name() + "/orders", "Consumer " + namespace.name() + "/nobodys");
        assertThat(lines)
                .filteredOn(line -> line.get("message").textValue().matches("(Created|StreamNotReady): .*"))
                .hasSize(2)
                .allSatisfy(line -> {
                    assertThat(line.has("name")).isTrue();
                    assertThat(line.get("message").textValue())
                            .startsWith(line.get("reason").textValue() + ": ");
                });
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    @Test
    void itWatchesOnlyTheNamespacesThatItIsGiven() throws Exception {
        TestNamespace other = installation.kubernetes().namespace("other");
        OperatorProcess operator = installation.newOperator();
        try {
            GenericKubernetesResource unseen = other.apply(stream("unseen", "subjects: [unseen]"));
            operator.start();
            namespace.awaitReady(namespace.apply(stream("seen", "subjects: [seen]")));
            assertThat(other.read(unseen).getMetadata().getFinalizers()).isEmpty();
            assertThat(nats.jetStream().getStreamNames()).containsExactly("seen");

            operator.terminate();
            operator.set("WATCH_NAMESPACES", namespace.name() + ", " + other.name());
            operator.start();
            other.awaitReady(unseen);
            operator.terminate();
        } finally {
            other.clearByForce();
        }
    }

    private static OperatorProcess started() {
        OperatorProcess operator = installation.newOperator();
        operator.start();
        return operator;
    }
}
