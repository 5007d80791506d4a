package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.NatsAuthority;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.OperatorProcess;
import io.jetwright.it.harness.Scratch;
import io.jetwright.it.harness.ScriptedAnswers;
import io.jetwright.it.harness.TestNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A NATS that lets the operator in, or does not, and what it says then. */
class NatsAccessIT {
    private static final String USER = "jetwright";
    private static final String PASSWORD = "c0rrect-h0rse";

    @RegisterExtension
    static final Installation installation =
            Installation.withOperator().environment("RESYNC_INTERVAL", "2s").environment("LOG_LEVEL", "debug");

    private final TestNamespace namespace = installation.namespace();
    private final NatsServer nats = installation.nats();
    private final OperatorProcess operator = installation.operator();

    NatsAccessIT() {
        operator.set("NATS_URL", nats.url(USER, PASSWORD));
    }

    private void restartNats(String configuration) {
        nats.stop();
        nats.configure(configuration);
        nats.start();
    }

    /** Lets in who comes without credentials, too: the test. */
    private static String user(String password, String permissions) {
        return """
                authorization {
                  users: [
                    { user: test, password: test }
                    { user: %s, password: %s, permissions: { %s } }
                  ]
                }
                no_auth_user: test
                """.formatted(USER, password, permissions);
    }

    private GenericKubernetesResource applyOrders() {
        return namespace.apply(stream("orders", "subjects: [\"orders.>\"]"));
    }

    @Test
    void aWrongPasswordIsDeniedAndNowhereToBeSeen() throws Exception {
        operator.terminate();
        restartNats(user("another", ""));
        operator.start();
        GenericKubernetesResource orders = applyOrders();

        assertThat(namespace.awaitNotReady(orders, "Denied"))
                .contains(nats.url() + " refused the credentials")
                .contains("correct user, password, token or credentials file");
        assertThat(namespace.condition(orders, "Stalled").getStatus()).isEqualTo("True");

        restartNats(user(PASSWORD, ""));

        namespace.awaitReady(orders);
        assertThat(String.join("\n", operator.log())).contains("Denied").doesNotContain(PASSWORD);
        assertThat(Serialization.asYaml(namespace.read(orders))).doesNotContain(PASSWORD);
        assertThat(Serialization.asYaml(namespace.events(orders)))
                .contains("Denied")
                .doesNotContain(PASSWORD);
        assertThat(operator.get("/metrics").body()).doesNotContain(PASSWORD);
    }

    @Test
    void aPasswordThatIsNoLongerRightIsDeniedUntilItIsAgain() {
        GenericKubernetesResource orders = namespace.awaitReady(applyOrders());

        restartNats(user("another", ""));
        namespace.awaitNotReady(orders, "Denied");

        restartNats(user(PASSWORD, ""));
        namespace.awaitReady(orders);
    }

    @Test
    void aTokenMayStandInTheUrl() {
        String token = "t0ken-of-the-operator";
        restartNats("authorization { token: " + token + " }");
        OperatorProcess another = installation.newOperator();
        operator.terminate();
        another.set("NATS_URL", nats.url().replace("nats://", "nats://" + token + "@"));
        another.start();

        namespace.awaitReady(applyOrders());
        assertThat(String.join("\n", another.log())).doesNotContain(token);
    }

    @Test
    void aCredentialsFileIsReadAgainUntilItIsRight() throws Exception {
        Path file = Scratch.directory("credentials").resolve("user.creds");
        Files.writeString(file, "s3cret, and no credentials");
        var authority = new NatsAuthority();
        restartNats(authority.configuration());
        OperatorProcess another = installation.newOperator();
        operator.terminate();
        another.set("NATS_URL", nats.url());
        another.set("NATS_CREDENTIALS", file.toString());
        another.start();
        GenericKubernetesResource orders = applyOrders();
        assertThat(namespace.awaitNotReady(orders, "Denied"))
                .contains("the credentials file " + file + " holds no user's JWT and seed")
                .doesNotContain("s3cret");

        new NatsAuthority().writeCredentials(file);
        eventually(() -> assertThat(namespace.awaitNotReady(orders, "Denied"))
                .contains(nats.url() + " refused the credentials"));

        authority.writeCredentials(file);
        namespace.awaitReady(orders);
        assertThat(another.log()).noneMatch(line -> line.startsWith("WARNING"));
    }

