package io.jetwright.operator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpecBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScopeLeasesTest {
    private static final Instant NOW = Instant.parse("2026-02-13T08:19:35Z");

    private static LeaseSpecBuilder held() {
        return new LeaseSpecBuilder()
                .withHolderIdentity("pod_1")
                .withLeaseDurationSeconds(60)
                .withRenewTime(NOW.minusSeconds(59).atZone(ZoneOffset.UTC));
    }

    private static Lease lease(String namespace, String name, String namespaces, @Nullable LeaseSpec spec) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .addToAnnotations(ScopeLeases.NAMESPACES, namespaces)
                .endMetadata()
                .withSpec(spec)
                .build();
    }

    private static Optional<String> other(Lease... leases) {
        return ScopeLeases.other(List.of(leases), "team-a/jetwright-scope", Scope.of("team-a,team-b"), NOW);
    }

    @Test
    void anOperatorThatWorksOnTheSameNamespacesIsNamed() {
        assertThat(other(
                        lease("z", "z-scope", "team-a", held().build()),
                        lease("ops", "jetwright-scope", "*", held().build())))
                .contains("another operator, which holds the Lease ops/jetwright-scope,"
                        + " reconciles the resources of namespaces team-a, team-b");
    }

    @Test
    void theOwnLeaseAndThoseOfOtherNamespacesAreNotInTheWay() {
        assertThat(other(
                        lease("team-a", "jetwright-scope", "team-a,team-b", held().build()),
                        lease("team-c", "jetwright-scope", "team-c", held().build())))
                .isEmpty();
    }

    @Test
    void aLeaseThatNobodyHoldsIsNotInTheWay() {
        assertThat(other(
                        lease(
                                "a",
                                "expired",
                                "*",
                                held().withRenewTime(NOW.minusSeconds(60).atZone(ZoneOffset.UTC))
                                        .build()),
                        lease(
                                "a",
                                "given-back",
                                "*",
                                held().withHolderIdentity("").build()),
                        lease(
                                "a",
                                "without-holder",
                                "*",
                                held().withHolderIdentity(null).build()),
                        lease(
                                "a",
                                "never-renewed",
                                "*",
                                held().withRenewTime(null).build()),
                        lease(
                                "a",
                                "without-duration",
                                "*",
                                held().withLeaseDurationSeconds(null).build()),
                        lease("a", "without-spec", "*", null),
                        new LeaseBuilder()
                                .withNewMetadata()
                                .withNamespace("a")
                                .withName("without-namespaces")
                                .endMetadata()
                                .withSpec(held().build())
                                .build()))
                .isEmpty();
    }
}
