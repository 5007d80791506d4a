package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.connection;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.docs.DocumentedYaml;
import io.jetwright.it.harness.Eventually;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.LimitedAccount;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.OperatorProcess;
import io.jetwright.it.harness.Ports;
import io.jetwright.it.harness.TestNamespace;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections of every kind, and what becomes of those who use them. */
class ConnectionIT {
    private static final String PASSWORD = "c0rrect-h0rse";

    @RegisterExtension
    static final Installation installation = Installation.withOperator().environment("LOG_LEVEL", "trace");

    private final TestNamespace namespace = installation.namespace();
    private final OperatorProcess operator = installation.operator();
    private final NatsServer other = new NatsServer(users(PASSWORD));

    @AfterEach
    void close() {
        namespace.clear();
        other.close();
    }

    private static String users(String password) {
        return """
                accounts {
                  TEST { jetstream: enabled, users: [{ user: test, password: test }] }
                  SHOP {
                    jetstream: { max_mem: 64M, max_file: 256M, max_streams: 7, max_consumers: 9 }
                    users: [{ user: shop, password: "%s" }]
                  }
                }
                no_auth_user: test
                """.formatted(password);
    }

    private String toOther() {
        return "{servers: [\"%s\"], user: {secret: {name: shop-nats}}}".formatted(other.url());
    }

    private void putPassword(String password) {
        namespace.putSecret("shop-nats", Map.of("username", "shop", "password", password));
    }

    @Test
    void aStreamAndItsConsumerAreMadeThroughTheConnectionThatTheStreamNames() throws Exception {
        other.start();
        putPassword(PASSWORD);
        GenericKubernetesResource shop = namespace.applyReady(connection("shop", toOther()));
        namespace.applyReady(stream("orders", "{subjects: [\"orders.>\"], connectionRef: {name: shop}}"));
        namespace.applyReady(consumer("workers", "streamRef: {name: orders}"));
        namespace.applyReady(stream("local", "subjects: [local]"));

        assertThat(other.connection("shop", PASSWORD).jetStreamManagement().getConsumerNames("orders"))
                .containsExactly("workers");
        assertThat(installation.nats().jetStream().getStreamNames()).containsExactly("local");
        eventually(() -> {
            GenericKubernetesResource current = namespace.read(shop);
            assertThat(current.<Object>get("status", "usedBy")).isEqualTo(2);
            assertThat(current.<Object>get("status", "connected")).isEqualTo(true);
            assertThat(current.<String>get("status", "server")).startsWith("nats-");
            assertThat(current.<String>get("status", "version")).matches("[0-9.]+");
            assertThat(current.<String>get("status", "rtt")).matches("[0-9.]+ms");
            assertThat(current.<String>get("status", "account")).isEqualTo("SHOP");
            assertThat(Serialization.asJson(current.get("status", "limits")))
                    .contains("\"streams\":{\"limit\":7,\"used\":1}")
                    .contains("\"consumers\":{\"limit\":9,\"used\":1}");
        });
    }

    @Test
    void aSecretThatComesChangesAndGoesIsActedOnAtOnce() {
        other.start();
        GenericKubernetesResource shop = namespace.apply(connection("shop", toOther()));
        GenericKubernetesResource orders =
                namespace.apply(stream("orders", "{subjects: [\"orders.>\"], connectionRef: {name: shop}}"));
        assertThat(namespace.awaitNotReady(Eventually.SOON, orders, "SecretNotFound"))
                .contains("there is no Secret shop-nats in namespace " + namespace.name());
        namespace.awaitNotReady(Eventually.SOON, shop, "SecretNotFound");

        putPassword("wrong-" + PASSWORD);
        assertThat(namespace.awaitNotReady(Eventually.SOON, orders, "Denied"))
                .contains(other.url() + " refused the credentials");
        namespace.awaitNotReady(Eventually.SOON, shop, "Denied");

        putPassword(PASSWORD);
        namespace.awaitReadySoon(orders);
        namespace.awaitReadySoon(shop);

        namespace.deleteSecret("shop-nats");
        namespace.awaitNotReady(Eventually.SOON, orders, "SecretNotFound");

        putPassword(PASSWORD);
        namespace.awaitReadySoon(orders);
        assertThat(String.join("\n", operator.log())).doesNotContain(PASSWORD);
        assertThat(Serialization.asYaml(namespace.read(shop)) + Serialization.asYaml(namespace.read(orders)))
                .doesNotContain(PASSWORD);
        assertThat(Serialization.asYaml(namespace.events(shop)) + Serialization.asYaml(namespace.events(orders)))
                .contains("Denied")
                .doesNotContain(PASSWORD);
    }

