package io.jetwright.jetstream;

import static io.jetwright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.FakeNatsServer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PoolTest {
    private static final ConnectionSettings ONE = FakeNatsServer.settings(1);
    private static final ConnectionSettings OTHER = FakeNatsServer.settings(2);

    /** Counts how often it was closed. */
    private static final class Closable implements Pool.Member {
        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Test
    void equalSettingsAreOneMember() {
        try (var pool = new Pool<>((settings, network) -> new Closable(), Duration.ofDays(1))) {
            assertThat(pool.get(FakeNatsServer.settings(1)))
                    .isSameAs(pool.get(ONE))
                    .isNotSameAs(pool.get(OTHER));
        }
    }

    @Test
    void whatIsNotRetainedIsClosedOnceAndOpenedAnewWhenItIsAskedFor() {
        try (var pool = new Pool<>((settings, network) -> new Closable(), Duration.ofMillis(1))) {
            Closable one = pool.get(ONE);
            Closable other = pool.get(OTHER);

            pool.retain(Set.of(ONE));

            await().untilAsserted(() -> assertThat(other.closed).hasValue(1));
            assertThat(one.closed).hasValue(0);
            pool.retain(Set.of(ONE, OTHER));
            assertThat(pool.get(OTHER)).isNotSameAs(other);
        }
    }

    @Test
    void withThePoolAllAreClosed() {
        var pool = new Pool<>((settings, network) -> new Closable(), Duration.ofDays(1));
        Closable one = pool.get(ONE);

        pool.close();

        assertThat(one.closed).hasValue(1);
    }
}
