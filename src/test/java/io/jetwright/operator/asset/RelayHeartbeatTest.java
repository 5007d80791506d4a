package io.jetwright.operator.asset;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.jetwright.SettableClock;
import io.jetwright.operator.connection.FakeApiServer;
import io.jetwright.operator.report.Assessment;
import io.jetwright.status.Reason;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayHeartbeatTest {
    private final FakeApiServer kubernetes = new FakeApiServer();
    private final SettableClock clock = new SettableClock("2026-06-01T12:00:00Z");
    private final RelayHeartbeat heartbeat = new RelayHeartbeat(kubernetes.client(), "ops", "jetwright", clock);
    private int changes;

    @AfterEach
    void close() {
        heartbeat.close();
        kubernetes.close();
    }

    private void renew(@Nullable Integer seconds) {
        kubernetes.put(new LeaseBuilder()
                .withNewMetadata()
                .withNamespace("ops")
                .withName("jetwright-dead-letters")
                .endMetadata()
                .withNewSpec()
                .withLeaseDurationSeconds(seconds)
                .withRenewTime(clock.instant().atZone(ZoneOffset.UTC))
                .endSpec()
                .build());
    }

    private void lookAgain() {
        heartbeat.lookAgain(() -> true, () -> changes++);
    }

    private Assessment problem() {
        return heartbeat.problem().orElseThrow();
    }

    @Test
    void aRelayThatRenewsItsLeaseRuns() {
        renew(40);
        clock.advance(Duration.ofSeconds(40));
        assertThat(heartbeat.problem()).isEmpty();
    }

    @Test
    void aLeaseThatIsNotRenewedInTimeIsToldWithTheLastTime() {
        renew(40);
        clock.advance(Duration.ofSeconds(41));
        assertThat(problem().reason()).isEqualTo(Reason.RELAY_NOT_RUNNING);
        assertThat(problem().message()).contains("ops/jetwright-dead-letters since 2026-06-01T12:00:00Z");
    }

    @Test
    void aLeaseThatDoesNotSayHowLongItLastsLastsHalfAMinute() {
        renew(null);
        clock.advance(Duration.ofSeconds(30));
        assertThat(heartbeat.problem()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        lookAgain();
        assertThat(problem().reason()).isEqualTo(Reason.RELAY_NOT_RUNNING);
    }

    @Test
    void withoutALeaseNoneRuns() {
        assertThat(problem().message()).contains("there is no Lease ops/jetwright-dead-letters");
    }

    @Test
    void onlyAnotherAnswerIsToldAndOnlyWhatSomebodyAskedFor() {
        lookAgain();
        assertThat(changes).isZero();
        renew(40);
        lookAgain();
        assertThat(changes).isEqualTo(1);
        clock.advance(Duration.ofSeconds(10));
        renew(40);
        lookAgain();
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void whatNobodyWantsToKnowIsNotAskedAndIsForgotten() {
        renew(40);
        assertThat(heartbeat.problem()).isEmpty();
        int asked = kubernetes.requests().size();
        clock.advance(Duration.ofSeconds(41));
        heartbeat.lookAgain(() -> false, () -> changes++);
        assertThat(kubernetes.requests()).hasSize(asked);
        assertThat(heartbeat.problem()).isPresent();
        assertThat(changes).isZero();
    }

    @Test
    void aMissingRightIsToldAndIsNoRelayThatIsGone() {
        kubernetes.refuse("leases", 403);
        assertThat(problem().reason()).isEqualTo(Reason.RELAY_UNKNOWN);
        assertThat(problem().message()).contains("may not get the Lease ops/jetwright-dead-letters");
    }

    @Test
    void anApiServerThatFailsSaysNothing() {
        renew(40);
        assertThat(heartbeat.problem()).isEmpty();
        clock.advance(Duration.ofSeconds(41));
        kubernetes.refuse("leases", 500);
        lookAgain();
        assertThat(heartbeat.problem()).isEmpty();
        assertThat(changes).isZero();
    }
}
