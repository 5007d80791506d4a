package io.jetwright.it;

import static io.jetwright.it.harness.Manifests.eventLogger;
import static io.jetwright.it.harness.Manifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.ApiServerTap;
import io.jetwright.it.harness.ApiTraffic;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.OperatorProcess;
import io.jetwright.it.harness.TestNamespace;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How often the operator asks the API server something for an EventLogger; docs/reference/event-logger.md tells. */
class EventLoggerRequestsIT {
    /** Statuses of what is on its way are written as they are seen, which may be fewer. */
    private static final int TO_READY = 20;

    @RegisterExtension
    static final Installation installation = Installation.withoutOperator()
            .environment("IMAGE", "jetwright.io/jetwright:test")
            .environment("RESYNC_INTERVAL", "1s");

    private final TestNamespace namespace = installation.namespace();
    private final ApiServerTap tap = new ApiServerTap(installation.kubernetes().kubeconfig());

    @AfterEach
    void close() {
        tap.close();
    }

    @Test
    void fewAreMadeUntilItIsReadyAndNoneAtRest() throws Exception {
        OperatorProcess operator = installation.newOperator();
        operator.set("KUBECONFIG", tap.kubeconfig());
        operator.start();
        namespace.applyReady(stream("events", "{name: EVENTS, subjects: [\"events.>\"]}"));
        awaitRest();
        int before = tap.requests().size();

        GenericKubernetesResource logger =
                namespace.apply(eventLogger("log", "{streamRef: {name: events}, ingress: {enabled: true}}"));
        namespace.reportPodReady("log");
        namespace.awaitReady(logger);
        awaitRest();

        List<String> toReady = tap.requests().subList(before, tap.requests().size());
        System.err.println(
                "Requests for an EventLogger until it is Ready: " + toReady.size() + "\n" + String.join("\n", toReady));
        assertThat(toReady).isNotEmpty().hasSizeLessThanOrEqualTo(TO_READY);
        assertThat(toReady).filteredOn(each -> each.startsWith("GET ")).isEmpty();

        int ready = tap.requests().size();
        awaitRest();
        assertThat(tap.requests().subList(ready, tap.requests().size()))
                .filteredOn(each -> !each.contains("/leases/"))
                .isEmpty();
    }

    /** Until everything has been compared with JetStream several times, and nothing more has become of it. */
    private static void awaitRest() throws Exception {
        try (var traffic = new ApiTraffic(installation.nats())) {
            traffic.await(8, "STREAM.INFO.EVENTS");
        }
    }
}
