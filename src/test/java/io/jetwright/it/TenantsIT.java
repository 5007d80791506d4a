package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.connection;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.Eventually;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.Manifests;
import io.jetwright.it.harness.NatsAuthority;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.OperatorProcess;
import io.jetwright.it.harness.TestNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several accounts of one NATS, and what they may see of each other. */
class TenantsIT {
    private static final String ACCOUNTS = """
            accounts {
              TEST { jetstream: enabled, users: [{ user: test, password: test }] }
              SHOP {
                jetstream: enabled
                users: [{ user: shop, password: shop }]
                exports: [
                  { service: "$JS.API.CONSUMER.>" }
                  { service: "$JS.FC.>" }
                  { stream: "deliver.shop.>" }
                ]
              }
              AUDIT {
                jetstream: enabled
                users: [{ user: audit, password: audit }]
                imports: [
                  { service: { account: SHOP, subject: "$JS.API.CONSUMER.>" }, to: "JS.shop.API.CONSUMER.>" }
                  { service: { account: SHOP, subject: "$JS.FC.>" } }
                  { stream: { account: SHOP, subject: "deliver.shop.>" } }
                ]
              }
              SMALL {
                jetstream: { max_mem: 0, max_file: 1M, max_streams: 2, max_consumers: 1 }
                users: [{ user: small, password: small }]
              }
            }
            no_auth_user: test
            """;

    @RegisterExtension
    static final Installation installation = Installation.withOperator().environment("RESYNC_INTERVAL", "2s");

    private final TestNamespace namespace = installation.namespace();
    private final OperatorProcess operator = installation.operator();
    private final NatsServer shared = new NatsServer(ACCOUNTS);

    @AfterEach
    void close() {
        namespace.clear();
        shared.close();
    }

    /** A Connection as the user of an account, whose password is his name. */
    private GenericKubernetesResource connectAs(String user) {
        namespace.putSecret(user, Map.of("username", user, "password", user));
        return namespace.applyReady(
                connection(user, "{servers: [\"%s\"], user: {secret: {name: %s}}}".formatted(shared.url(), user)));
    }

    private static String orders(String resource, String account, String spec) {
        return stream(resource, "{name: ORDERS, connectionRef: {name: %s}, %s}".formatted(account, spec));
    }

    @Test
    void twoAccountsHaveStreamsOfTheSameNameAndEachItsOwn() throws Exception {
        shared.start();
        connectAs("shop");
        connectAs("audit");
        namespace.applyReady(orders("shop-orders", "shop", "subjects: [shop]"));
        GenericKubernetesResource audit = namespace.applyReady(orders("audit-orders", "audit", "subjects: [audit]"));
        namespace.applyReady(consumer("workers", "{streamRef: {name: shop-orders}}"));

        var shopStreams = shared.connection("shop", "shop").jetStreamManagement();
        var auditStreams = shared.connection("audit", "audit").jetStreamManagement();
        assertThat(shopStreams.getStreamInfo("ORDERS").getConfiguration().getSubjects())
                .containsExactly("shop");
        assertThat(auditStreams.getStreamInfo("ORDERS").getConfiguration().getSubjects())
                .containsExactly("audit");
        assertThat(auditStreams.getConsumerNames("ORDERS")).isEmpty();

        namespace.delete(audit);
        namespace.awaitGone(audit);
        assertThat(shopStreams.getStreamNames()).containsExactly("ORDERS");
        assertThat(auditStreams.getStreamNames()).isEmpty();
    }

    @Test
    void theStreamOfOneAccountIsMirroredIntoAnother() throws Exception {
        shared.start();
        connectAs("shop");
        connectAs("audit");
        namespace.applyReady(orders("shop-orders", "shop", "subjects: [\"orders.>\"]"));
        shared.connection("shop", "shop").jetStream().publish("orders.new", new byte[] {1});

        GenericKubernetesResource copy = namespace.applyReady(stream("copy", """
                connectionRef: {name: audit}
                mirror: {name: ORDERS, externalApiPrefix: JS.shop.API, externalDeliverPrefix: deliver.shop}
                """));

        eventually(() -> assertThat(shared.connection("audit", "audit")
                        .jetStreamManagement()
                        .getStreamInfo("copy")
                        .getStreamState()
                        .getMsgCount())
                .isEqualTo(1));
        namespace.awaitReady(copy);
    }

