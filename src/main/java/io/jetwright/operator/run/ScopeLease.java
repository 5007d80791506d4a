package io.jetwright.operator.run;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Lease that tells other operators whose resources this one reconciles, so that no namespace has two of them. An operator
 * holds its own while it works; one that waits for another operator holds none.
 */
public final class ScopeLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScopeLease.class);

    /** Allows for clocks that differ, and for an API server that is away for a while. */
    private static final Duration DURATION = Duration.ofSeconds(60);

    private static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(15);
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(2);

    /** What Kubernetes allows as the name of a field manager. */
    private static final int MAX_MANAGER_LENGTH = 128;

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final Scope scope;
    private final String holder;
    private final boolean isShared;
    private final Clock clock;
    private final Consumer<String> lost;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ScheduledExecutorService renewals = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("scope-lease").factory());
    private final Set<String> warnings = ConcurrentHashMap.newKeySet();
    private volatile Instant renewed = Instant.MIN;

    /**
     * Not held yet.
     *
     * @param lease the name of the operator's Lease for leader election; this one's has {@code -scope} after it
     * @param namespaces those whose resources the operator reconciles; empty for all
     * @param instance names this process. Empty where several processes share the work of one operator, and this Lease;
     *     otherwise the process that takes the Lease later is the one that goes on
     * @param lost is told why this operator must not go on
     */
    public ScopeLease(
            KubernetesClient client,
            String namespace,
            String lease,
            Set<String> namespaces,
            Optional<String> instance,
            Clock clock,
            Consumer<String> lost) {
        this.client = client;
        this.namespace = namespace;
        this.name = lease + "-scope";
        this.scope = new Scope(namespaces);
        this.isShared = instance.isEmpty();
        this.holder = instance.orElse(lease);
        this.clock = clock;
        this.lost = lost;
    }

    /**
     * Returns when this operator holds the Lease and no other one works on its namespaces, or when it is closed. Where the
     * operator may not keep Leases, or not list those of others, the log says so, and it does without.
     *
     * @param waiting is told for whom it waits, again and again
     * @return whether it may work
     * @throws IllegalStateException if Kubernetes fails at it
     */
    public boolean acquire(Consumer<String> waiting) {
        try {
            while (closed.getCount() > 0) {
                Optional<String> other = other();
                if (other.isEmpty()) {
                    hold();
                    // Of two that take theirs at the same time at least one sees the other
                    other = other();
                    if (other.isEmpty()) {
                        keepRenewing();
                        return true;
                    }
                    release();
                }
                waiting.accept(other.get());
                pause();
            }
        } catch (KubernetesClientException e) {
            throw new IllegalStateException(
                    "the Lease %s/%s cannot be taken: %s".formatted(namespace, name, e.getMessage()), e);
        }
        return false;
    }

    private void keepRenewing() {
        long milliseconds = RENEWAL_INTERVAL.toMillis();
        var unused = renewals.scheduleWithFixedDelay(this::renew, milliseconds, milliseconds, TimeUnit.MILLISECONDS);
    }

    /** Of different length each time, so that two that wait for each other do not go on doing so. */
    private void pause() {
        long milliseconds = RETRY_INTERVAL.toMillis();
        try {
            closed.await(milliseconds + ThreadLocalRandom.current().nextLong(milliseconds), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }

    /** Which operator works on namespaces of this one, in words. */
    private Optional<String> other() {
        try {
            return ScopeLeases.other(
                            client.leases()
                                    .inAnyNamespace()
                                    .withLabel(ScopeLeases.LABEL, ScopeLeases.LABEL_VALUE)
                                    .list()
                                    .getItems(),
                            namespace + "/" + name,
                            scope,
                            clock.instant())
                    .map(other -> other
                            + "; this one, whose Lease is %s/%s, waits: end one of them, or have them watch different namespaces"
                                    .formatted(namespace, name)
                            + " (WATCH_NAMESPACES; watchNamespaces of the chart)");
        } catch (KubernetesClientException e) {
            warnIfForbidden(e, "list the Leases of all namespaces, so it does not notice other operators");
            return Optional.empty();
        }
    }

    private void hold() {
        try {
            client.resource(lease(holder, DURATION))
                    .fieldManager(manager())
                    .forceConflicts()
                    .serverSideApply();
            renewed = clock.instant();
        } catch (KubernetesClientException e) {
            warnIfForbidden(
                    e,
                    "create and patch the Lease %s/%s, so other operators do not notice this one"
                            .formatted(namespace, name));
        }
    }

    private void warnIfForbidden(KubernetesClientException failure, String what) {
        if (failure.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
            throw failure;
        }
        if (warnings.add(what)) {
            LOG.warn("The operator may not {}: {}", what, failure.getStatus().getMessage());
        }
    }

    private void renew() {
        try {
            if (!isHeld()) {
                return;
            }
            client.resource(lease(holder, DURATION)).fieldManager(manager()).serverSideApply();
            boolean hadExpired = clock.instant().isAfter(renewed.plus(DURATION));
            renewed = clock.instant();
            if (hadExpired) {
                other().ifPresent(lost);
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                renewed = Instant.MIN;
                lost.accept(("another process has taken the Lease %s/%s of this one: give each operator a"
                                + " LEADER_ELECTION_LEASE of its own, or set LEADER_ELECTION for instances of one")
                        .formatted(namespace, name));
            } else {
                LOG.warn("The Lease {}/{} is not renewed for now: {}", namespace, name, e.getMessage());
            }
        }
    }

    private boolean isHeld() {
        return renewed.isAfter(Instant.MIN);
    }

    private String manager() {
        String manager = isShared ? "jetwright-scope" : holder;
        return manager.substring(Math.max(0, manager.length() - MAX_MANAGER_LENGTH));
    }

    private Lease lease(String holderIdentity, Duration duration) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels(ScopeLeases.LABEL, ScopeLeases.LABEL_VALUE)
                .addToAnnotations(ScopeLeases.NAMESPACES, scope.text())
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holderIdentity)
                .withLeaseDurationSeconds((int) duration.toSeconds())
                .withRenewTime(clock.instant().atZone(ZoneOffset.UTC))
                .endSpec()
                .build();
    }

    private void release() {
        if (isHeld()) {
            renewed = Instant.MIN;
            client.resource(lease("", Duration.ofSeconds(1)))
                    .fieldManager(manager())
                    .serverSideApply();
        }
    }

    /** Gives the Lease back, so that another operator need not wait until it expires; one that is shared expires. */
    @Override
    public void close() {
        closed.countDown();
        // Not close(), which would wait for a renewal that the API server does not answer
        renewals.shutdownNow();
        if (!isShared) {
            try {
                release();
            } catch (KubernetesClientException e) {
                LOG.debug("The Lease {}/{} is not given back, and expires: {}", namespace, name, e.getMessage());
            }
        }
    }
}
