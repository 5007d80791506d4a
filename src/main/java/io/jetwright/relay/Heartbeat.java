package io.jetwright.relay;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Lease by which the operator knows that a relay runs. All replicas renew the same one, each for itself, so it is as new as the
 * last of them.
 */
final class Heartbeat implements AutoCloseable {
    /** After the name of the operator's Lease. */
    static final String SUFFIX = "-dead-letters";

    static final Duration INTERVAL = Duration.ofSeconds(10);

    /** After this time without a renewal no relay runs. */
    static final Duration DURATION = Duration.ofSeconds(40);

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final String MANAGER = "jetwright-dead-letters";

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final String holder;
    private final Clock clock;
    private final ScheduledExecutorService renewals = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("heartbeat").factory());
    private boolean hasFailed;

    /**
     * Not begun.
     *
     * @param installation the name of the operator's Lease
     * @param holder names this process
     */
    Heartbeat(KubernetesClient client, String namespace, String installation, String holder, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.name = installation + SUFFIX;
        this.holder = holder;
        this.clock = clock;
    }

    void start() {
        var unused = renewals.scheduleWithFixedDelay(this::renew, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void renew() {
        try {
            client.resource(new LeaseBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withName(name)
                            .endMetadata()
                            .withNewSpec()
                            .withHolderIdentity(holder)
                            .withLeaseDurationSeconds((int) DURATION.toSeconds())
                            .withRenewTime(clock.instant().atZone(ZoneOffset.UTC))
                            .endSpec()
                            .build())
                    .fieldManager(MANAGER)
                    .forceConflicts()
                    .serverSideApply();
            hasFailed = false;
        } catch (KubernetesClientException e) {
            if (!hasFailed) {
                LOG.warn(
                        "The Lease {}/{} is not renewed, so the operator takes this relay for gone: {}",
                        namespace,
                        name,
                        e.getMessage());
            }
            hasFailed = true;
        }
    }

    /** Ends; the Lease expires, unless another replica renews it. */
    @Override
    public void close() {
        renewals.shutdownNow();
    }
}
