package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.it.harness.ApiTraffic;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.OperatorProcess;
import io.jetwright.it.harness.TestNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two operators that watch one namespace: only one of them works on it. */
class SeveralOperatorsIT {
    @RegisterExtension
    static final Installation installation = Installation.withoutOperator();

    private final TestNamespace namespace = installation.namespace();

    private OperatorProcess operator(String lease) {
        OperatorProcess operator = installation.newOperator();
        operator.set("LEADER_ELECTION_LEASE", lease);
        return operator;
    }

    @Test
    void theSecondSaysWhoseTheNamespaceIsAndWorksOnceTheFirstHasEnded() throws Exception {
        OperatorProcess first = operator("jetwright");
        OperatorProcess second = operator("another");
        first.start();
        second.launch();
        String reason =
                "another operator, which holds the Lease %s/jetwright-scope, reconciles the resources of namespace %1$s"
                        .formatted(namespace.name());
        eventually(() -> assertThat(second.get("/readyz").body()).startsWith("not started: " + reason));
        assertThat(second.get("/readyz").statusCode()).isEqualTo(503);
        assertThat(second.log()).anyMatch(line -> line.contains(reason));

        try (var traffic = new ApiTraffic(installation.nats())) {
            namespace.awaitReady(namespace.apply(stream("one", "subjects: [one]")));
            assertThat(second.metric("jetwright_jetstream_requests")).isZero();

            assertThat(first.terminate()).isEqualTo(143);
            namespace.awaitReady(namespace.apply(stream("two", "subjects: [two]")));
            assertThat(second.get("/readyz").body()).isEqualTo("ok\n");
            assertThat(traffic.writes()).containsExactly("STREAM.CREATE.one", "STREAM.CREATE.two");
        }
    }

    @Test
    void ofTwoProcessesUnderOneNameTheLaterStays() {
        OperatorProcess first = operator("same");
        OperatorProcess second = operator("same");
        first.start();
        second.start();
        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(first.log())
                .anyMatch(line -> line.contains(
                        "another process has taken the Lease %s/same-scope of this one".formatted(namespace.name())));
        assertThat(second.isRunning()).isTrue();
    }
}
