package io.jetwright.operator.run;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.jetwright.process.ProcessEnd;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of several instances the one works that holds a Lease. The Java Operator SDK takes and renews it; an instance that is
 * asked to end gives it back itself, so that the next one need not wait until it expires.
 */
public final class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final KubernetesClient client;
    private final String namespace;
    private final String lease;
    private final String identity = System.getenv().getOrDefault("HOSTNAME", "jetwright") + "_" + UUID.randomUUID();
    private volatile boolean ending;

    /**
     * One of several instances.
     *
     * @param lease the Lease's name
     */
    public Leadership(KubernetesClient client, String namespace, String lease) {
        this.client = client;
        this.namespace = namespace;
        this.lease = lease;
    }

    /** Names this process, and no other one. */
    public String identity() {
        return identity;
    }

    public LeaderElectionConfiguration configuration() {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(lease)
                .withLeaseNamespace(namespace)
                .withIdentity(identity)
                .withExitOnStopLeading(false)
                .withLeaderCallbacks(new LeaderCallbacks(() -> LOG.info("Leads"), this::lost, this::heard))
                .build();
    }

    private void heard(@Nullable String leader) {
        if (leader != null && !leader.isEmpty() && !leader.equals(identity)) {
            LOG.info("Waits, for {} leads", leader);
        }
    }

    /** Who leads no more must not go on working beside the one who does. */
    private void lost() {
        if (!ending) {
            ProcessEnd.because("this instance leads no more, since the Lease %s/%s was not renewed in time"
                    .formatted(namespace, lease));
        }
    }

    /** To be called before the work is stopped, which is no loss of leadership then. */
    public void end() {
        ending = true;
    }

    /** Lets another instance lead at once. To be called when all work is done. */
    public void giveBack() {
        try {
            Lease current =
                    client.leases().inNamespace(namespace).withName(lease).get();
            if (current != null && identity.equals(current.getSpec().getHolderIdentity())) {
                current.getSpec().setHolderIdentity("");
                current.getSpec().setLeaseDurationSeconds(1);
                client.resource(current).update();
            }
        } catch (KubernetesClientException e) {
            LOG.warn("The Lease {}/{} is not given back, and expires: {}", namespace, lease, e.getMessage());
        }
    }
}