    @Test
    void aSecretThatChangesReconcilesEachOfItsStreamsOnce() throws Exception {
        other.start();
        putPassword(PASSWORD);
        operator.terminate();
        OperatorProcess counted = installation.newOperator();
        counted.set("RESYNC_INTERVAL", "1h");
        counted.start();
        namespace.applyReady(connection("shop", toOther()));
        List<GenericKubernetesResource> streams = Stream.of("orders", "invoices", "payments")
                .map(name -> stream(name, "{subjects: [%s], connectionRef: {name: shop}}".formatted(name)))
                .map(namespace::applyReady)
                .toList();
        double before = reconciliationsOfStreams(counted);

        putPassword("wrong-" + PASSWORD);
        streams.forEach(each -> namespace.awaitNotReady(Eventually.SOON, each, "Denied"));
        assertThat(reconciliationsOfStreams(counted) - before).isEqualTo(streams.size());

        putPassword(PASSWORD);
        streams.forEach(namespace::awaitReadySoon);
        assertThat(reconciliationsOfStreams(counted) - before).isEqualTo(2 * streams.size());
    }

    private static double reconciliationsOfStreams(OperatorProcess operator) throws Exception {
        return operator.metric("operator_sdk_reconciliations_started_total{group=\"jetwright.io\",kind=\"Stream\"");
    }

    @Test
    void aConnectionThatIsUsedIsDeletedWhenItsUsersAre() {
        other.start();
        putPassword(PASSWORD);
        GenericKubernetesResource shop = namespace.applyReady(connection("shop", toOther()));
        GenericKubernetesResource orders =
                namespace.applyReady(stream("orders", "{subjects: [\"orders.>\"], connectionRef: {name: shop}}"));

        namespace.delete(shop);
        assertThat(namespace.awaitNotReady(Eventually.SOON, shop, "InUse"))
                .contains("Stream " + namespace.name() + "/orders");
        namespace.deleteSecret("shop-nats");
        namespace.awaitNotReady(Eventually.SOON, orders, "SecretNotFound");

        namespace.delete(orders);
        namespace.awaitGone(orders);
        namespace.awaitGone(shop);
        assertThat(other.connection("shop", PASSWORD)).satisfies(connection -> assertThat(
                        connection.jetStreamManagement().getStreamNames())
                .isEmpty());
    }

    @Test
    void anotherNamespaceIsServedWhenItIsAllowed() {
        other.start();
        TestNamespace central = installation.kubernetes().namespace("central");
        String reference = "connectionRef: {name: shop, namespace: %s}".formatted(central.name());
        OperatorProcess both = installation.newOperator();
        operator.terminate();
        both.set("WATCH_NAMESPACES", namespace.name() + "," + central.name());
        both.start();
        try {
            GenericKubernetesResource orders =
                    namespace.apply(stream("orders", "{subjects: [orders], %s}".formatted(reference)));
            assertThat(namespace.awaitNotReady(orders, "ConnectionNotFound"))
                    .contains("there is no Connection shop in namespace " + central.name());

            central.putSecret("shop-nats", Map.of("username", "shop", "password", PASSWORD));
            central.applyReady(connection("shop", toOther()));
            assertThat(namespace.awaitNotReady(Eventually.SOON, orders, "NamespaceNotAllowed"))
                    .contains("does not allow namespace " + namespace.name());

            central.apply(connection(
                    "shop",
                    toOther()
                            .replace(
                                    "{servers",
                                    "{allowedNamespaces: {selector: {matchLabels: {tenant: shop}}}, servers")));
            namespace.label("tenant", "shop");
            namespace.awaitReadySoon(orders);

            namespace.label("tenant", "bank");
            namespace.awaitNotReady(Eventually.SOON, orders, "NamespaceNotAllowed");

            central.apply(connection(
                    "shop",
                    toOther()
                            .replace(
                                    "{servers",
                                    "{allowedNamespaces: {names: [%s]}, servers".formatted(namespace.name()))));
            namespace.awaitReadySoon(orders);
        } finally {
            namespace.clear();
            central.clear();
            central.remove();
            both.terminate();
        }
    }

