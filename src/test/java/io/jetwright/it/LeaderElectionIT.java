package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.it.harness.ApiTraffic;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.OperatorProcess;
import io.jetwright.it.harness.TestNamespace;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two instances, of which one works at a time. */
class LeaderElectionIT {
    /** A Lease lasts 15 s, and is looked at every 2 to 5 s. */
    private static final Duration UNTIL_THE_LEASE_EXPIRES = Duration.ofSeconds(30);

    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    @RegisterExtension
    static final Installation installation = Installation.withoutOperator().environment("LEADER_ELECTION", "true");

    private final TestNamespace namespace = installation.namespace();
    private final OperatorProcess leader = instance();
    private final OperatorProcess follower = instance();

    private OperatorProcess instance() {
        OperatorProcess instance = installation.newOperator();
        instance.set("LEADER_ELECTION_NAMESPACE", namespace.name());
        return instance;
    }

    @BeforeEach
    void startBoth() {
        namespace.client().leases().inNamespace(namespace.name()).delete();
        leader.start();
        eventually(() -> assertThat(leader.log()).anyMatch(line -> line.endsWith(" Leads")));
        follower.start();
    }

    @Test
    void theFollowerWaitsUntilTheLeadersLeaseExpires() throws Exception {
        try (var traffic = new ApiTraffic(installation.nats())) {
            namespace.awaitReady(namespace.apply(stream("first", "subjects: [first]")));
            assertThat(follower.log()).anyMatch(line -> line.endsWith(" leads"));
            assertThat(follower.metric("jetwright_jetstream_requests")).isZero();

            leader.kill();
            var second = namespace.apply(stream("second", "subjects: [second]"));

            namespace.awaitReady(UNTIL_THE_LEASE_EXPIRES, second);
            assertThat(traffic.writes()).containsExactly("STREAM.CREATE.first", "STREAM.CREATE.second");
        }
    }

    @Test
    void aLeaderThatEndsLetsTheFollowerLeadAtOnce() throws Exception {
        try (var traffic = new ApiTraffic(installation.nats())) {
            namespace.awaitReady(namespace.apply(stream("first", "subjects: [first]")));

            assertThat(leader.terminate()).isEqualTo(143);
            var second = namespace.apply(stream("second", "subjects: [second]"));

            namespace.awaitReady(AT_ONCE, second);
            assertThat(traffic.writes()).containsExactly("STREAM.CREATE.first", "STREAM.CREATE.second");
        }
    }
}
