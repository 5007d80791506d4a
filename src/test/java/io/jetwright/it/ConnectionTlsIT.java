package io.jetwright.it;

import static io.jetwright.it.harness.Manifests.connection;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.Certificates;
import io.jetwright.it.harness.Eventually;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.TestNamespace;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS as it should be, and all that may be wrong with it. */
class ConnectionTlsIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator();

    private final TestNamespace namespace = installation.namespace();
    private final Certificates authority = new Certificates();
    private final NatsServer secure = new NatsServer("");

    @AfterEach
    void close() {
        namespace.clear();
        secure.close();
    }

    private String tls(String options) {
        return "tls { cert_file: \"%s\", key_file: \"%s\", ca_file: \"%s\", timeout: 5, %s }"
                .formatted(
                        authority.file("server.crt"), authority.file("server.key"), authority.file("ca.crt"), options);
    }

    private void restart(String configuration) {
        secure.stop();
        secure.configure(configuration);
        secure.start();
    }

    private GenericKubernetesResource applyConnection(String options) {
        return namespace.apply(connection("shop", "{servers: [\"%s\"], %s}".formatted(secure.url(), options)));
    }

    private GenericKubernetesResource applyOrders() {
        return namespace.apply(stream("orders", "{subjects: [\"orders.>\"], connectionRef: {name: shop}}"));
    }

    @Test
    void aServerThatIsTrustedIsConnectedTo() {
        authority.issue("server", "IP:127.0.0.1");
        restart(tls(""));
        namespace.putSecret("shop-tls", Map.of("ca.crt", authority.authority()));

        namespace.awaitReady(applyConnection("tls: {secret: {name: shop-tls}}"));
        namespace.awaitReady(applyOrders());
    }

    @Test
    void tlsMayComeFirst() {
        authority.issue("server", "IP:127.0.0.1");
        restart(tls("handshake_first: true"));
        namespace.putSecret("shop-tls", Map.of("ca.crt", authority.authority()));

        namespace.awaitReady(applyConnection("tls: {secret: {name: shop-tls}}, tlsFirst: true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkcs8 -topk8 -nocrypt", "rsa -traditional"})
    void aClientCertificateIsShown(String form) {
        authority.issue("server", "IP:127.0.0.1");
        authority.issue("client", "DNS:jetwright");
        restart(tls("verify: true"));
        namespace.putSecret(
                "shop-tls",
                Map.of(
                        "ca.crt", authority.authority(),
                        "tls.crt", authority.certificate("client"),
                        "tls.key", authority.convert("client", form)));

        namespace.awaitReady(applyConnection("tls: {secret: {name: shop-tls}}"));
    }

    @Test
    void withoutTheClientCertificateThatTheServerWantsItIsSaidUntilItIsThere() {
        authority.issue("server", "IP:127.0.0.1");
        authority.issue("client", "DNS:jetwright");
        restart(tls("verify: true"));
        namespace.putSecret("shop-tls", Map.of("ca.crt", authority.authority()));
        GenericKubernetesResource shop = applyConnection("tls: {secret: {name: shop-tls}}");

        assertThat(namespace.awaitNotReady(Eventually.SOON, shop, "Insecure"))
                .contains("does not accept the client certificate, or the lack of one")
                .contains("correct cert and key in the Secret of spec.tls");

        namespace.putSecret(
                "shop-tls",
                Map.of(
                        "ca.crt", authority.authority(),
                        "tls.crt", authority.certificate("client"),
                        "tls.key", authority.key("client")));
        namespace.awaitReadySoon(shop);
    }

    @Test
    void aServerThatIsNotTrustedIsToldUntilItIs() {
        authority.issue("server", "IP:127.0.0.1");
        restart(tls(""));
        namespace.putSecret("shop-tls", Map.of("ca.crt", new Certificates().authority()));
        GenericKubernetesResource shop = applyConnection("tls: {secret: {name: shop-tls}}");
        GenericKubernetesResource orders = applyOrders();

        assertThat(namespace.awaitNotReady(Eventually.SOON, orders, "Insecure"))
                .contains("the certificate of " + secure.url() + " is signed by nobody that is trusted")
                .contains("correct the authorities (ca)");
        namespace.awaitNotReady(Eventually.SOON, shop, "Insecure");

        namespace.putSecret("shop-tls", Map.of("ca.crt", authority.authority()));
        namespace.awaitReadySoon(orders);
        namespace.awaitReadySoon(shop);
    }

    @Test
    void aCertificateForAnotherNameIsRefusedUntilItIsForThis() {
        authority.issue("server", "DNS:nats.example");
        restart(tls(""));
        namespace.putSecret("shop-tls", Map.of("ca.crt", authority.authority()));
        applyConnection("tls: {secret: {name: shop-tls}}");
        GenericKubernetesResource orders = applyOrders();

        assertThat(namespace.awaitNotReady(Eventually.SOON, orders, "Insecure"))
                .contains("is not for this name: connect by a name that it has");

        authority.issue("server", "IP:127.0.0.1");
        restart(tls(""));
        namespace.awaitReadySoon(orders);
    }

    @Test
    void whoDoesNotSpeakTlsToAServerThatWantsItIsToldSo() {
        authority.issue("server", "IP:127.0.0.1");
        restart(tls(""));
        applyConnection("allowedNamespaces: {names: [\"*\"]}");
        GenericKubernetesResource orders = applyOrders();

        assertThat(namespace.awaitNotReady(Eventually.SOON, orders, "Insecure"))
                .contains(secure.url() + " takes TLS only: set spec.tls");

        namespace.putSecret("shop-tls", Map.of("ca.crt", authority.authority()));
        applyConnection("tls: {secret: {name: shop-tls}}");
        namespace.awaitReadySoon(orders);
    }

    @Test
    void whoSpeaksTlsToAServerThatDoesNotIsToldSo() {
        restart("");
        namespace.putSecret("shop-tls", Map.of("ca.crt", authority.authority()));
        applyConnection("tls: {secret: {name: shop-tls}}");
        GenericKubernetesResource orders = applyOrders();

        assertThat(namespace.awaitNotReady(Eventually.SOON, orders, "Insecure"))
                .contains(secure.url() + " offers no TLS: remove spec.tls");

        authority.issue("server", "IP:127.0.0.1");
        restart(tls(""));
        namespace.awaitReadySoon(orders);
    }
}