    @Test
    void theDefaultConnectionServesWhoNamesNone() throws Exception {
        other.start();
        operator.terminate();
        OperatorProcess another = installation.newOperator();
        another.set("DEFAULT_CONNECTION", namespace.name() + "/shop");
        another.start();
        GenericKubernetesResource orders = namespace.apply(stream("orders", "subjects: [orders]"));
        assertThat(namespace.awaitNotReady(orders, "ConnectionNotFound"))
                .contains("there is no Connection shop in namespace " + namespace.name())
                .contains("DEFAULT_CONNECTION");

        putPassword(PASSWORD);
        namespace.apply(connection("shop", toOther()));

        namespace.awaitReadySoon(orders);
        assertThat(other.connection("shop", PASSWORD).jetStreamManagement().getStreamNames())
                .containsExactly("orders");
    }

    @Test
    void aSecretThatMayNotBeReadNamesThePermissionUntilItIsGiven() throws Exception {
        other.start();
        putPassword(PASSWORD);
        operator.terminate();
        OperatorProcess limited = installation.newOperator();
        limited.set("KUBECONFIG", new LimitedAccount(installation, "jetwright").mayUseOurResources());
        limited.set("CLUSTER_ID", "test");
        limited.start();
        GenericKubernetesResource shop = namespace.apply(connection("shop", toOther()));
        GenericKubernetesResource orders =
                namespace.apply(stream("orders", "{subjects: [orders], connectionRef: {name: shop}}"));

        assertThat(namespace.awaitNotReady(Eventually.SOON, orders, "Forbidden"))
                .contains("the operator may not list the secret shop-nats in namespace " + namespace.name())
                .contains("give it list and watch there by a Role and a RoleBinding");
        namespace.awaitNotReady(Eventually.SOON, shop, "Forbidden");

        namespace.applyAll(documentedRights());
        namespace.awaitReadySoon(orders);
        namespace.awaitReadySoon(shop);

        putPassword("wrong");
        namespace.awaitNotReady(Eventually.SOON, orders, "Denied");
        assertThat(limited.log()).noneMatch(line -> line.startsWith("	at "));
    }

    /** The Role and the RoleBinding of the guide, for the Secret and the account of the test. */
    private String documentedRights() {
        return DocumentedYaml.resources().stream()
                .filter(yaml -> yaml.where().startsWith("docs/guides/connections.md"))
                .map(DocumentedYaml::text)
                .filter(text -> text.contains("kind: RoleBinding"))
                .findFirst()
                .orElseThrow()
                .replaceAll("namespace: (shop|jetwright)", "namespace: " + namespace.name())
                .replace("nats-login", "shop-nats");
    }

    @Test
    void whatIsWrongInASecretIsSaidAndHealsWithIt() {
        other.start();
        namespace.putSecret("shop-nats", Map.of("user", "shop"));
        GenericKubernetesResource shop = namespace.apply(connection("shop", toOther()));
        assertThat(namespace.awaitNotReady(Eventually.SOON, shop, "SecretInvalid"))
                .contains("Secret shop-nats in namespace " + namespace.name() + " has no key username: add it");

        namespace.putSecret("shop-nats", Map.of("user.creds", "n0-credentials"));
        GenericKubernetesResource creds = namespace.apply(
                connection("creds", "{servers: [\"%s\"], creds: {secret: {name: shop-nats}}}".formatted(other.url())));
        assertThat(namespace.awaitNotReady(Eventually.SOON, creds, "SecretInvalid"))
                .contains("is not what spec.creds needs: it holds no user's JWT")
                .doesNotContain("n0-credentials");

        putPassword(PASSWORD);
        namespace.awaitReadySoon(shop);
    }

