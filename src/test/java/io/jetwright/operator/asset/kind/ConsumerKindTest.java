package io.jetwright.operator.asset.kind;

import static io.jetwright.operator.asset.kind.Answers.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.SettableClock;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.PriorityGroup;
import io.jetwright.api.SequencePair;
import io.jetwright.operator.asset.FakeCache;
import io.jetwright.operator.asset.FakeRoutes;
import io.jetwright.operator.asset.Resources;
import io.jetwright.operator.asset.Stage;
import io.jetwright.plan.AssetName.ConsumerName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsumerKindTest {
    private final Kind<Consumer, ?, ConsumerStatus> consumers = Stage.ofConsumers(new FakeCache<>()).kind;

    private ConsumerStatus consumer(String info) {
        return consumers.view().known(seen(new ConsumerName("ORDERS", "BILLING"), info), null);
    }

    @Test
    void theStatusShowsAConsumersNumbers() {
        assertThat(consumer("""
                                {"created": "2026-06-01T11:00:00.9Z", "config": {"pause_until": "2026-07-01T02:00:00+02:00"},
                                 "ts": "2026-06-01T12:00:00.123456789Z",
                                 "delivered": {"consumer_seq": 9, "stream_seq": 8, "last_active": "2026-06-01T11:59:00.5Z"}, "ack_floor": {"consumer_seq": 7, "stream_seq": 6},
                                 "num_ack_pending": 2, "num_redelivered": 1, "num_waiting": 3, "num_pending": 4,
                                 "paused": true, "pause_remaining": 1000, "cluster": {"name": "east", "leader": "n1"}}
                                """))
                .isEqualTo(new ConsumerStatus(
                        null,
                        null,
                        "ORDERS",
                        "BILLING",
                        null,
                        "2026-06-01T12:00:00Z",
                        "2026-06-01T11:00:00.9Z",
                        4L,
                        2L,
                        1L,
                        3L,
                        null,
                        null,
                        new SequencePair(9, 8, "2026-06-01T11:59:00Z"),
                        new SequencePair(7, 6, null),
                        true,
                        "2026-07-01T00:00:00Z",
                        "east",
                        "n1",
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    /** Servers omit {@code push_bound} unless a client is subscribed, and write year 1 where no client is pinned. */
    @Test
    void theStatusShowsWhichClientsGetTheMessages() {
        assertThat(consumer("{\"config\": {\"deliver_subject\": \"out\"}, \"push_bound\": true}")
                        .pushBound())
                .isTrue();
        assertThat(consumer("{\"config\": {\"deliver_subject\": \"out\"}}").pushBound())
                .isFalse();
        assertThat(consumer("""
                        {"config": {"priority_policy": "pinned_client"}, "priority_groups": [
                          {"group": "a", "pinned_client_id": "KfSn5oj0ZkiSR6QjUkyZmR", "pinned_ts": "2026-06-01T11:00:00.9Z"},
                          {"group": "b", "pinned_ts": "0001-01-01T00:00:00Z"}]}
                        """).priorityGroups())
                .containsExactly(
                        new PriorityGroup("a", "KfSn5oj0ZkiSR6QjUkyZmR", "2026-06-01T11:00:00Z"),
                        new PriorityGroup("b", null, null));
    }

    @Test
    void aPauseThatIsOverIsNotShown() {
        ConsumerStatus status = consumer("{\"config\": {\"pause_until\": \"2020-01-01T00:00:00Z\"}}");
        assertThat(status.paused()).isFalse();
        assertThat(status.pausedUntil()).isNull();
    }

    @Test
    void aStreamsEventWakesItsConsumersWhicheverWayTheyNameIt() {
        var cache = new FakeCache<Consumer>();
        ConsumerKind.of(new DeadLetters(
                new FakeRoutes(),
                cache,
                new FakeCache<>(),
                Optional::empty,
                new SettableClock("2026-06-01T12:00:00Z")));
        cache.put(Resources.consumer("billing", "{streamName: ORDERS}"));
        cache.put(Resources.consumer("shipping", "{streamRef: {name: orders}}"));
        cache.put(Resources.consumer("elsewhere", "{streamName: INVOICES}"));
        assertThat(ConsumerKind.dependents(cache, Resources.stream("orders", "{name: ORDERS}")))
                .extracting(id -> id.getName())
                .containsExactlyInAnyOrder("billing", "shipping");
    }
}
