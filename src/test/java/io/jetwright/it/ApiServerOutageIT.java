package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.TestNamespace;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The API server is away for a while. */
class ApiServerOutageIT {
    private static final Duration OUTAGE = Duration.ofSeconds(20);

    @RegisterExtension
    static final Installation installation = Installation.withOperator().ownApiServer();

    private final TestNamespace namespace = installation.namespace();
    private final JetStreamApi jetStream = new JetStreamApi(installation.nats());

    @Test
    void driftIsRepairedMeanwhileAndAllGoesOnAfterwards() {
        var before = namespace.apply(stream("before", "subjects: [before.>]"));
        namespace.awaitReady(before);

        installation.controlPlane().stop();
        jetStream.deleteStream("before");
        eventually(() -> assertThat(jetStream.hasStream("before")).isTrue());
        await().pollDelay(OUTAGE)
                .atMost(OUTAGE.plusSeconds(5))
                .until(() -> installation.operator().isRunning());
        installation.controlPlane().start();

        var after = namespace.apply(stream("after", "subjects: [after.>]"));
        namespace.awaitReady(Duration.ofSeconds(60), after);
        namespace.awaitReady(Duration.ofSeconds(60), before);
        assertThat(jetStream.hasStream("after")).isTrue();
    }
}
