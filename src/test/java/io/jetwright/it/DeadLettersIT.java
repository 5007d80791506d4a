package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.connection;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.Kubectl;
import io.jetwright.it.harness.TestNamespace;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the operator tells of the dead letters of Consumers, and what it leaves to the relay. The relay is played by the test, which
 * writes its Lease and its part of the status. Only what is told in time passes, since nothing is looked at again for an hour.
 */
class DeadLettersIT {
    @RegisterExtension
    static final Installation installation = Installation.withOperator().environment("RESYNC_INTERVAL", "1h");

    private static final String WORKER = "streamRef: {name: orders}\nmaxDeliver: 5\n";
    private static final String TO_DEAD = "deadLetter: {streamRef: {name: dead}}";

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());

    @BeforeEach
    void relayRuns() {
        renew(Instant.now().plusSeconds(3600));
    }

    /** What the relay does every few seconds. */
    private void renew(Instant time) {
        namespace
                .client()
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace.name())
                        .withName("jetwright-dead-letters")
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("relay")
                        .withLeaseDurationSeconds(30)
                        .withRenewTime(time.atZone(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .fieldManager("jetwright-dead-letters")
                .forceConflicts()
                .serverSideApply();
    }

    /** What the relay does when there is something new of a Consumer's dead letters. */
    private void say(GenericKubernetesResource consumer, Map<String, Object> deadLetters) {
        var patch = new GenericKubernetesResource();
        patch.setApiVersion(consumer.getApiVersion());
        patch.setKind(consumer.getKind());
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace.name())
                .withName(consumer.getMetadata().getName())
                .build());
        patch.setAdditionalProperty("status", Map.of("deadLetters", deadLetters));
        namespace
                .client()
                .resource(patch)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("jetwright-dead-letters")
                        .withForce(true)
                        .build());
    }

    private void streams() {
        namespace.applyReady(stream("orders", "{name: ORDERS, subjects: [orders.>]}"));
        namespace.applyReady(stream("dead", "{name: DEAD, subjects: [dead-letters.>]}"));
    }

    /** Caches come up in any order at a start, and with a resync of an hour nothing that is overlooked then is seen again. */
    @Test
    void anOperatorThatStartsFindsAllThatAreThere() {
        installation.operator().terminate();
        namespace.apply(stream("orders", "{name: ORDERS, subjects: [orders.>]}"));
        namespace.apply(stream("dead", "{name: DEAD, subjects: [dead-letters.>]}"));
        List<GenericKubernetesResource> workers = IntStream.range(0, 10)
                .mapToObj(i -> namespace.apply(consumer("worker-" + i, WORKER + TO_DEAD)))
                .toList();

        installation.operator().start();

        workers.forEach(namespace::awaitReady);
        assertThat(installation.operator().log()).noneMatch(line -> line.contains("ERROR"));
    }

    private String awaitTold(GenericKubernetesResource consumer, String status, String reason) {
        var told = new Condition[1];
        eventually(() -> {
            Condition condition = namespace.condition(consumer, "DeadLetters");
            assertThat(condition.getStatus() + " " + condition.getReason() + ": " + condition.getMessage())
                    .startsWith(status + " " + reason + ": ");
            told[0] = condition;
        });
        return told[0].getMessage();
    }

    /** Waits until it is Ready and its dead letters are relayed, of which the relay has said so. */
    private void awaitRelayed(GenericKubernetesResource consumer) {
        namespace.awaitReady(consumer);
        say(consumer, Map.of("stored", 0));
        awaitTold(consumer, "True", "Relayed");
        assertThat(TestNamespace.conditions(namespace.read(consumer)))
                .extracting(Condition::getType)
                .doesNotContain("Stalled", "Reconciling");
    }

    private String awaitRefused(GenericKubernetesResource consumer, String reason) {
        String message = awaitTold(consumer, "False", reason);
        assertThat(namespace.awaitNotReady(consumer, reason)).isEqualTo(message);
        assertThat(namespace.condition(consumer, "Stalled").getStatus()).isEqualTo("True");
        assertThat(namespace.condition(consumer, "Synced").getStatus()).isEqualTo("True");
        return message;
    }

    private GenericKubernetesResource worker(String deadLetter) {
        return namespace.apply(consumer("worker", WORKER + deadLetter));
    }

    private @Nullable Object deadLetters(GenericKubernetesResource consumer) {
        return namespace.read(consumer).get("status", "deadLetters");
    }

    @Test
    void whatTheRelayWritesIsNeitherTakenAwayNorAReasonToWrite() {
        streams();
        GenericKubernetesResource worker = worker(TO_DEAD);
        awaitRelayed(worker);
        Map<String, Object> said = Map.of("stream", "DEAD", "stored", 3, "waiting", 1, "lastReason", "Terminated");
        say(worker, said);
        String written = namespace.read(worker).getMetadata().getResourceVersion();

        jetStream.deleteConsumer("ORDERS", "worker");
        eventually(() -> assertThat(namespace.events(worker))
                .extracting(Event::getReason)
                .contains("DriftRepaired"));
        eventually(() -> assertThat(namespace.read(worker).getMetadata().getResourceVersion())
                .isNotEqualTo(written));
        assertThat(deadLetters(worker)).isEqualTo(said);

        namespace.applyReady(consumer("worker", WORKER + "deliverPolicy: new\nrecreatePolicy: Always\n" + TO_DEAD));
        assertThat(deadLetters(worker)).isEqualTo(said);
        assertThat(new Kubectl(installation.kubernetes(), namespace)
                        .run("get", "consumers")
                        .successful())
                .containsPattern("REDELIVERED +DEAD +READY")
                .containsPattern("worker +ORDERS +0 +0 +0 +3 +True");

        Map<String, Object> more = Map.of("stream", "DEAD", "stored", 4);
        say(worker, more);
        String last = namespace.read(worker).getMetadata().getResourceVersion();
        namespace.applyReady(stream("orders", "{name: ORDERS, subjects: [orders.>], maxAge: 1h}"));
        GenericKubernetesResource other = namespace.applyReady(consumer("other", "streamRef: {name: orders}"));
        assertThat(namespace.read(worker).getMetadata().getResourceVersion()).isEqualTo(last);
        assertThat(TestNamespace.conditions(namespace.read(other)))
                .extracting(Condition::getType)
                .doesNotContain("DeadLetters");
    }

    @Test
    void aRelayThatIsAwayOrHasAProblemIsToldAndLeavesReadyAsItIs() {
        streams();
        GenericKubernetesResource worker = worker(TO_DEAD);
        awaitTold(worker, "Unknown", "RelayUnknown");
        awaitRelayed(worker);

        say(worker, Map.of("stored", 0, "problem", "the user may not publish on dead-letters.>: allow it"));
        assertThat(awaitTold(worker, "False", "NotRelayed"))
                .isEqualTo("the user may not publish on dead-letters.>: allow it");
        awaitRelayed(worker);

        renew(Instant.now().minusSeconds(60));
        assertThat(awaitTold(worker, "False", "RelayNotRunning"))
                .contains(
                        "it has not renewed its Lease %s/jetwright-dead-letters since".formatted(namespace.name()),
                        "deadLetters.enabled");
        namespace.awaitReady(worker);
        eventually(() -> assertThat(namespace.events(worker))
                .filteredOn(event -> event.getReason().equals("RelayNotRunning"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getType()).isEqualTo("Warning");
                    assertThat(event.getCount()).isEqualTo(1);
                }));
        renew(Instant.now().plusSeconds(3600));
        awaitTold(worker, "True", "Relayed");

        namespace
                .client()
                .leases()
                .inNamespace(namespace.name())
                .withName("jetwright-dead-letters")
                .delete();
        assertThat(awaitTold(worker, "False", "RelayNotRunning")).contains("there is no Lease");
    }

    @Test
    void aStreamThatIsNotThereYetIsWaitedFor() {
        namespace.applyReady(stream("orders", "{name: ORDERS, subjects: [orders.>]}"));
        GenericKubernetesResource worker = worker(TO_DEAD);
        assertThat(awaitTold(worker, "False", "LetterStreamNotReady"))
                .contains("there is no Stream resource dead in namespace " + namespace.name(), "create it");
        namespace.awaitReady(worker);

        namespace.applyReady(stream("dead", "{name: DEAD, subjects: [dead-letters.>]}"));
        awaitRelayed(worker);
    }

    @Test
    void aSubjectThatTheStreamDoesNotTakeIsRefusedWithThePatternToAdd() {
        namespace.applyReady(stream("orders", "{name: ORDERS, subjects: [orders.>]}"));
        namespace.applyReady(stream("dead", "{name: DEAD, subjects: [other.>]}"));
        GenericKubernetesResource worker = worker(TO_DEAD);
        assertThat(awaitRefused(worker, "LetterSubjectInvalid"))
                .contains("spec.deadLetter.subject", "add dead-letters.ORDERS.worker.> to its subjects");
        assertThat(jetStream.hasConsumer("ORDERS", "worker")).isTrue();
        assertThat(new Kubectl(installation.kubernetes(), namespace)
                        .run("describe", "consumer", "worker")
                        .successful())
                .contains("dead-letters.ORDERS.worker.>", "Warning  LetterSubjectInvalid");

        namespace.applyReady(stream("dead", "{name: DEAD, subjects: [other.>, dead-letters.ORDERS.worker.>]}"));
        awaitRelayed(worker);
    }

    @Test
    void aSubjectInsideTheStreamThatIsConsumedIsALoop() {
        namespace.applyReady(stream("auth", "{name: AUTH, subjects: [auth.>]}"));
        namespace.applyReady(stream("dead", "{name: DEAD, subjects: [dlq.>]}"));
        String spec = "streamRef: {name: auth}\nmaxDeliver: 3\nfilterSubject: auth.user.created\n";
        GenericKubernetesResource worker = namespace.apply(
                consumer("worker", spec + "deadLetter: {streamRef: {name: dead}, subject: \"{subject}.dlq\"}"));
        assertThat(awaitRefused(worker, "LetterLoop"))
                .contains("{subject}.dlq would land in AUTH", "auth.>", "dlq.{subject}");

        namespace.apply(consumer("worker", spec + "deadLetter: {streamRef: {name: dead}, subject: \"dlq.{subject}\"}"));
        awaitRelayed(worker);
    }

    @Test
    void aStreamThatCannotStoreLettersIsRefusedAndOneThatLosesThemIsToldOf() {
        namespace.applyReady(stream("orders", "{name: ORDERS, subjects: [orders.>], maxAge: 7d}"));
        namespace.applyReady(stream("dead", "{name: DEAD, subjects: [dead-letters.>], retention: workqueue}"));
        GenericKubernetesResource worker = worker(TO_DEAD);
        assertThat(awaitRefused(worker, "LetterStreamInvalid")).contains("retention: workqueue", "retention: limits");

        namespace.applyReady(
                stream("dead", "{name: DEAD, subjects: [dead-letters.>], maxAge: 1h, recreatePolicy: Always}"));
        namespace.awaitReady(worker);
        say(worker, Map.of("stored", 0));
        assertThat(awaitTold(worker, "True", "LettersMayBeLost")).contains("for 1h", "for 7d", "raise its maxAge");
        eventually(() -> assertThat(namespace.events(worker))
                .extracting(Event::getReason)
                .contains("LettersMayBeLost"));

        namespace.applyReady(stream("dead", "{name: DEAD, subjects: [dead-letters.>], maxAge: 30d}"));
        awaitRelayed(worker);
    }

    @Test
    void ofALoopOverTwoStreamsTheYoungerConsumerIsRefusedAndTheOlderGoesOn() {
        streams();
        GenericKubernetesResource worker = worker(TO_DEAD);
        awaitRelayed(worker);
        // The age of resources is known in whole seconds.
        eventually(() -> assertThat(Instant.now())
                .isAfter(Instant.parse(namespace.read(worker).getMetadata().getCreationTimestamp())
                        .plusSeconds(2)));
        GenericKubernetesResource reader = namespace.apply(
                consumer(
                        "reader",
                        "streamRef: {name: dead}\nmaxDeliver: 2\ndeadLetter: {streamRef: {name: orders}, subject: orders.again}"));
        assertThat(awaitRefused(reader, "LetterLoop"))
                .contains("from DEAD to ORDERS", "dead letters of the Consumer " + namespace.name() + "/worker");
        awaitTold(worker, "True", "Relayed");

        namespace.delete(worker);
        namespace.awaitGone(worker);
        awaitRelayed(reader);
    }

    @Test
    void aCopyThatLeadsBackIsALoop() {
        streams();
        GenericKubernetesResource worker = worker(TO_DEAD);
        awaitRelayed(worker);
        namespace.applyReady(stream("orders", "{name: ORDERS, subjects: [orders.>], sources: [{name: DEAD}]}"));
        assertThat(awaitRefused(worker, "LetterLoop")).contains("to ORDERS, which copies it");

        namespace.applyReady(stream("orders", "{name: ORDERS, subjects: [orders.>]}"));
        awaitRelayed(worker);
    }

    @Test
    void aStreamOfAnotherConnectionIsRefused() {
        namespace.applyReady(stream("orders", "{name: ORDERS, subjects: [orders.>]}"));
        namespace.apply(connection(
                "far",
                "servers: [\"%s\"]\ndomain: far".formatted(installation.nats().url())));
        namespace.apply(stream("dead", "{name: DEAD, subjects: [dead-letters.>], connectionRef: {name: far}}"));
        GenericKubernetesResource worker = worker(TO_DEAD);
        assertThat(awaitRefused(worker, "LetterStreamInvalid"))
                .contains("another Connection", "spec.deadLetter.streamName");
    }

    @Test
    void aSuspendedConsumerSaysSoAndOneWithoutDeadLettersSaysNothing() {
        streams();
        GenericKubernetesResource worker = worker(TO_DEAD);
        awaitRelayed(worker);
        namespace.apply(consumer("worker", WORKER + "suspend: true\n" + TO_DEAD));
        awaitTold(worker, "Unknown", "Suspended");

        namespace.applyReady(consumer("worker", WORKER));
        assertThat(TestNamespace.conditions(Objects.requireNonNull(namespace.read(worker))))
                .extracting(Condition::getType)
                .doesNotContain("DeadLetters");
    }
}