    @Test
    void whoFollowsAStreamCannotNameAnotherConnection() {
        other.start();
        putPassword(PASSWORD);
        namespace.applyReady(connection("shop", toOther()));
        namespace.applyReady(stream("orders", "{subjects: [orders], connectionRef: {name: shop}}"));
        namespace.applyReady(consumer("same", "{streamRef: {name: orders}, connectionRef: {name: shop}}"));

        GenericKubernetesResource odd =
                namespace.apply(consumer("odd", "{streamRef: {name: orders}, connectionRef: {name: another}}"));

        assertThat(namespace.awaitNotReady(odd, "Invalid"))
                .contains("spec.connectionRef names another Connection than that of the Stream resource orders")
                .contains("by spec.streamName");
    }

    /** A Consumer that uses the Connection {@code shop} since its Stream resource does. */
    private final class Follower {
        final GenericKubernetesResource shop;
        final GenericKubernetesResource orders;
        final GenericKubernetesResource workers;

        Follower() {
            other.start();
            putPassword(PASSWORD);
            shop = namespace.applyReady(connection("shop", toOther()));
            orders = namespace.applyReady(
                    stream("orders", "{subjects: [orders], connectionRef: {name: shop}, deletionPolicy: Retain}"));
            workers = namespace.applyReady(consumer("workers", "streamRef: {name: orders}"));
            assertThat(workers.<String>get("status", "connection")).isEqualTo(namespace.name() + "/shop");
        }

        List<String> consumers() throws Exception {
            return other.connection("shop", PASSWORD).jetStreamManagement().getConsumerNames("orders");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConsumerIsDeletedWhereItLivesThoughItsStreamResourceWentFirst(boolean isDefaultReachable) throws Exception {
        var follower = new Follower();
        operator.terminate();
        namespace.deleteByForce(follower.orders);
        namespace.delete(follower.workers);
        namespace.delete(follower.shop);

        OperatorProcess another = installation.newOperator();
        if (!isDefaultReachable) {
            another.set("NATS_URL", "nats://127.0.0.1:" + Ports.free());
        }
        another.start();

        namespace.awaitGone(follower.workers);
        namespace.awaitGone(follower.shop);
        assertThat(follower.consumers()).isEmpty();
    }

    @Test
    void aConnectionIsUsedByTheConsumersThatLiveOnItEvenIfTheirStreamResourceIsGone() throws Exception {
        var follower = new Follower();
        namespace.delete(follower.orders);
        namespace.awaitNotReady(follower.workers, "StreamNotReady");

        namespace.delete(follower.shop);
        assertThat(namespace.awaitNotReady(Eventually.SOON, follower.shop, "InUse"))
                .contains("Consumer " + namespace.name() + "/workers");

        namespace.delete(follower.workers);
        namespace.awaitGone(follower.workers);
        namespace.awaitGone(follower.shop);
        assertThat(follower.consumers()).isEmpty();
    }

    @Test
    void aConsumerWhoseConnectionIsGoneSaysHowToLetGoOfIt() throws Exception {
        var follower = new Follower();
        operator.terminate();
        namespace.deleteByForce(follower.orders);
        namespace.deleteByForce(follower.shop);
        namespace.delete(follower.workers);
        operator.start();

        assertThat(namespace.awaitNotReady(Eventually.SOON, follower.workers, "ConnectionNotFound"))
                .contains("there is no Connection shop in namespace %s: create it again".formatted(namespace.name()))
                .endsWith("To let go of it as it is, set spec.deletionPolicy: Retain");

        namespace.apply(consumer("workers", "{streamRef: {name: orders}, deletionPolicy: Retain}"));
        namespace.awaitGone(follower.workers);
        assertThat(follower.consumers()).containsExactly("workers");
    }
}
