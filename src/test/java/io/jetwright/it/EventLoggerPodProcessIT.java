package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.connection;
import static io.jetwright.it.harness.Manifests.eventLogger;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.jetwright.eventlogger.Schemas;
import io.jetwright.it.harness.Certificates;
import io.jetwright.it.harness.EventLoggerProcess;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.NatsAuthority;
import io.jetwright.it.harness.NatsAuthority.Account;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.PodProcess;
import io.jetwright.it.harness.SeedCommands;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.api.ConsumerInfo;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pods of an EventLogger do, where Kubernetes' own controllers make them, but no node runs them: see {@link PodProcess}. */
class EventLoggerPodProcessIT {
    /** Ended by SIGTERM, as a JVM reports it: 128 + 15. */
    private static final int TERMINATED = 143;

    private static final String PASSWORD = "s3cret word";

    /** What docs/reference/event-logger.md asks for, and no more. */
    private static final String USERS = """
            authorization {
              users: [
                { user: test, password: test }
                { user: app, password: "%s", permissions: {
                    publish: ["events.>", "$JS.API.>", "$JS.ACK.>"]
                    subscribe: ["_INBOX.>"]
                } }
              ]
            }
            no_auth_user: test
            """.formatted(PASSWORD);

    @RegisterExtension
    static final Installation installation = Installation.withOperator()
            .controllers()
            .environment("IMAGE", "jetwright.io/jetwright:test")
            .natsConfiguration(USERS);

    private final TestNamespace namespace = installation.namespace();
    private final NatsServer secure = new NatsServer("");

    @AfterEach
    void close() {
        namespace.clear();
        secure.close();
    }

    /** Of the EventLogger {@code log}, which is to have one. */
    private Pod pod() {
        eventually(() -> assertThat(pods()).hasSize(1));
        return pods().get(0);
    }

    private List<Pod> pods() {
        return namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withLabel("app.kubernetes.io/instance", "log")
                .list()
                .getItems();
    }

    @Test
    void withTheSecretsOfItsConnectionItServesTheSeedsCommandsUntilItIsAskedToEnd() throws Exception {
        namespace.applyReady(stream("events", "{name: EVENTS, subjects: [\"events.>\"]}"));
        namespace.putSecret("app-nats", Map.of("name", "app", "word", PASSWORD, "level", "debug"));
        namespace.apply(connection(
                "app",
                "{servers: [\"%s\"], user: {secret: {name: app-nats}, user: name, password: word}}"
                        .formatted(installation.nats().url())));
        GenericKubernetesResource logger = namespace.apply(eventLogger("log", """
                streamRef: {name: events}
                connectionRef: {name: app}
                env:
                  - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                  - {name: INSTANCE_NAME, value: "replica $(POD)"}
                  - {name: LOG_LEVEL, valueFrom: {secretKeyRef: {name: app-nats, key: level}}}
                """));
        Pod pod = pod();

        try (var process = new PodProcess(namespace, pod).start()) {
            process.awaitStarted();
            eventually(() -> assertThat(process.isReady()).isTrue());
            assertThat(process.isAlive()).isTrue();
            process.reportReadiness();
            namespace.awaitReadySoon(logger);

            var seed = new SeedCommands(process.port());
            assertThat(seed.health()).isEqualTo("{\"nats_connected\":true,\"status\":\"ok\"}");
            assertThat(seed.publish()).isEqualTo("{\"status\":\"published\",\"subject\":\"events.deploy\"}");
            assertThat(seed.publishMore()).contains("events.alert", "events.user.login", "events.deploy");
            eventually(() -> assertThat(
                            EventLoggerProcess.JSON.readTree(seed.events()).findValuesAsText("data"))
                    .containsExactly(
                            "nginx actualizado a v2", "CPU al 90%", "admin desde 192.168.1.1", "uptime-kuma v1.23"));
            awaitNoLag();
            assertThat(process.log())
                    .anyMatch(line -> line.contains("DEBUG"))
                    .noneMatch(line -> line.contains(PASSWORD));

            assertThat(process.end()).isEqualTo(TERMINATED);
        }
        assertThat(pod.toString()).doesNotContain(PASSWORD);
    }

    private static void awaitNoLag() {
        eventually(() -> {
            ConsumerInfo consumer = installation.nats().jetStream().getConsumerInfo("EVENTS", "event-logger");
            assertThat(consumer.getDelivered().getStreamSequence()).isEqualTo(4);
            assertThat(consumer.getNumPending() + consumer.getNumAckPending()).isZero();
        });
    }

    @Test
    void underThePathOfItsIngressItStillAnswersItsProbes() throws Exception {
        namespace.applyReady(stream("events", "{name: EVENTS, subjects: [\"events.>\"]}"));
        namespace.apply(eventLogger("log", "{streamRef: {name: events}, ingress: {enabled: true, path: /log}}"));

        try (var process = new PodProcess(namespace, pod()).start()) {
            process.awaitStarted();
            eventually(() -> assertThat(process.isReady()).isTrue());
            assertThat(process.isAlive()).isTrue();
        }
    }

