package io.jetwright.it;

import static io.jetwright.it.harness.DeadLetters.letter;
import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.connection;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.gitops.HealthScript;
import io.jetwright.gitops.KStatus;
import io.jetwright.it.harness.ConfirmationOrder;
import io.jetwright.it.harness.DeadLetters;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.Manifests;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.Ports;
import io.jetwright.it.harness.RelayProcess;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dead letters are sent back, each once, whatever is killed or paused meanwhile. */
@Order(1)
class RedriveIT {
    @RegisterExtension
    static final Installation installation = Installation.withoutOperator();

    private static final HealthScript ARGO_CD = HealthScript.in(Path.of("examples/argocd/health/jetwright.lua"));
    private static final String LOCK = "jetwright-redrive";

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());
    private final DeadLetters letters = new DeadLetters(installation.nats());
    private final RelayProcess relay = installation.newRelay();

    @BeforeEach
    void streams() {
        jetStream.createStream("{name: WORK, subjects: [\"work.>\"], retention: workqueue, storage: file}");
        jetStream.createStream("{name: EVENTS, subjects: [\"events.>\", \"retry.>\"], storage: file}");
        jetStream.createStream("{name: DEAD, subjects: [\"dead.>\"], storage: file}");
        jetStream.createConsumer(
                "EVENTS", "{durable_name: worker, ack_policy: explicit, filter_subjects: [events.>, retry.worker.>]}");
    }

    private GenericKubernetesResource redrive(String name, String fields) {
        return namespace.apply("""
                apiVersion: jetwright.io/v1beta1
                kind: Redrive
                metadata: {name: %s}
                spec: {streamName: DEAD%s}
                """.formatted(name, fields.isEmpty() ? "" : ", " + fields));
    }

    private long messages(String stream) {
        return jetStream.stream(stream).at("/state/messages").asLong();
    }

    private List<MessageInfo> all(String stream) throws Exception {
        List<MessageInfo> all = new ArrayList<>();
        JsonNode state = jetStream.stream(stream).get("state");
        var management = installation.nats().jetStream();
        for (long each = state.get("first_seq").asLong();
                each <= state.get("last_seq").asLong();
                each++) {
            all.add(management.getMessage(stream, each));
        }
        return all;
    }

    /** Each once, and no others. */
    private void awaitEvents(GenericKubernetesResource redrive, String... typesAndReasons) {
        eventually(() -> assertThat(namespace.events(redrive))
                .extracting(event -> event.getType() + " " + event.getReason() + " " + event.getCount())
                .containsExactlyInAnyOrder(
                        Stream.of(typesAndReasons).map(each -> each + " 1").toArray(String[]::new)));
    }

    private double redriven(String outcome) throws Exception {
        return relay.metric("jetwright_dead_letters_redriven_total{outcome=\"%s\"}".formatted(outcome));
    }

    /** So that it does not help that the server knows ids for a while. */
    private void forgetIdsSoon(String stream) {
        jetStream.changeStream(
                stream,
                config -> config.put("duplicate_window", Duration.ofSeconds(1).toNanos()));
    }

    private static String text(MessageInfo message) {
        return new String(message.getData(), StandardCharsets.UTF_8);
    }

    private static Object status(GenericKubernetesResource redrive, String field) {
        return Objects.requireNonNullElse(redrive.<Object>get("status", field), "");
    }

    private static List<String> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
    }

    @Test
    void toAWorkqueueMessagesGoBackAsTheyWere() throws Exception {
        letters.store(
                letter("WORK", "work.a", 7)
                        .add("Trace", "one", "two")
                        .put("Dead-Letter-Original-Nats-Msg-Id", "mine")
                        .put("Dead-Letter-Original-Nats-Rollup", "all")
                        .put("Dead-Letter-Redrives", "2")
                        .put("Nats-Msg-Id", "the-letter's"),
                "payload \u0001 as it was");
        letters.store(letter("WORK", "work.b", 8).put("Dead-Letter-Payload", "gone"), "");
        letters.store(letter("WORK", "work.c", 9).put("Dead-Letter-Payload", "too-large"), "");
        letters.store(new Headers().put("Anything", "else"), "no letter");
        relay.start();

        GenericKubernetesResource done = namespace.awaitReady(redrive("back", ""));

        MessageInfo sent = installation.nats().jetStream().getMessage("WORK", 1);
        assertThat(sent.getSubject()).isEqualTo("work.a");
        assertThat(text(sent)).isEqualTo("payload \u0001 as it was");
        String created = jetStream.stream("DEAD").get("created").asText();
        Headers headers = Objects.requireNonNull(sent.getHeaders());
        assertThat(headers.get("Trace")).containsExactly("one", "two");
        assertThat(headers.keySet())
                .containsExactlyInAnyOrder("Trace", "Dead-Letter-Redrives", "Nats-Msg-Id", "Nats-Expected-Stream");
        assertThat(headers.getFirst("Dead-Letter-Redrives")).isEqualTo("3");
        assertThat(headers.getFirst("Nats-Msg-Id")).isEqualTo("redrive/DEAD/" + created + "/1");
        assertThat(messages("WORK")).isEqualTo(1);
        assertThat(messages("DEAD")).isEqualTo(3);
        assertThat(status(done, "matched")).isEqualTo(1);
        assertThat(status(done, "done")).isEqualTo(1);
        assertThat(status(done, "skipped")).isEqualTo(2);
        assertThat(status(done, "stream")).isEqualTo("DEAD");
        assertThat(status(done, "startedAt")).asString().isNotEmpty();
        assertThat(status(done, "finishedAt")).asString().isNotEmpty();
        assertThat(ARGO_CD.assess(done).status()).isEqualTo("Healthy");
        assertThat(ARGO_CD.assess(done).message())
                .contains(
                        "1 of 1 dead letters were sent", "too large for a dead letter: it is still in its own stream");
        assertThat(KStatus.of(done)).isEqualTo(KStatus.CURRENT);
        eventually(() -> assertThat(redriven("no_payload")).isEqualTo(2));
        assertThat(redriven("sent")).isEqualTo(1);
        awaitEvents(done, "Normal Redriving", "Normal Redriven");
    }

    @Test
    void whereOthersWouldGetItTooASubjectIsDemanded() throws Exception {
        jetStream.createConsumer("EVENTS", "{durable_name: audit, ack_policy: explicit, filter_subject: events.>}");
        letters.store(2, "EVENTS", "events.a");
        relay.start();

        GenericKubernetesResource refused = redrive("everybody", "");
        assertThat(namespace.awaitNotReady(refused, "Refused"))
                .contains("would also reach audit of the stream EVENTS", "set to.subject", "retry.worker.{subject}");
        assertThat(ARGO_CD.assess(namespace.read(refused)).status()).isEqualTo("Degraded");
        assertThat(KStatus.of(namespace.read(refused))).isEqualTo(KStatus.FAILED);
        awaitEvents(refused, "Warning Refused");
        assertThat(messages("EVENTS")).isZero();

        namespace.awaitReady(redrive("retry", "to: {subject: \"retry.{consumer}.{subject}\"}"));
        assertThat(all("EVENTS"))
                .extracting(MessageInfo::getSubject)
                .containsOnly("retry.worker.events.a")
                .hasSize(2);
        assertThat(jetStream.consumer("EVENTS", "worker").get("num_pending").asInt())
                .isEqualTo(2);
        assertThat(jetStream.consumer("EVENTS", "audit").get("num_pending").asInt())
                .isZero();
        assertThat(messages("DEAD")).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            to: {subject: "dead.{subject}"}  | a subject of the stream of dead letters DEAD itself
            to: {subject: "gone.{subject}"}  | no stream takes messages on gone.work.a
            to: {subject: "retry.{subject}"} | no consumer of the stream EVENTS gets messages on retry.work.a
            to: {subject: "work.{token(3)}"} | names a token that the subject work.a of dead letter 1 does not have
            """)
    void aTargetThatCannotBeIsRefused(String fields, String message) throws Exception {
        letters.store(1, "WORK", "work.a");
        relay.start();

        assertThat(namespace.awaitNotReady(redrive("astray", fields), "Refused"))
                .contains(message);
        assertThat(messages("DEAD")).isEqualTo(1);
    }

    @Test
    void aStreamThatKeepsAllIsRefusedBeforeAnythingIsSent() throws Exception {
        letters.store(1, "WORK", "work.a");
        jetStream.changeStream("DEAD", config -> config.put("deny_delete", true));
        relay.start();

        assertThat(namespace.awaitNotReady(redrive("kept", ""), "Refused")).contains("DEAD has denyDelete");
        assertThat(messages("WORK")).isZero();
    }

    @Test
    void aDryRunTellsAndSendsNothing() throws Exception {
        letters.store(7, "WORK", "work.a");
        relay.start();
        installation.newRelay().start();

        GenericKubernetesResource told =
                namespace.awaitReady(redrive("dry", "dryRun: true, select: {subject: \"work.*\", fromSequence: 2}"));
        assertThat(status(told, "matched")).isEqualTo(6);
        assertThat(told.<List<?>>get("status", "sample"))
                .hasSize(5)
                .first()
                .asString()
                .contains("sequence=2", "subject=work.a", "reason=MaxDeliveries", "consumer=WORK/worker", "to=work.a");
        assertThat(messages("WORK")).isZero();
        assertThat(messages("DEAD")).isEqualTo(7);
        awaitEvents(told, "Normal Redriven");
    }

    @Test
    void limitAndRateHold() throws Exception {
        letters.store(20, "WORK", "work.a");
        relay.start();

        GenericKubernetesResource done = namespace.awaitReady(redrive("slowly", "limit: 11, ratePerSecond: 10"));
        List<MessageInfo> sent = all("WORK");
        assertThat(sent).extracting(RedriveIT::text).containsExactlyElementsOf(numbers(1, 11));
        assertThat(Duration.between(sent.get(0).getTime(), sent.get(10).getTime()))
                .isGreaterThan(Duration.ofMillis(950));
        assertThat(messages("DEAD")).isEqualTo(9);
        assertThat(status(done, "done")).isEqualTo(11);
    }

    @Test
    void moreThanAreReadAtOnceGoInOrder() throws Exception {
        letters.store(9000, "WORK", "work.a");
        relay.start();

        namespace.awaitReady(redrive("many", ""));
        assertThat(all("WORK")).extracting(RedriveIT::text).containsExactlyElementsOf(numbers(1, 9000));
        assertThat(messages("DEAD")).isZero();
    }

    @Test
    void whatIsDeletedStops() throws Exception {
        letters.store(100, "WORK", "work.a");
        relay.start();
        GenericKubernetesResource redrive = redrive("cancelled", "ratePerSecond: 5");
        eventually(() -> assertThat(messages("WORK")).isPositive());
        eventually(() ->
                assertThat(ARGO_CD.assess(namespace.read(redrive)).status()).isEqualTo("Progressing"));

        namespace.delete(redrive);
        eventually(() -> assertThat(jetStream.hasConsumer("DEAD", LOCK)).isFalse());

        long sent = messages("WORK");
        assertThat(sent).isLessThan(100);
        eventually(() -> assertThat(namespace.events(redrive))
                .filteredOn(event -> event.getReason().equals("Deleted"))
                .singleElement()
                .extracting(Event::getMessage, InstanceOfAssertFactories.STRING)
                .contains("after %d of 100 dead letters".formatted(sent)));
        assertThat(messages("DEAD")).isEqualTo(100 - sent);
        namespace.awaitReady(redrive("the-rest", ""));
        assertThat(all("WORK")).extracting(RedriveIT::text).containsExactlyElementsOf(numbers(1, 100));
    }

    @Test
    void whatSelectsNothingSaysSo() throws Exception {
        letters.store(2, "WORK", "work.a");
        relay.start();

        GenericKubernetesResource misspelt = namespace.awaitReady(redrive("misspelt", "select: {consumer: wroker}"));
        assertThat(ARGO_CD.assess(misspelt).status()).isEqualTo("Healthy");
        assertThat(namespace.condition(misspelt, "Ready"))
                .asString()
                .contains("NothingSelected", "none of the 2 messages of the stream DEAD", "Dead-Letter-Consumer");
        GenericKubernetesResource told =
                namespace.awaitReady(redrive("told", "dryRun: true, select: {consumer: wroker}"));
        awaitEvents(told, "Normal NothingSelected");
        awaitEvents(misspelt, "Normal Redriving", "Normal NothingSelected");
        assertThat(messages("DEAD")).isEqualTo(2);
    }

    @Test
    void theSecondOnTheSameStreamWaitsAndThenBegins() throws Exception {
        letters.store(30, "WORK", "work.a");
        relay.start();
        GenericKubernetesResource first = redrive("first", "ratePerSecond: 5, select: {toSequence: 20}");
        eventually(() -> assertThat(messages("WORK")).isPositive());

        GenericKubernetesResource second = redrive("second", "");
        assertThat(namespace.awaitNotReady(second, "WaitingForRedrive")).contains(namespace.name() + "/first", "DEAD");
        assertThat(relay.metric("jetwright_dead_letters_redrives_running")).isEqualTo(1);
        assertThat(relay.metric("jetwright_dead_letters_redrives_waiting")).isEqualTo(1);
        namespace.awaitReady(second);
        namespace.awaitReady(first);
        eventually(() -> assertThat(relay.metric("jetwright_dead_letters_redrives_running"))
                .isZero());
        assertThat(all("WORK")).extracting(RedriveIT::text).containsExactlyElementsOf(numbers(1, 30));
    }

    /** By the server's memory of ids in a workqueue; by looking into a stream that keeps all, when that memory is short. */
    @ParameterizedTest
    @CsvSource({"WORK, work.a, 120", "EVENTS, events.a, 1"})
    void killedInTheMiddleEachIsSentOnce(String stream, String subject, int duplicateWindow) throws Exception {
        jetStream.changeStream(
                stream,
                config -> config.put(
                        "duplicate_window", Duration.ofSeconds(duplicateWindow).toNanos()));
        letters.store(3000, stream, subject);
        relay.start();
        GenericKubernetesResource redrive = redrive("killed", "ratePerSecond: 1000");
        for (int kills = 1; kills <= 2; kills++) {
            long enough = 700L * kills;
            eventually(() -> assertThat(messages(stream)).isGreaterThan(enough));
            relay.kill();
            relay.start();
        }

        GenericKubernetesResource done = namespace.awaitReady(Duration.ofMinutes(2), redrive);
        assertThat(all(stream)).extracting(RedriveIT::text).containsExactlyInAnyOrderElementsOf(numbers(1, 3000));
        assertThat(messages("DEAD")).isZero();
        assertThat(status(done, "done")).isEqualTo(3000);
        assertThat(status(done, "uncertain")).isEqualTo(0);
        awaitEvents(done, "Normal Redriving", "Normal Redriven");
    }

    @Test
    void whatNobodyCanKnowIsLeftAndNamed() throws Exception {
        forgetIdsSoon("WORK");
        letters.store(3000, "WORK", "work.a");
        relay.start();
        GenericKubernetesResource redrive = redrive("killed", "ratePerSecond: 1000");
        eventually(() -> assertThat(messages("WORK")).isGreaterThan(500));
        relay.kill();
        jetStream.purge("WORK");
        long before = 3000 - messages("DEAD");
        relay.start();

        String message = namespace.awaitNotReady(Duration.ofMinutes(2), redrive, "Uncertain");
        long left = messages("DEAD");
        assertThat(left).isBetween(1L, 512L);
        assertThat(message).contains("of %d it cannot be known".formatted(left), "select.fromSequence");
        assertThat(messages("WORK") + before + left).isEqualTo(3000);
        assertThat(status(namespace.read(redrive), "uncertain")).isEqualTo((int) left);
    }

    @Test
    void aPausedRelayIsNotOvertaken() throws Exception {
        letters.store(2000, "WORK", "work.a");
        RelayProcess other = installation.newRelay();
        relay.start();
        GenericKubernetesResource redrive = redrive("paused", "ratePerSecond: 500");
        eventually(() -> assertThat(messages("WORK")).isGreaterThan(200));
        relay.freeze();
        other.start();
        relay.thaw();

        namespace.awaitReady(Duration.ofMinutes(2), redrive);
        assertThat(all("WORK")).extracting(RedriveIT::text).containsExactlyInAnyOrderElementsOf(numbers(1, 2000));
    }

    /** Its connection is gone by the time that it goes on, and all with it that it had still to send. */
    @Test
    void aRelayThatWasFrozenForLongerThanItsLockSendsNothingTwice() throws Exception {
        installation.nats().stop();
        installation.nats().configure("ping_interval: 1s, ping_max: 1");
        installation.nats().start();
        forgetIdsSoon("EVENTS");
        letters.store(3000, "EVENTS", "events.a");
        RelayProcess other = installation.newRelay();
        relay.start();
        GenericKubernetesResource redrive = redrive("frozen", "ratePerSecond: 1000");
        eventually(() -> assertThat(messages("EVENTS")).isGreaterThan(700));
        relay.freeze();
        other.start();
        Object finished = status(namespace.awaitReady(Duration.ofMinutes(2), redrive), "finishedAt");

        relay.thaw();
        other.terminate();
        letters.store(1, "EVENTS", "events.b");
        namespace.awaitReady(redrive("after", ""));

        List<String> once = new ArrayList<>(numbers(1, 3000));
        once.add("1");
        assertThat(all("EVENTS")).extracting(RedriveIT::text).containsExactlyInAnyOrderElementsOf(once);
        assertThat(status(namespace.awaitReady(redrive), "finishedAt")).isEqualTo(finished);
        awaitEvents(redrive, "Normal Redriving", "Normal Redriven");
    }

    @Test
    void anotherReplicaGoesOnAtOnceWhenOneEnds() throws Exception {
        letters.store(2000, "WORK", "work.a");
        relay.start();
        GenericKubernetesResource redrive = redrive("handed-over", "ratePerSecond: 400");
        installation.newRelay().start();
        eventually(() -> assertThat(messages("WORK")).isGreaterThan(200));

        relay.terminate();

        namespace.awaitReady(redrive);
        List<MessageInfo> sent = all("WORK");
        assertThat(sent).extracting(RedriveIT::text).containsExactlyElementsOf(numbers(1, 2000));
        assertThat(IntStream.range(1, sent.size())
                        .mapToObj(i -> Duration.between(
                                sent.get(i - 1).getTime(), sent.get(i).getTime()))
                        .max(Duration::compareTo))
                .as("less than the lock lasts that nobody gives back")
                .hasValueSatisfying(pause -> assertThat(pause).isLessThan(Duration.ofSeconds(9)));
        awaitEvents(redrive, "Normal Redriving", "Normal Redriven");
    }

    @Test
    void theServerIsKilledInTheMiddle() throws Exception {
        for (int i = 0; i < 10; i++) {
            letters.store(150, "WORK", "work.a");
            letters.store(150, "EVENTS", "events.a");
        }
        relay.start();
        GenericKubernetesResource redrive = redrive("interrupted", "ratePerSecond: 1000");
        eventually(() -> assertThat(messages("EVENTS")).isGreaterThan(500));

        installation.nats().kill();
        installation.nats().start();

        GenericKubernetesResource done = namespace.awaitReady(Duration.ofMinutes(2), redrive);
        List<MessageInfo> sent = all("WORK");
        sent.addAll(all("EVENTS"));
        assertThat(sent)
                .extracting(message -> String.valueOf(DeadLetters.header(message, "Nats-Msg-Id"))
                        .replaceFirst(".*/", ""))
                .containsExactlyInAnyOrderElementsOf(numbers(1, 3000));
        assertThat(messages("DEAD")).isZero();
        assertThat(status(done, "done")).isEqualTo(3000);
        assertThat(status(done, "uncertain")).isEqualTo(0);
        awaitEvents(redrive, "Normal Redriving", "Normal Redriven");
    }

    /** The relay's own NATS_URL leads nowhere. */
    @Test
    void theConnectionOfTheStreamResourceIsUsed() throws Exception {
        installation.newOperator().start();
        namespace.applyReady(connection(
                "other", "servers: [\"%s\"]".formatted(installation.nats().url())));
        namespace.applyReady(stream("dead", "{name: DEAD, subjects: [\"dead.>\"], connectionRef: {name: other}}"));
        letters.store(20, "WORK", "work.a");
        relay.set("NATS_URL", "nats://127.0.0.1:" + Ports.free()).start();

        namespace.awaitReady(namespace.apply(Manifests.redrive("by-reference", "streamRef: {name: dead}")));

        assertThat(all("WORK")).extracting(RedriveIT::text).containsExactlyElementsOf(numbers(1, 20));
        assertThat(messages("DEAD")).isZero();
    }

    /** Each over a Connection of its own, by one relay. */
    @TestFactory
    Stream<DynamicTest> withEachReleaseOfTheServer() {
        relay.start();
        return Stream.of("2.10", "2.11", "2.12", "2.14")
                .map(release -> DynamicTest.dynamicTest(release, () -> redriveWith("nats-server-" + release)));
    }

    private void redriveWith(String release) throws Exception {
        try (NatsServer server = NatsServer.ofRelease(release, "")) {
            server.start();
            var there = new JetStreamApi(server);
            there.createStream("{name: WORK, subjects: [\"work.>\"], retention: workqueue}");
            there.createStream("{name: DEAD, subjects: [\"dead.>\"]}");
            var stored = new DeadLetters(server);
            stored.store(600, "WORK", "work.a");
            String name = release.replace('.', '-');
            namespace.apply(connection(name, "servers: [\"%s\"]".formatted(server.url())));
            try (var order = new ConfirmationOrder(server, "WORK", "DEAD")) {
                GenericKubernetesResource done =
                        namespace.awaitReady(redrive(name, "connectionRef: {name: %s}".formatted(name)));

                assertThat(status(done, "matched")).isEqualTo(600);
                assertThat(status(done, "done")).isEqualTo(600);
                order.assertRemovedWhenConfirmed(600);
            }
            assertThat(stored.all("WORK")).extracting(RedriveIT::text).containsExactlyElementsOf(numbers(1, 600));
            assertThat(stored.all("DEAD")).isEmpty();
        }
    }

    @Test
    void thoseThatDieAgainStopIt() throws Exception {
        letters.store(1000, "WORK", "work.a");
        relay.start();
        GenericKubernetesResource redrive = redrive("again", "ratePerSecond: 20, maxDeadAgainPercent: 30");
        eventually(() -> assertThat(messages("WORK")).isGreaterThan(12));
        String created = jetStream.stream("DEAD").get("created").asText();
        for (int i = 1; i <= 400; i++) {
            letters.store(
                    letter("WORK", "work.a", i)
                            .put("Dead-Letter-Original-Nats-Msg-Id", "redrive/DEAD/" + created + "/" + i),
                    "x");
        }

        assertThat(namespace.awaitNotReady(redrive, "DeadAgain")).contains("have died again", "maxDeadAgainPercent");
        assertThat(messages("DEAD")).isGreaterThan(900);
        assertThat((int) status(namespace.read(redrive), "deadAgain")).isGreaterThanOrEqualTo(10);
        awaitEvents(redrive, "Normal Redriving", "Warning DeadAgain");
    }

    @Test
    void whatHasEndedIsNotRunAgainAndGoesAfterItsTime() throws Exception {
        letters.store(1, "WORK", "work.a");
        relay.start();
        GenericKubernetesResource redrive = namespace.awaitReady(redrive("once", ""));
        letters.store(1, "WORK", "work.a");
        relay.terminate();
        relay.start();
        namespace.awaitReady(redrive("another", "select: {stream: NOTHING}"));
        assertThat(messages("WORK")).isEqualTo(1);

        redrive("once", "ttlSecondsAfterFinished: 0");
        eventually(() -> assertThat(namespace
                        .client()
                        .genericKubernetesResources("jetwright.io/v1beta1", "Redrive")
                        .inNamespace(namespace.name())
                        .withName(redrive.getMetadata().getName())
                        .get())
                .isNull());
    }

    /** Just as they are documented. */
    @Test
    void theDocumentedPermissionsAreEnoughAndADeniedSubjectIsNamed() throws Exception {
        String permissions = Files.readString(Path.of("docs/reference/nats-permissions-dead-letters.conf"))
                .replaceAll("(?m)^permissions:", "")
                .replaceAll("(?m)^#.*$", "");
        restartWith(permissions);
        letters.store(3, "EVENTS", "events.a");
        relay.set("NATS_URL", installation.nats().url("relay", "relay")).start();
        GenericKubernetesResource redrive = redrive("permitted", "");
        assertThat(namespace.awaitNotReady(redrive, "Unreachable"))
                .contains("there is no answer to events.a", "may publish to that subject");
        assertThat(messages("DEAD")).isEqualTo(3);

        restartWith(permissions.replace("\"dead-letters.>\"", "\"events.>\""));
        namespace.awaitReady(Duration.ofMinutes(2), redrive);
        assertThat(installation.nats().log()).doesNotContainIgnoringCase("permissions violation");
        assertThat(all("EVENTS")).extracting(RedriveIT::text).containsExactlyInAnyOrderElementsOf(numbers(1, 3));
    }

    private void restartWith(String permissions) {
        installation.nats().stop();
        installation.nats().configure("""
                authorization {
                  users: [
                    { user: test, password: test }
                    { user: relay, password: relay, permissions: %s }
                  ]
                }
                no_auth_user: test
                """.formatted(permissions));
        installation.nats().start();
    }
}