    @Test
    void aMissingPermissionIsDeniedAndNamedUntilItIsGiven() {
        restartNats(user(PASSWORD, "publish: { deny: [\"$JS.API.STREAM.CREATE.>\"] }"));
        GenericKubernetesResource orders = applyOrders();

        assertThat(namespace.awaitNotReady(orders, "Denied"))
                .contains("may not publish to $JS.API.STREAM.CREATE.orders on " + nats.url())
                .contains("allow it in its permissions");

        restartNats(user(PASSWORD, ""));
        namespace.awaitReady(orders);
    }

    @Test
    void aUserThatMayNotReceiveAnswersIsDeniedUntilItMay() {
        restartNats(user(PASSWORD, "subscribe: { deny: [\"_INBOX.>\"] }"));

        GenericKubernetesResource orders = applyOrders();

        assertThat(namespace.awaitNotReady(orders, "Denied"))
                .contains("may not subscribe to _INBOX.> on " + nats.url())
                .contains("allow it in its permissions");

        restartNats(user(PASSWORD, ""));
        namespace.awaitReady(orders);
    }

    @Test
    void withoutTheAdvisoriesDriftIsRepairedByTheResync() throws Exception {
        restartNats(user(PASSWORD, "subscribe: { deny: [\"$JS.EVENT.>\"] }"));
        GenericKubernetesResource orders = namespace.awaitReady(applyOrders());
        nats.jetStream().deleteStream("orders");

        eventually(() -> assertThat(nats.jetStream().getStreamNames()).containsExactly("orders"));
        namespace.awaitReady(orders);
    }

    @Test
    void aServerWithoutJetStreamIsSaidToHaveNoneUntilItHas() {
        nats.stop();
        nats.configureWithoutJetStream();
        nats.start();
        GenericKubernetesResource orders = applyOrders();
        GenericKubernetesResource workers = namespace.apply(consumer("workers", "streamName: orders"));

        assertThat(namespace.awaitNotReady(orders, "JetStreamDisabled"))
                .contains(nats.url() + " has no JetStream for this account")
                .contains("start nats-server with --jetstream");

        restartNats("");
        namespace.awaitReady(orders);
        namespace.awaitReady(workers);
    }

    /** As nats-server may answer right after the last stream of an account was deleted. */
    @Test
    void aStreamThatTheServerFailsToMakeIsAskedForAgainAtOnce() throws Exception {
        operator.terminate();
        nats.configureWithoutJetStream();
        nats.stop();
        nats.start();
        try (var answers = new ScriptedAnswers(nats, "STREAM.CREATE.orders")) {
            answers.enqueue("""
                    {"error": {"code": 500, "err_code": 10049, "description": "mkdir orders: no such file or directory"}}
                    """);
            answers.enqueue("""
                    {"config": {"name": "orders", "subjects": ["orders.>"]}, "created": "2026-01-01T00:00:00Z", "state": {}}
                    """);
            OperatorProcess another = installation.newOperator();
            another.set("NATS_URL", nats.url());
            another.start();

            GenericKubernetesResource orders = applyOrders();

            namespace.awaitReadySoon(orders);
            assertThat(answers.given()).isEqualTo(2);
        }
    }

    @Test
    void anAccountWithoutJetStreamIsSaidToHaveNoneUntilItHas() {
        restartNats(accounts("disabled"));
        GenericKubernetesResource orders = applyOrders();

        assertThat(namespace.awaitNotReady(orders, "JetStreamDisabled"))
                .contains(nats.url() + ": JetStream not enabled for account (10039)")
                .contains("Enable JetStream in the server and for the account");

        restartNats(accounts("enabled"));
        namespace.awaitReady(orders);
    }

    private static String accounts(String jetStream) {
        return """
                accounts {
                  TEST { jetstream: enabled, users: [{ user: test, password: test }] }
                  APPS { jetstream: %s, users: [{ user: %s, password: %s }] }
                }
                no_auth_user: test
                """.formatted(jetStream, USER, PASSWORD);
    }
}