    @Test
    void whatAnAccountMayNotHaveIsRefusedUntilItMay() {
        shared.start();
        connectAs("small");
        GenericKubernetesResource large =
                namespace.apply(stream("large", "{subjects: [large], maxBytes: 2Mi, connectionRef: {name: small}}"));
        assertThat(namespace.awaitNotReady(Eventually.SOON, large, "Rejected"))
                .contains("insufficient storage resources available (10047)")
                .contains(
                        "Lower spec.maxBytes, lower spec.replicas, or raise the limits of the account or of the server");

        namespace.applyReady(stream("first", "{subjects: [first], connectionRef: {name: small}}"));
        GenericKubernetesResource second =
                namespace.applyReady(stream("second", "{subjects: [second], connectionRef: {name: small}}"));
        GenericKubernetesResource third =
                namespace.apply(stream("third", "{subjects: [third], connectionRef: {name: small}}"));
        assertThat(namespace.awaitNotReady(Eventually.SOON, third, "Rejected"))
                .contains("maximum number of streams reached (10027)")
                .contains("Raise the account's limit, or delete a stream or bucket that is no longer needed");

        namespace.applyReady(consumer("one", "streamRef: {name: first}"));
        GenericKubernetesResource two = namespace.apply(consumer("two", "streamRef: {name: first}"));
        assertThat(namespace.awaitNotReady(Eventually.SOON, two, "Rejected"))
                .contains("maximum consumers limit reached (10026)")
                .contains("Raise maxConsumers of the stream, raise the account's limit");

        namespace.delete(namespace.apply(consumer("one", "streamRef: {name: first}")));
        namespace.awaitReadySoon(two);
        namespace.delete(large);
        namespace.delete(second);
        namespace.awaitReadySoon(third);
    }

    @Test
    void accountsOfAnOperatorAreUsedByTheirCredentials() throws Exception {
        var authority = new NatsAuthority();
        NatsAuthority.Account shop = authority.account("SHOP");
        NatsAuthority.Account audit = authority.account("AUDIT");
        var trusting = new NatsServer(authority.configuration());
        try (trusting) {
            trusting.start();
            namespace.putSecret("shop", Map.of("user.creds", shop.credentials()));
            namespace.putSecret("audit", Map.of("jwt", audit.jwt(), "seed", audit.seed()));
            GenericKubernetesResource connection = namespace.applyReady(
                    connection("shop", "{servers: [\"%s\"], creds: {secret: {name: shop}}}".formatted(trusting.url())));
            namespace.applyReady(
                    connection("audit", "{servers: [\"%s\"], jwt: {secret: {name: audit}}}".formatted(trusting.url())));
            namespace.applyReady(orders("shop-orders", "shop", "subjects: [shop]"));
            namespace.applyReady(orders("audit-orders", "audit", "subjects: [audit]"));

            assertThat(connection.<String>get("status", "account")).isIn("SHOP", shop.id());
            assertThat(String.join("\n", operator.log()))
                    .doesNotContain(shop.seed())
                    .doesNotContain(shop.jwt())
                    .doesNotContain(audit.seed());
        }
    }

    @Test
    void aJwtThatExpiresIsDeniedUntilThereIsANewOne() throws Exception {
        var authority = new NatsAuthority();
        NatsAuthority.Account shop = authority.account("SHOP");
        var trusting = new NatsServer(authority.configuration());
        try (trusting) {
            trusting.start();
            namespace.putSecret("shop", Map.of("user.creds", shop.credentials(Duration.ofSeconds(2))));
            namespace.apply(
                    connection("shop", "{servers: [\"%s\"], creds: {secret: {name: shop}}}".formatted(trusting.url())));
            GenericKubernetesResource orders = namespace.apply(orders("orders", "shop", "subjects: [shop]"));

            assertThat(namespace.awaitNotReady(orders, "Denied"))
                    .contains("refused the credentials, whose JWT expired at 20")
                    .contains("issue new ones");

            namespace.putSecret("shop", Map.of("user.creds", shop.credentials()));
            namespace.awaitReadySoon(orders);
        }
    }

