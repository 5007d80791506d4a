package io.jetwright.operator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.jetwright.SettableClock;
import io.jetwright.operator.connection.FakeApiServer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScopeLeaseTest {
    private final FakeApiServer kubernetes = new FakeApiServer();
    private final SettableClock clock = new SettableClock("2026-02-13T08:19:35Z");
    private final List<String> waits = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        kubernetes.close();
    }

    private ScopeLease lease(String namespace, Optional<String> instance, String... namespaces) {
        return new ScopeLease(
                kubernetes.client(), namespace, "jetwright", Set.of(namespaces), instance, clock, lost -> {});
    }

    private Lease held(String namespace) {
        return kubernetes
                .client()
                .leases()
                .inNamespace(namespace)
                .withName("jetwright-scope")
                .require();
    }

    @Test
    void whoWorksSaysOnWhichNamespacesAndGivesTheLeaseBack() {
        try (ScopeLease lease = lease("ops", Optional.of("pod_1"), "b", "a")) {
            assertThat(lease.acquire(waits::add)).isTrue();
            assertThat(held("ops").getMetadata().getAnnotations()).containsEntry(ScopeLeases.NAMESPACES, "a,b");
            assertThat(held("ops").getSpec().getHolderIdentity()).isEqualTo("pod_1");
            assertThat(held("ops").getSpec().getLeaseDurationSeconds()).isEqualTo(60);
        }
        assertThat(held("ops").getSpec().getHolderIdentity()).isEmpty();
        assertThat(waits).isEmpty();
    }

    @Test
    void aLeaseThatInstancesShareIsLeftToExpire() {
        try (ScopeLease lease = lease("ops", Optional.empty())) {
            assertThat(lease.acquire(waits::add)).isTrue();
        }
        assertThat(held("ops").getSpec().getHolderIdentity()).isEqualTo("jetwright");
    }

    @Test
    void whoFindsAnotherOperatorWaitsUntilItIsGone() throws Exception {
        ScopeLease first = lease("ops", Optional.of("pod_1"));
        assertThat(first.acquire(waits::add)).isTrue();
        try (ScopeLease second = lease("team-a", Optional.of("pod_2"), "team-a")) {
            var acquired = new CopyOnWriteArrayList<Boolean>();
            Thread acquiring = Thread.ofVirtual()
                    .start(() -> acquired.add(second.acquire(reason -> {
                        waits.add(reason);
                        first.close();
                    })));
            acquiring.join();
            assertThat(acquired).containsExactly(true);
            assertThat(waits)
                    .containsExactly(
                            "another operator, which holds the Lease ops/jetwright-scope, reconciles the resources"
                                    + " of namespace team-a; this one, whose Lease is team-a/jetwright-scope, waits: end one of"
                                    + " them, or have them watch different namespaces (WATCH_NAMESPACES; watchNamespaces of the"
                                    + " chart)");
        }
    }

    @Test
    void whoIsClosedWaitsNoLongerAndHoldsNothing() throws Exception {
        try (ScopeLease first = lease("ops", Optional.of("pod_1"))) {
            assertThat(first.acquire(waits::add)).isTrue();
            ScopeLease second = lease("team-a", Optional.of("pod_2"));
            Thread acquiring = Thread.ofVirtual().start(() -> second.acquire(reason -> second.close()));
            acquiring.join();
            assertThat(kubernetes.client().leases().inNamespace("team-a").list().getItems())
                    .isEmpty();
        }
    }

    @Test
    void whoMayNotSeeLeasesDoesWithout() {
        kubernetes.forbid("leases");
        try (ScopeLease lease = lease("ops", Optional.of("pod_1"))) {
            assertThat(lease.acquire(waits::add)).isTrue();
        }
        assertThat(waits).isEmpty();
    }

    @Test
    void anotherFailureEndsTheStart() {
        kubernetes.refuse("leases", 400);
        try (ScopeLease lease = lease("ops", Optional.of("pod_1"))) {
            assertThatThrownBy(() -> lease.acquire(waits::add))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("the Lease ops/jetwright-scope cannot be taken: ");
        }
    }
}
