package io.jetwright.relay.redrive;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jetwright.api.Redrive;
import io.jetwright.api.Times;
import java.net.HttpURLConnection;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes Redrives that have ended, after their {@code ttlSecondsAfterFinished}. */
final class Expiry {
    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

    private final KubernetesClient client;
    private final Clock clock;

    Expiry(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    void deleteIfOver(Redrive redrive) {
        Integer seconds = redrive.getSpec().ttlSecondsAfterFinished();
        String finished =
                redrive.getStatus() == null ? null : redrive.getStatus().finishedAt();
        if (seconds == null
                || finished == null
                || redrive.isMarkedForDeletion()
                || clock.instant().isBefore(Times.parse(finished).plusSeconds(seconds))) {
            return;
        }
        try {
            client.resource(redrive)
                    .lockResourceVersion(redrive.getMetadata().getResourceVersion())
                    .delete();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                LOG.warn(
                        "The Redrive {}/{} is not deleted for now: {}",
                        redrive.getMetadata().getNamespace(),
                        redrive.getMetadata().getName(),
                        e.getMessage());
            }
        }
    }
}
