package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.connection;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.DeadLetters;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.RelayProcess;
import io.jetwright.it.harness.TestNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is in the way of dead letters is told with its cure, and nothing is lost meanwhile. */
class DeadLettersProblemsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final Installation installation = Installation.withOperator();

    private final TestNamespace namespace = installation.namespace();
    private final NatsServer nats = installation.nats();
    private final JetStreamApi jetStream = new JetStreamApi(nats);
    private final DeadLetters letters = new DeadLetters(nats);

    private GenericKubernetesResource declare(String rules) {
        namespace.applyReady(stream("orders", "{subjects: [orders.>], retention: workqueue}"));
        return namespace.applyReady(worker(rules));
    }

    private static String worker(String rules) {
        return consumer(
                "worker", "{streamRef: {name: orders}, maxDeliver: 1, ackWait: 30s, deadLetter: %s}".formatted(rules));
    }

    private void awaitProblem(GenericKubernetesResource worker, String text) {
        eventually(PATIENCE, () -> assertThat(namespace.read(worker).<String>get("status", "deadLetters", "problem"))
                .contains(text));
    }

    private void awaitWarning(GenericKubernetesResource worker, String text) {
        eventually(PATIENCE, () -> assertThat(namespace.read(worker).<String>get("status", "deadLetters", "warning"))
                .contains(text));
    }

    private void awaitNoProblem(GenericKubernetesResource worker) {
        eventually(PATIENCE, () -> {
            GenericKubernetesResource read = namespace.read(worker);
            assertThat(read.<String>get("status", "deadLetters", "completeSince"))
                    .isNotNull();
            assertThat(read.<String>get("status", "deadLetters", "problem")).isNull();
        });
    }

    private void kill(int messages) throws Exception {
        jetStream.publish("orders.new", messages);
        letters.exhaust("orders", "worker", messages, 1);
    }

    @Test
    void whatWaitsForTheStreamOfDeadLettersIsStoredOnceItIsThere() throws Exception {
        installation.newRelay().start();
        GenericKubernetesResource worker = declare("{streamName: DEAD}");
        awaitProblem(worker, "there is no stream DEAD in JetStream: create it, or correct spec.deadLetter");
        kill(3);

        jetStream.createStream("{name: DEAD, subjects: [dead-letters.>]}");

        letters.assertEachOnce(PATIENCE, "DEAD", 3);
        awaitNoProblem(worker);
        jetStream.deleteStream("DEAD");
        kill(2);
        awaitProblem(worker, "DEAD");
        eventually(PATIENCE, () -> assertThat(namespace.read(worker).<Integer>get("status", "deadLetters", "waiting"))
                .isEqualTo(2));
        jetStream.createStream("{name: DEAD, subjects: [dead-letters.>]}");
        letters.await(PATIENCE, "DEAD", 2);
    }

    @Test
    void aSubjectOfAnotherStreamOrOfNoneIsNamed() throws Exception {
        installation.newRelay().start();
        jetStream.createStream("{name: DEAD, subjects: [dead-letters.>, dlq.old]}");
        jetStream.createStream("{name: OTHER, subjects: [dlq.new]}");
        GenericKubernetesResource worker = declare("{streamName: DEAD, subject: \"dlq.{token(2)}\"}");
        awaitNoProblem(worker);
        awaitWarning(worker, "the stream DEAD takes dead-letters.>, dlq.old, and not all letters on dlq.{token(2)}");
        kill(1);
        awaitProblem(
                worker, "the subject dlq.new belongs to another stream than DEAD: correct spec.deadLetter.subject");

        jetStream.deleteStream("OTHER");
        awaitProblem(worker, "no stream has the subject dlq.new: add it to the subjects of stream DEAD");

        namespace.applyReady(worker("{streamName: DEAD}"));
        letters.await(PATIENCE, "DEAD", 1);
        awaitNoProblem(worker);
    }

    /** No resource tells of it. */
    @Test
    void aStreamThatCannotStoreLettersOrLosesThemIsToldOfBeforeAnythingDies() throws Exception {
        installation.newRelay().start();
        jetStream.createStream("{name: QUEUE, subjects: [queue.>, dead-letters.orders.>], retention: workqueue}");
        jetStream.createStream("{name: OTHER, subjects: [other.>]}");
        jetStream.createStream("{name: SHORT, subjects: [short.>], max_age: 3600000000000}");
        GenericKubernetesResource worker = declare("{streamName: QUEUE}");
        awaitProblem(worker, "spec.deadLetter: the stream QUEUE has retention: workqueue, from which letters vanish");

        namespace.applyReady(worker("{streamName: OTHER}"));
        awaitProblem(
                worker,
                "spec.deadLetter.subject: the stream OTHER takes other.>, and not all letters on"
                        + " dead-letters.{stream}.{consumer}.{subject}: add dead-letters.orders.worker.> to its subjects");

        namespace.applyReady(worker("{streamName: SHORT, subject: \"short.{subject}\"}"));
        awaitWarning(
                worker,
                "the stream SHORT keeps letters for 1h (maxAge), and messages stay in orders for ever: raise its maxAge");
        awaitNoProblem(worker);
        eventually(() -> assertThat(namespace.condition(worker, "DeadLetters"))
                .extracting(Condition::getStatus, Condition::getReason)
                .containsExactly("True", "LettersMayBeLost"));
        kill(1);
        letters.await(PATIENCE, "SHORT", 1);

        jetStream.changeStream("SHORT", config -> config.put("max_age", 0));
        eventually(PATIENCE, () -> assertThat(namespace.read(worker).<String>get("status", "deadLetters", "warning"))
                .isNull());
    }

    @Test
    void aStreamThatCapturesAdvisoriesAlreadyIsNamedAndCanBeUsed() throws Exception {
        RelayProcess relay = installation.newRelay();
        relay.start();
        jetStream.createStream("{name: DEAD, subjects: [dead-letters.>]}");
        jetStream.createStream("{name: AUDIT, subjects: [$JS.EVENT.ADVISORY.>]}");
        GenericKubernetesResource worker = declare("{streamName: DEAD}");
        awaitProblem(worker, "the stream AUDIT captures the advisories of this account already");
        kill(2);

        relay.terminate();
        relay.set("CAPTURE_STREAM", "AUDIT").start();

        letters.await(PATIENCE, "DEAD", 2);
        awaitNoProblem(worker);
        assertThat(jetStream.hasStream("JETWRIGHT_DEAD_LETTER_ADVISORIES")).isFalse();
    }

    @Test
    void aConnectionHasACaptureStreamAndCredentialsForTheRelay() throws Exception {
        nats.stop();
        nats.configure("""
                authorization {
                  users: [
                    { user: test, password: test }
                    { user: operator, password: one, permissions: %s }
                    { user: relay, password: two }
                  ]
                }
                no_auth_user: test
                """.formatted(permissions("docs/reference/nats-permissions.conf")));
        nats.start();
        jetStream.createStream("{name: AUDIT, subjects: [$JS.EVENT.ADVISORY.CONSUMER.>]}");
        jetStream.createStream("{name: DEAD, subjects: [dead-letters.>]}");
        namespace.putSecret("operator", Map.of("username", "operator", "password", "one"));
        namespace.putSecret("relay", Map.of("username", "relay", "password", "two"));
        namespace.applyReady(connection("nats", """
                servers: ["%s"]
                user: {secret: {name: operator}}
                deadLetters: {captureStream: AUDIT, user: {secret: {name: relay}}}
                """.formatted(nats.url())));
        installation.newRelay().start();
        namespace.applyReady(
                stream("orders", "{connectionRef: {name: nats}, subjects: [orders.>], retention: workqueue}"));
        GenericKubernetesResource worker = namespace.applyReady(worker("{streamName: DEAD}"));
        awaitNoProblem(worker);
        kill(2);
        letters.await(PATIENCE, "DEAD", 2);

        namespace.putSecret("relay", Map.of("username", "relay", "password", "wrong"));
        awaitProblem(worker, "refused the credentials");
        kill(1);
        namespace.putSecret("relay", Map.of("username", "relay", "password", "two"));

        letters.await(PATIENCE, "DEAD", 3);
        awaitNoProblem(worker);
    }

    /** The relay tries what comes through, and tells what does not. */
    @Test
    void anApiThatAnAccountImportsServesIfAcknowledgementsAndAllAnswersComeThrough() throws Exception {
        restartWithImports("");
        jetStream.createStream("{name: DEAD, subjects: [dead-letters.>]}");
        jetStream.createStream("{name: OTHER, subjects: [other.>]}");
        connectAs("app");
        connectAs("mute");
        installation.newRelay().start();
        namespace.applyReady(
                stream("orders", "{connectionRef: {name: app}, subjects: [orders.>], retention: workqueue}"));
        GenericKubernetesResource worker = namespace.applyReady(worker("{streamName: DEAD}"));
        GenericKubernetesResource mute = namespace.applyReady(consumer("mute", """
                {connectionRef: {name: mute}, streamName: OTHER, maxDeliver: 1, deadLetter: {streamName: DEAD}}
                """));
        awaitProblem(
                mute,
                "no advisory of JetStream comes through hub.API (domain or apiPrefix of the Connection), as a trial has"
                        + " shown: have the account import $JS.ACK.>");
        awaitProblem(
                worker, "only the first comes, as a trial has shown: have the account of the stream export $JS.API.>");

        restartWithImports(", response_type: stream");
        awaitNoProblem(worker);
        kill(3);
        letters.assertEachOnce(PATIENCE, "DEAD", 3);
        eventually(PATIENCE, () -> assertThat(
                        jetStream.stream("orders").at("/state/messages").asLong())
                .isZero());
    }

    private void connectAs(String user) {
        namespace.putSecret(user, Map.of("username", user, "password", user));
        namespace.applyReady(connection(
                user,
                "{servers: [\"%s\"], user: {secret: {name: %s}}, apiPrefix: hub.API}".formatted(nats.url(), user)));
    }

    private void restartWithImports(String ofApi) {
        nats.stop();
        nats.configure("""
                accounts {
                  HUB {
                    jetstream: enabled
                    users: [{ user: test, password: test }]
                    exports: [
                      { service: "$JS.API.>"%s }
                      { service: "$JS.ACK.>" }
                      { service: "dead-letters.>" }
                    ]
                  }
                  APP {
                    users: [{ user: app, password: app }]
                    imports: [
                      { service: { account: HUB, subject: "$JS.API.>" }, to: "hub.API.>" }
                      { service: { account: HUB, subject: "$JS.ACK.>" } }
                      { service: { account: HUB, subject: "dead-letters.>" } }
                    ]
                  }
                  MUTE {
                    users: [{ user: mute, password: mute }]
                    imports: [{ service: { account: HUB, subject: "$JS.API.>" }, to: "hub.API.>" }]
                  }
                }
                no_auth_user: test
                """.formatted(ofApi));
        nats.start();
    }

    @Test
    void oneConnectionThatIsBrokenHarmsNoOther() throws Exception {
        jetStream.createStream("{name: DEAD, subjects: [dead-letters.>]}");
        namespace.applyReady(connection("other", "{servers: [\"%s\"]}".formatted(nats.url())));
        namespace.applyReady(stream("others", "{connectionRef: {name: other}, subjects: [others.>]}"));
        GenericKubernetesResource broken = namespace.applyReady(
                consumer("broken", "{streamRef: {name: others}, maxDeliver: 1, deadLetter: {streamName: DEAD}}"));
        installation.newRelay().start();
        awaitNoProblem(broken);
        namespace.apply(connection("other", "{servers: [\"nats://127.0.0.1:1\"]}"));
        awaitProblem(broken, "127.0.0.1:1");

        GenericKubernetesResource worker = declare("{streamName: DEAD}");
        awaitNoProblem(worker);
        kill(3);

        letters.await(PATIENCE, "DEAD", 3);
        namespace.apply(connection("other", "{servers: [\"%s\"]}".formatted(nats.url())));
        awaitNoProblem(broken);
    }

    /** Just as they are documented. */
    @Test
    void theDocumentedPermissionsAreEnoughAndADeniedSubjectIsNamed() throws Exception {
        String permissions = permissions("docs/reference/nats-permissions-dead-letters.conf");
        restartWith(permissions);
        RelayProcess relay = installation.newRelay();
        relay.set("NATS_URL", nats.url("relay", "relay")).start();
        namespace.applyReady(stream("orders-dead", "{subjects: [dead-letters.>]}"));
        GenericKubernetesResource worker = declare("{streamRef: {name: orders-dead}}");
        awaitNoProblem(worker);
        kill(3);
        letters.assertEachOnce(PATIENCE, "orders-dead", 3);
        eventually(PATIENCE, () -> {
            assertThat(jetStream.stream("orders").at("/state/messages").asLong())
                    .isZero();
            assertThat(namespace.read(worker).<Integer>get("status", "deadLetters", "stored"))
                    .isEqualTo(3);
        });
        relay.kill();
        assertThat(nats.log()).doesNotContainIgnoringCase("permissions violation");

        restartWith(permissions.replace("\"dead-letters.>\"", ""));
        relay.start();
        kill(1);
        awaitProblem(worker, "may not publish to dead-letters.orders.worker.orders.new on " + nats.url());

        restartWith(permissions.replace(
                "\"$JS.API.CONSUMER.MSG.NEXT.*.*\"",
                "\"$JS.API.CONSUMER.MSG.NEXT.JETWRIGHT_DEAD_LETTER_ADVISORIES.*\""));
        awaitProblem(worker, "may not publish to $JS.API.CONSUMER.MSG.NEXT.orders.worker on " + nats.url());

        restartWith(permissions);
        letters.assertEachOnce(PATIENCE, "orders-dead", 4);
        awaitNoProblem(worker);
    }

    private static String permissions(String file) throws Exception {
        return Files.readString(Path.of(file))
                .replaceAll("(?m)^permissions:", "")
                .replaceAll("(?m)^#.*$", "");
    }

    private void restartWith(String permissions) {
        nats.stop();
        nats.configure("""
                authorization {
                  users: [
                    { user: test, password: test }
                    { user: relay, password: relay, permissions: %s }
                  ]
                }
                no_auth_user: test
                """.formatted(permissions));
        nats.start();
    }
}
