package io.jetwright.it;

import static io.jetwright.it.harness.Manifests.consumer;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.TestNamespace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only the server can refuse: each message names the cure, the cure works, and no other resource notices. */
class RefusalsIT {
    @RegisterExtension
    static final Installation installation =
            Installation.withOperator().environment("RESYNC_INTERVAL", "2s").natsConfiguration("""
                    accounts {
                      TEST {
                        jetstream { max_file: 1G, max_streams: 3, max_consumers: 4 }
                        users: [{ user: test, password: test }]
                      }
                    }
                    no_auth_user: test
                    """);

    private final TestNamespace namespace = installation.namespace();
    private final List<GenericKubernetesResource> others = new ArrayList<>();

    private GenericKubernetesResource ready(String manifest) {
        GenericKubernetesResource other = namespace.awaitReady(namespace.apply(manifest));
        others.add(other);
        return other;
    }

    private GenericKubernetesResource refused(String manifest, String message) {
        GenericKubernetesResource resource = namespace.apply(manifest);
        assertThat(namespace.awaitNotReady(resource, "Rejected")).contains(message);
        assertThat(namespace.condition(resource, "Stalled").getStatus()).isEqualTo("True");
        return resource;
    }

    @AfterEach
    void noOtherResourceNotices() {
        assertThat(others)
                .extracting(other -> namespace.condition(other, "Ready").getStatus())
                .allMatch("True"::equals);
    }

    @Test
    void theSecondOfTwoStreamsWithOverlappingSubjectsIsReadyWhenTheFirstGivesThemUp() {
        ready(stream("first", "subjects: [\"orders.>\"]"));
        GenericKubernetesResource second = refused(
                stream("second", "subjects: [orders.new]"),
                "(10065). Another stream captures some of these subjects: change spec.subjects, or change the subjects of the other stream");

        ready(stream("first", "subjects: [orders.old]"));

        namespace.awaitReady(second);
    }

    @Test
    void theSecondOfTwoStreamsWithOverlappingSubjectsIsReadyWhenTheFirstIsDeleted() {
        ready(stream("other", "subjects: [other]"));
        GenericKubernetesResource first =
                namespace.awaitReady(namespace.apply(stream("first", "subjects: [\"orders.>\"]")));
        GenericKubernetesResource second = refused(stream("second", "subjects: [orders.new]"), "(10065)");

        namespace.delete(first);

        namespace.awaitReady(second);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            deliverPolicy: new                              | (10101). A workqueue stream hands every message to one worker: set spec.deliverPolicy to all, or remove
            ackPolicy: none                                 | (10084). Set spec.ackPolicy to explicit
            ackPolicy: all                                  | (10098). Set spec.ackPolicy to explicit
            ackPolicy: explicit                             | (10099). On a workqueue stream the filters of two consumers must not overlap
            filterSubject: tasks.urgent.now                 | (10100). On a workqueue stream the filters of two consumers must not overlap
            filterSubjects: [tasks.a, "tasks.*"]            | (10138). Remove those of spec.filterSubjects that another one includes
            filterSubject: tasks.a, replicas: 3             | (10074). This server is not part of a cluster: set spec.replicas to 1
            filterSubject: tasks.a, maxAckPending: 99       | (10121). Lower spec.maxAckPending, raise the stream's consumerLimits.maxAckPending
            filterSubject: tasks.a, inactiveThreshold: 2h   | (10153). Lower spec.inactiveThreshold, or raise the stream's consumerLimits.inactiveThreshold
            filterSubject: tasks.a, deliverSubject: tasks.b | (10081). Choose a spec.deliverSubject that the stream does not capture
            """)
    void aConsumerThatItsWorkqueueCannotHaveIsReadyWithoutWhatWasRefused(String spec, String message) {
        ready(stream("tasks", """
                subjects: ["tasks.>"]
                retention: workqueue
                consumerLimits: {maxAckPending: 50, inactiveThreshold: 1h}
                """));
        ready(consumer("urgent", """
                streamRef: {name: tasks}
                filterSubject: tasks.urgent.*
                maxAckPending: 10
                inactiveThreshold: 30m
                """));
        GenericKubernetesResource workers =
                refused(consumer("workers", "{streamRef: {name: tasks}, " + spec + "}"), message);

        namespace.apply(consumer("workers", "streamRef: {name: tasks}\nfilterSubject: tasks.others.*"));

        namespace.awaitReady(workers);
    }

    @Test
    void aStreamThatIsOneTooManyIsReadyWhenAnotherIsDeleted() {
        ready(stream("first", "{}"));
        ready(stream("second", "{}"));
        GenericKubernetesResource third = namespace.awaitReady(namespace.apply(stream("third", "{}")));
        GenericKubernetesResource fourth = refused(
                stream("fourth", "{}"),
                "(10027). Raise the account's limit, or delete a stream or bucket that is no longer needed");

        namespace.delete(third);

        namespace.awaitReady(fourth);
    }

    @Test
    void aConsumerThatIsOneTooManyIsReadyWhenItsStreamMayHaveMore() {
        ready(stream("orders", "maxConsumers: 1"));
        ready(consumer("first", "streamName: orders"));
        GenericKubernetesResource second = refused(
                consumer("second", "streamName: orders"),
                "(10026). Raise maxConsumers of the stream, raise the account's");

        ready(stream("orders", "maxConsumers: 2"));

        namespace.awaitReady(second);
    }

    @Test
    void aStreamThatIsTooLargeForTheAccountIsReadyWhenItIsSmaller() {
        ready(stream("small", "maxBytes: 1Mi"));
        GenericKubernetesResource large = refused(
                stream("large", "maxBytes: 2Gi"), "(10047). Lower spec.maxBytes, lower spec.replicas, or raise");

        namespace.apply(stream("large", "maxBytes: 512Mi"));

        namespace.awaitReady(large);
    }

    @Test
    void limitsThatAConsumerExceedsAlreadyAreSetWhenItNoLongerDoes() {
        ready(stream("orders", "{}"));
        ready(consumer("workers", "{streamName: orders, maxAckPending: 100}"));
        GenericKubernetesResource orders = refused(
                stream("orders", "consumerLimits: {maxAckPending: 10}"),
                "workers (10069). Change those consumers first");
        assertThat(namespace.read(orders).<List<?>>get("status", "drift")).hasSize(1);

        ready(consumer("workers", "{streamName: orders, maxAckPending: 5}"));

        namespace.awaitReady(orders);
    }
}