    @Test
    void anNkeyIsEnoughForAServerThatKnowsIt() throws Exception {
        var user = new NatsAuthority().account("SHOP");
        shared.configure("authorization { users: [{ nkey: %s }, { user: test, password: test }] }\nno_auth_user: test"
                .formatted(user.userId()));
        shared.start();
        namespace.putSecret("shop", Map.of("seed", user.seed() + "\n"));

        namespace.applyReady(
                connection("shop", "{servers: [\"%s\"], nkey: {secret: {name: shop}}}".formatted(shared.url())));
    }

    @Test
    void aTokenIsEnoughForAServerThatKnowsIt() {
        shared.configure("authorization { token: t0ken }");
        shared.start();
        namespace.putSecret("shop", Map.of("token", "t0ken"));

        namespace.applyReady(
                connection("shop", "{servers: [\"%s\"], token: {secret: {name: shop}}}".formatted(shared.url())));
    }

    /** Just as they are documented. */
    @Test
    void theDocumentedPermissionsAreEnoughAndEachOthersDenialIsNamed() throws Exception {
        String permissions = Files.readString(Path.of("docs/reference/nats-permissions.conf"));
        shared.configure(least(permissions));
        shared.start();
        GenericKubernetesResource least = connectAs("least");
        GenericKubernetesResource orders = namespace.applyReady(orders("orders", "least", "subjects: [\"orders.>\"]"));
        GenericKubernetesResource workers = namespace.applyReady(
                consumer("workers", "{streamRef: {name: orders}, pauseUntil: \"2099-01-01T00:00:00Z\"}"));
        GenericKubernetesResource bucket =
                namespace.applyReady(Manifests.keyValue("bucket", "connectionRef: {name: least}"));
        GenericKubernetesResource store =
                namespace.applyReady(Manifests.objectStore("store", "connectionRef: {name: least}"));
        namespace.applyReady(orders("orders", "least", "subjects: [\"orders.>\"], maxMsgs: 7"));
        namespace.applyReady(consumer("workers", "{streamRef: {name: orders}, maxDeliver: 3}"));
        shared.jetStream().deleteStream("ORDERS");
        eventually(
                () -> assertThat(shared.jetStream().getConsumerNames("ORDERS")).containsExactly("workers"));
        for (GenericKubernetesResource each : java.util.List.of(workers, orders, bucket, store)) {
            namespace.delete(each);
            namespace.awaitGone(each);
        }
        assertThat(shared.jetStream().getStreamNames()).isEmpty();
        assertThat(shared.log()).doesNotContainIgnoringCase("permissions violation");

        shared.stop();
        shared.configure(
                least(permissions.replace("\"$JS.API.STREAM.CREATE.*\"", "").replace("\"$JS.API.INFO\"", "")));
        shared.start();
        assertThat(namespace.awaitNotReady(Eventually.SOON, least, "Denied"))
                .contains("may not publish to $JS.API.INFO on " + shared.url());
        assertThat(namespace.awaitNotReady(
                        Eventually.SOON,
                        namespace.apply(orders("orders", "least", "subjects: [\"orders.>\"]")),
                        "Denied"))
                .contains("may not publish to $JS.API.STREAM.CREATE.ORDERS on " + shared.url())
                .contains("allow it in its permissions");
    }

    private static String least(String permissions) {
        return """
                authorization {
                  users: [
                    { user: test, password: test }
                    {
                      user: least
                      password: least
                      %s
                    }
                  ]
                }
                no_auth_user: test
                """.formatted(permissions);
    }
}
