package io.jetwright.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void eachWaitIsTwiceTheLastOneUpToTheLongest() {
        var backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));
        assertThat(Stream.iterate(backoff.first(), backoff::after).limit(6).map(Duration::toMillis))
                .containsExactly(200L, 400L, 800L, 1600L, 2000L, 2000L);
    }

    @Test
    void aFirstWaitThatIsTheLongestStaysAsItIs() {
        var backoff = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(2));
        assertThat(backoff.after(backoff.first())).hasSeconds(2);
    }
}
