package io.jetwright.operator.asset;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jetwright.operator.report.Assessment;
import io.jetwright.status.Reason;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the relay of dead letters runs, by the Lease that it renews. The Lease is read, not watched, since its renewals would
 * be most of what the operator gets from Kubernetes; and only while somebody wants to know.
 */
public final class RelayHeartbeat implements Relay, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RelayHeartbeat.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    /** Where the Lease does not say how long it lasts. */
    private static final int DURATION_SECONDS = 30;

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final Clock clock;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("relay-heartbeat").factory());

    private boolean hasLooked;
    private Optional<Assessment> known = Optional.empty();

    /**
     * Looks at nothing yet.
     *
     * @param lease the name of the operator's Lease for leader election; the relay's has {@code -dead-letters} after it
     */
    public RelayHeartbeat(KubernetesClient client, String namespace, String lease, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.name = lease + "-dead-letters";
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Assessment> problem() {
        if (!hasLooked) {
            known = look(Optional.empty());
            hasLooked = true;
        }
        return known;
    }

    @Override
    public void watch(BooleanSupplier isWanted, Runnable changed) {
        long milliseconds = INTERVAL.toMillis();
        var unused = looks.scheduleWithFixedDelay(
                () -> lookAgain(isWanted, changed), milliseconds, milliseconds, TimeUnit.MILLISECONDS);
    }

    /** Looks once more if somebody wants to know; what nobody wants to know is forgotten. */
    void lookAgain(BooleanSupplier isWanted, Runnable changed) {
        try {
            if (isWanted.getAsBoolean() ? isChanged() : forgets()) {
                changed.run();
            }
        } catch (RuntimeException e) {
            LOG.error("The Lease {}/{} could not be looked at, and is in a while", namespace, name, e);
        }
    }

    private synchronized boolean isChanged() {
        boolean hadLooked = hasLooked;
        Optional<Assessment> before = known;
        known = look(before);
        hasLooked = true;
        return hadLooked && !before.equals(known);
    }

    private synchronized boolean forgets() {
        known = Optional.empty();
        hasLooked = false;
        return false;
    }

    /** An API server that is away says nothing of the relay. */
    private Optional<Assessment> look(Optional<Assessment> before) {
        try {
            return judge(client.leases().inNamespace(namespace).withName(name).get());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.of(new Assessment(
                        Reason.RELAY_UNKNOWN,
                        "whether the relay of dead letters runs is not known, since the operator may not get the Lease %s/%s: allow it to its service account"
                                .formatted(namespace, name)));
            }
            LOG.debug("The Lease {}/{} cannot be read: {}", namespace, name, e.getMessage());
            return before;
        }
    }

    private Optional<Assessment> judge(@Nullable Lease lease) {
        LeaseSpec spec = lease == null ? null : lease.getSpec();
        ZonedDateTime renewed = spec == null ? null : spec.getRenewTime();
        if (spec == null || renewed == null) {
            return notRunning("there is no Lease %s/%s, which it renews".formatted(namespace, name));
        }
        int seconds = Objects.requireNonNullElse(spec.getLeaseDurationSeconds(), DURATION_SECONDS);
        return clock.instant().isAfter(renewed.toInstant().plusSeconds(seconds))
                ? notRunning("it has not renewed its Lease %s/%s since %s"
                        .formatted(namespace, name, renewed.toInstant().truncatedTo(ChronoUnit.SECONDS)))
                : Optional.empty();
    }

    private static Optional<Assessment> notRunning(String why) {
        return Optional.of(new Assessment(
                Reason.RELAY_NOT_RUNNING,
                "the relay of dead letters does not run: %s. Set deadLetters.enabled of the chart to true and see to its pods, or start java -jar jetwright.jar dead-letters; it needs the operator's LEADER_ELECTION_LEASE and LEADER_ELECTION_NAMESPACE"
                        .formatted(why)));
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
