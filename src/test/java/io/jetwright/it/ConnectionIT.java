package io.jetwright.it;

import static io.jetwright.it.Eventually.eventually;
import static io.jetwright.it.Manifests.connection;
import static io.jetwright.it.Manifests.consumer;
import static io.jetwright.it.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
}