    @Test
    void whoPublishesSendsTheTokenOfItsSecret() throws Exception {
        namespace.applyReady(stream("events", "{name: EVENTS, subjects: [\"events.>\"]}"));
        namespace.putSecret("publishers", Map.of("bearer", "t0ken"));
        namespace.apply(eventLogger(
                "log", "{streamRef: {name: events}, publish: {tokenSecret: {name: publishers, key: bearer}}}"));

        try (var process = new PodProcess(namespace, pod()).start()) {
            process.awaitStarted();
            eventually(() -> assertThat(process.isReady()).isTrue());
            assertThat(publish(process)).isEqualTo(401);
            assertThat(publish(process, "Authorization", "Bearer another")).isEqualTo(401);
            assertThat(publish(process, "Authorization", "Bearer t0ken")).isEqualTo(200);
            assertThat(get(process, "management", "/metrics")).isEqualTo(200);
            assertThat(get(process, "http", "/metrics")).isEqualTo(404);
        }
    }

    @Test
    void withTheDescriptorsOfItsConfigMapItDecodesProtobuf() throws Exception {
        namespace.applyReady(stream("auth", "{name: AUTH, subjects: [\"auth.>\"]}"));
        namespace.client().resource(Schemas.configMap(namespace.name())).create();
        namespace.apply(eventLogger("log", """
                streamRef: {name: auth}
                protobuf:
                  descriptors: {configMapRef: {name: event-types}}
                  types: [{subject: auth.user.*.created, message: auth.UserCreated}]
                messagePack: {subjects: [auth.metrics.>]}
                """));
        installation.nats().connection().jetStream().publish("auth.user.7.created", Schemas.userCreated(7, "Zoë"));
        installation.nats().connection().jetStream().publish("auth.metrics.cpu", new byte[] {(byte) 0x91, 1});

        try (var process = new PodProcess(namespace, pod()).start()) {
            process.awaitStarted();
            eventually(() -> assertThat(new SeedCommands(process.port()).events())
                    .contains("\"userId\":\"7\",\"displayName\":\"Zoë\"", "\"data\":[1]"));
        }
    }

    @Test
    void readOnlyItPublishesForNobody() throws Exception {
        namespace.applyReady(stream("events", "{name: EVENTS, subjects: [\"events.>\"]}"));
        namespace.apply(eventLogger("log", "{streamRef: {name: events}, publish: {enabled: false}}"));

        try (var process = new PodProcess(namespace, pod()).start()) {
            process.awaitStarted();
            eventually(() -> assertThat(process.isReady()).isTrue());
            assertThat(publish(process)).isEqualTo(403);
            assertThat(get(process, "http", "/events")).isEqualTo(200);
        }
    }

    private static int publish(PodProcess process, String... headers) throws Exception {
        HttpRequest.Builder request = request(process, "http", "/publish")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\": \"deploy\", \"data\": 1}"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return status(request);
    }

    private static int get(PodProcess process, String port, String path) throws Exception {
        return status(request(process, port, path));
    }

    private static HttpRequest.Builder request(PodProcess process, String port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + process.port(port) + path));
    }

    private static int status(HttpRequest.Builder request) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            token: {secret: {name: nats}}
            creds: {secret: {name: nats}}
            creds: {secret: {name: nats}, file: other}
            nkey: {secret: {name: nats}}
            jwt: {secret: {name: nats}}
            tls: {secret: {name: nats}}
            tlsFirst: true, tls: {secret: {name: nats}}
            """)
    void eachKindOfCredentialsLetsItIn(String access) throws Exception {
        secure.configure(secure(access));
        secure.start();
        namespace.applyReady(connection("app", "{servers: [\"%s\"], %s}".formatted(secure.url(), access)));
        namespace.applyReady(stream("events", "{subjects: [\"events.>\"], connectionRef: {name: app}}"));
        namespace.apply(eventLogger("log", "{streamRef: {name: events}}"));

        try (var process = new PodProcess(namespace, pod()).start()) {
            process.awaitStarted();
            eventually(() -> assertThat(process.isReady()).isTrue());
            assertThat(new SeedCommands(process.port()).publish()).contains("\"published\"");
        }
    }

    /** Puts what a Connection's access refers to into the Secret; returns the configuration of a server that wants it. */
    private String secure(String access) throws Exception {
        if (access.startsWith("token")) {
            namespace.putSecret("nats", Map.of("token", "t0ken"));
            return "authorization { token: t0ken }";
        }
        if (access.startsWith("tls")) {
            return certificates(access.contains("tlsFirst") ? "handshake_first: true" : "");
        }
        var authority = new NatsAuthority();
        Account shop = authority.account("shop");
        if (access.startsWith("nkey")) {
            namespace.putSecret("nats", Map.of("seed", shop.seed() + "\n"));
            return "authorization { users: [{ nkey: %s }] }".formatted(shop.userId());
        }
        if (access.startsWith("jwt")) {
            namespace.putSecret("nats", Map.of("jwt", shop.jwt(), "seed", shop.seed()));
            return authority.configuration();
        }
        namespace.putSecret("nats", Map.of(access.contains("other") ? "other" : "user.creds", shop.credentials()));
        return authority.configuration();
    }

    private String certificates(String options) {
        var authority = new Certificates();
        authority.issue("server", "IP:127.0.0.1");
        authority.issue("client", "DNS:app");
        namespace.putSecret(
                "nats",
                Map.of(
                        "ca.crt", authority.authority(),
                        "tls.crt", authority.certificate("client"),
                        "tls.key", authority.key("client")));
        return "tls { cert_file: \"%s\", key_file: \"%s\", ca_file: \"%s\", timeout: 5, verify: true, %s }"
                .formatted(
                        authority.file("server.crt"), authority.file("server.key"), authority.file("ca.crt"), options);
    }
}
