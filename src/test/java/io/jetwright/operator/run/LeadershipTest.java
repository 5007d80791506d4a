package io.jetwright.operator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.jetwright.operator.connection.FakeApiServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeadershipTest {
    private final FakeApiServer kubernetes = new FakeApiServer();
    private final Leadership leadership = new Leadership(kubernetes.client(), "jetwright-system", "jetwright");

    @AfterEach
    void close() {
        kubernetes.close();
    }

    private static Lease lease(String holder) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withNamespace("jetwright-system")
                .withName("jetwright")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(15)
                .endSpec()
                .build();
    }

    private LeaseSpec lease() {
        return kubernetes
                .client()
                .leases()
                .inNamespace("jetwright-system")
                .withName("jetwright")
                .require()
                .getSpec();
    }

    private String identity() {
        return leadership.configuration().getIdentity().orElseThrow();
    }

    @Test
    void theLeaseIsInTheGivenNamespaceAndTheProcessEndsByItself() {
        var configuration = leadership.configuration();
        assertThat(configuration.getLeaseName()).isEqualTo("jetwright");
        assertThat(configuration.getLeaseNamespace()).contains("jetwright-system");
        assertThat(configuration.isExitOnStopLeading()).isFalse();
    }

    @Test
    void eachInstanceHasAnIdentityOfItsOwn() {
        assertThat(identity()).isEqualTo(identity());
        assertThat(new Leadership(kubernetes.client(), "jetwright-system", "jetwright")
                        .configuration()
                        .getIdentity())
                .isNotEqualTo(leadership.configuration().getIdentity());
    }

    @Test
    void theLeaseThatIsHeldIsGivenBackSoThatItExpiresAtOnce() {
        kubernetes.put(lease(identity()));
        leadership.giveBack();
        assertThat(lease().getHolderIdentity()).isEmpty();
        assertThat(lease().getLeaseDurationSeconds()).isEqualTo(1);
    }

    @Test
    void theLeaseOfAnotherInstanceIsLeftAlone() {
        kubernetes.put(lease("another"));
        leadership.giveBack();
        assertThat(kubernetes.writes()).isEmpty();
        assertThat(lease().getHolderIdentity()).isEqualTo("another");
    }

    @Test
    void aLeaseThatIsGoneNeedNotBeGivenBack() {
        leadership.giveBack();
        assertThat(kubernetes.writes()).isEmpty();
    }

    @Test
    void aLeaseThatMayNotBeWrittenIsLeftToExpire() {
        kubernetes.put(lease(identity()));
        kubernetes.forbid("leases");
        leadership.giveBack();
        assertThat(kubernetes.writes()).isEmpty();
    }

    @Test
    void leadershipThatIsGivenUpEndsNoProcess() {
        var callbacks = leadership.configuration().getLeaderCallbacks().orElseThrow();
        callbacks.onStartLeading();
        callbacks.onNewLeader(identity());
        callbacks.onNewLeader("another");
        leadership.end();
        callbacks.onStopLeading();
        assertThat(kubernetes.requests()).isEmpty();
    }
}
