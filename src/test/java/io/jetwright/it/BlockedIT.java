package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.SOON;
import static io.jetwright.it.harness.Manifests.connection;
import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.keyValue;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.jetwright.it.harness.ApiTraffic;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.TestNamespace;
import io.nats.client.Dispatcher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What JetStream refuses because of another object or a client is tried again when that is gone, long before the resync. */
class BlockedIT {
    @RegisterExtension
    static final Installation installation =
            Installation.withOperator().environment("RESYNC_INTERVAL", "1h").natsConfiguration("""
                    accounts {
                      TEST {
                        jetstream { max_file: 1G, max_streams: 3, max_consumers: 2 }
                        users: [{ user: test, password: test }]
                      }
                    }
                    no_auth_user: test
                    """);

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());

    /** Keeps each reason that a resource is not Ready for. */
    private static final class Reasons implements Watcher<GenericKubernetesResource>, AutoCloseable {
        private final List<String> reasons = new CopyOnWriteArrayList<>();
        private final Watch watch;

        Reasons(TestNamespace namespace, GenericKubernetesResource resource) {
            watch = namespace.client().resource(resource).watch(this);
        }

        @Override
        public void eventReceived(Action action, GenericKubernetesResource resource) {
            TestNamespace.conditions(resource).stream()
                    .filter(condition -> condition.getType().equals("Ready")
                            && !condition.getStatus().equals("True"))
                    .forEach(condition -> reasons.add(condition.getReason()));
        }

        @Override
        public void onClose(@Nullable WatcherException failure) {}

        List<String> all() {
            return reasons;
        }

        @Override
        public void close() {
            watch.close();
        }
    }

    /** Less than the time to the next attempt, once the fifth was made after eight seconds. */
    private static final Duration BEFORE_THE_NEXT_ATTEMPT = Duration.ofSeconds(5);

    /** Applies what JetStream refuses, and waits until it is only tried every eight seconds and less often. */
    private GenericKubernetesResource applyBlockedForLong(String manifest, String request) throws Exception {
        try (var traffic = new ApiTraffic(installation.nats())) {
            GenericKubernetesResource resource = namespace.apply(manifest);
            traffic.awaitInAll(5, request);
            namespace.awaitNotReady(resource, "Rejected");
            return resource;
        }
    }

    private static String both(String one, String two) {
        return one + "---\n" + two;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSubjectMovesFromOneStreamToAnotherByOneApply(boolean isTakenFirst) {
        GenericKubernetesResource from = namespace.applyReady(stream("from", "subjects: [orders.a, orders.b]"));
        GenericKubernetesResource to = namespace.applyReady(stream("to", "subjects: [orders.c]"));
        String without = stream("from", "subjects: [orders.a]");
        String with = stream("to", "subjects: [orders.b, orders.c]");

        try (var reasons = new Reasons(namespace, to)) {
            namespace.applyAll(isTakenFirst ? both(with, without) : both(without, with));

            namespace.awaitReady(SOON, namespace.read(to));
            namespace.awaitReady(SOON, namespace.read(from));
            assertThat(reasons.all()).isSubsetOf("Blocked");
        }
    }

    @Test
    void aStreamIsRenamedByANewResource() {
        GenericKubernetesResource old = namespace.applyReady(stream("old", "subjects: [\"orders.>\"]"));
        GenericKubernetesResource renamed = namespace.apply(stream("renamed", "subjects: [\"orders.>\"]"));
        try (var reasons = new Reasons(namespace, renamed)) {
            namespace.delete(old);

            namespace.awaitReady(SOON, renamed);
            assertThat(reasons.all()).isSubsetOf("Blocked");
        }
    }

    @Test
    void whatIsBlockedForLongIsStalledAndIsTakenWhenTheOtherResourceGoes() throws Exception {
        GenericKubernetesResource first = namespace.applyReady(stream("first", "subjects: [\"orders.>\"]"));
        GenericKubernetesResource second =
                applyBlockedForLong(stream("second", "subjects: [orders.new]"), "STREAM.CREATE.second");
        assertThat(namespace.condition(second, "Ready").getMessage()).contains("(10065)", "spec.subjects");
        assertThat(namespace.condition(second, "Stalled").getStatus()).isEqualTo("True");

        namespace.delete(first);

        namespace.awaitReady(BEFORE_THE_NEXT_ATTEMPT, second);
    }

    @Test
    void whatIsBlockedForLongIsTakenWhenSomebodyDeletesTheOtherStreamByHand() throws Exception {
        jetStream.createStream("{name: FOREIGN, subjects: [\"orders.>\"], storage: memory}");
        GenericKubernetesResource second =
                applyBlockedForLong(stream("second", "subjects: [orders.new]"), "STREAM.CREATE.second");

        jetStream.deleteStream("FOREIGN");

        namespace.awaitReady(BEFORE_THE_NEXT_ATTEMPT, second);
    }

    @Test
    void aSlotOfTheAccountIsTakenByAnotherKindWhenItIsFree() throws Exception {
        namespace.applyReady(stream("first", "{}"));
        namespace.applyReady(stream("second", "{}"));
        GenericKubernetesResource third = namespace.applyReady(stream("third", "{}"));
        GenericKubernetesResource bucket = applyBlockedForLong(keyValue("bucket", "{}"), "STREAM.CREATE.KV_bucket");
        assertThat(namespace.condition(bucket, "Ready").getMessage()).contains("(10027)");

        namespace.delete(third);

        namespace.awaitReady(BEFORE_THE_NEXT_ATTEMPT, bucket);
    }

    @Test
    void aSlotForAConsumerIsTakenWhenOneIsDeletedByHand() {
        namespace.applyReady(stream("orders", "{}"));
        jetStream.createConsumer("orders", "{durable_name: one}");
        jetStream.createConsumer("orders", "{durable_name: two}");
        GenericKubernetesResource third = namespace.apply(consumer("third", "streamName: orders"));
        assertThat(namespace.awaitNotReady(third, "Rejected")).contains("(10026)");

        jetStream.deleteConsumer("orders", "one");

        namespace.awaitReady(SOON, third);
    }

    @Test
    void aSlotForAConsumerIsTakenWhenAConsumerResourceIsDeleted() {
        namespace.applyReady(stream("orders", "{}"));
        namespace.applyReady(consumer("first", "streamRef: {name: orders}"));
        GenericKubernetesResource second = namespace.applyReady(consumer("second", "streamRef: {name: orders}"));
        GenericKubernetesResource third = namespace.apply(consumer("third", "streamRef: {name: orders}"));
        assertThat(namespace.awaitNotReady(third, "Rejected")).contains("(10026)");

        namespace.delete(second);

        namespace.awaitReady(SOON, third);
    }

    /** The connection is one, whichever Connection leads to it. */
    @Test
    void whatIsInTheWayOfAStreamMayTakeItsTimeToGo() throws Exception {
        namespace.applyReady(connection(
                "same", "servers: [\"%s\"]".formatted(installation.nats().url())));
        GenericKubernetesResource first = namespace.applyReady(stream(
                "first", "{subjects: [\"orders.>\"], deletionPolicy: DeleteIfEmpty, connectionRef: {name: same}}"));
        jetStream.publish("orders.a", 1);
        namespace.delete(first);
        namespace.awaitNotReady(first, "WaitingUntilEmpty");
        try (var traffic = new ApiTraffic(installation.nats())) {
            GenericKubernetesResource second = namespace.apply(stream("second", "subjects: [orders.new]"));
            traffic.awaitInAll(4, "STREAM.CREATE.second");
            assertThat(namespace.awaitNotReady(second, "Blocked")).contains("(10065)");

            jetStream.purge("first");

            namespace.awaitReady(second);
        }
    }

    @Test
    void aConnectionByAnotherUserLeadsToTheSameAccount() throws Exception {
        namespace.putSecret("test", Map.of("username", "test", "password", "test"));
        namespace.applyReady(connection(
                "user",
                "{servers: [\"%s\"], user: {secret: {name: test}}}"
                        .formatted(installation.nats().url())));
        GenericKubernetesResource first =
                namespace.applyReady(stream("first", "{subjects: [\"orders.>\"], connectionRef: {name: user}}"));
        GenericKubernetesResource second =
                applyBlockedForLong(stream("second", "subjects: [orders.new]"), "STREAM.CREATE.second");

        namespace.delete(first);

        namespace.awaitReady(BEFORE_THE_NEXT_ATTEMPT, second);
    }

    @Test
    void theSubjectsOfAStreamThatIsDeletedAndNotCreatedAnewAreTaken() throws Exception {
        GenericKubernetesResource first = namespace.applyReady(stream("first", "subjects: [\"orders.>\"]"));
        namespace.applyReady(stream("other", "subjects: [others]"));
        GenericKubernetesResource second =
                applyBlockedForLong(stream("second", "subjects: [orders.new]"), "STREAM.CREATE.second");

        namespace.apply(stream("first", "{subjects: [others], storage: memory, recreatePolicy: Always}"));

        namespace.awaitReady(BEFORE_THE_NEXT_ATTEMPT, second);
        assertThat(namespace.events(namespace.read(first)))
                .extracting(Event::getReason)
                .contains("Deleted");
    }

    @Test
    void theFilterOfAWorkerIsTakenByAnotherOne() {
        namespace.applyReady(stream("tasks", "{subjects: [\"tasks.>\"], retention: workqueue}"));
        GenericKubernetesResource all =
                namespace.applyReady(consumer("all", "{streamName: tasks, filterSubject: tasks.>}"));
        GenericKubernetesResource urgent =
                namespace.apply(consumer("urgent", "{streamName: tasks, filterSubject: tasks.urgent}"));
        assertThat(namespace.awaitNotReady(urgent, "Rejected")).contains("(10100)");

        namespace.apply(consumer("all", "{streamName: tasks, filterSubject: tasks.others}"));

        namespace.awaitReady(SOON, urgent);
        namespace.awaitReady(SOON, namespace.read(all));
    }

    /** No advisory tells of it. */
    @Test
    void aDeliverSubjectChangesWhenItsSubscriberIsGone() throws Exception {
        namespace.applyReady(stream("orders", "{}"));
        GenericKubernetesResource push =
                namespace.applyReady(consumer("push", "{streamName: orders, deliverSubject: deliver.old}"));
        Dispatcher subscriber = installation.nats().connection().createDispatcher(message -> {});
        subscriber.subscribe("deliver.old");
        installation.nats().connection().flush(Duration.ofSeconds(5));
        namespace.apply(consumer("push", "{streamName: orders, deliverSubject: deliver.new}"));
        assertThat(namespace.awaitNotReady(push, "Blocked")).contains("(10013)");

        installation.nats().connection().closeDispatcher(subscriber);

        namespace.awaitReady(SOON, namespace.read(push));
    }

    /** The first seconds: after 1, 2, 4, 8, 16 seconds, and then about every 27. */
    @Test
    void whatStaysBlockedIsTriedLessAndLessOften() throws Exception {
        jetStream.createStream("{name: FOREIGN, subjects: [\"orders.>\"], storage: memory}");
        try (var traffic = new ApiTraffic(installation.nats())) {
            GenericKubernetesResource second = namespace.apply(stream("second", "subjects: [orders.new]"));
            namespace.awaitNotReady(second, "Rejected");
            assertThat(traffic.count("STREAM.CREATE.second")).isBetween(3L, 5L);
        }
    }
}
