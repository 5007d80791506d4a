package io.jetwright.it;

import static io.jetwright.it.Manifests.consumer;
import static io.jetwright.it.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that is too old for some of the fields. */
class OldServerIT {
    @RegisterExtension
    static final Installation installation = Installation.withoutOperator();

    private final TestNamespace namespace = installation.namespace();
    private final NatsServer old = new NatsServer("nats-server-2.10", "");
    private final OperatorProcess operator = installation.newOperator();

    @BeforeEach
    void startOnTheOldServer() {
        old.start();
        operator.set("NATS_URL", old.url());
        operator.start();
    }

    @AfterEach
    void end() {
        namespace.clear();
        operator.close();
        old.close();
    }

    @Test
    void isNamedWithTheVersionThatAFieldNeeds() {
        var ttl = namespace.apply(stream("ttl", "{subjects: [ttl.>], allowMsgTtl: true}"));
        var counter = namespace.apply(stream("counter", "{subjects: [counter.>], allowMsgCounter: true}"));
        var paused = namespace.apply(consumer("paused", "{streamName: plain, pauseUntil: \"2099-01-01T00:00:00Z\"}"));

        assertThat(namespace.awaitNotReady(ttl, "Unsupported"))
                .contains("spec.allowMsgTtl", "needs nats-server 2.11.0", "this is 2.10.");
        assertThat(namespace.awaitNotReady(counter, "Unsupported"))
                .contains("spec.allowMsgCounter", "needs nats-server 2.12.0");
        assertThat(namespace.awaitNotReady(paused, "Unsupported")).contains("spec.pauseUntil", "2.11.0");
        assertThat(namespace.condition(ttl, "Stalled").getStatus()).isEqualTo("True");
    }

    @Test
    void hasAllThatItKnows() throws Exception {
        var plain = namespace.apply(stream("plain", "{subjects: [plain.>], maxAge: 1h, storage: memory}"));
        var worker = namespace.apply(
                consumer("worker", "{streamRef: {name: plain}, ackWait: 30s, maxDeliver: 5, backoff: [1s, 5s, 30s]}"));

        namespace.awaitReady(plain);
        namespace.awaitReady(worker);
        assertThat(old.jetStream().getConsumerNames("plain")).containsExactly("worker");
    }
}
