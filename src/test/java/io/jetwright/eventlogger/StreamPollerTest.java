package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StreamPollerTest {
    private static final StreamView VIEW = StreamFixtures.view(List.of("events.>"), -1, null);

    private final StreamPoller poller = new OfflineEventLogger(StreamFixtures.SETTINGS).poller();

    @Test
    void beforeTheFirstPollNothingCanBeUsed() {
        assertThat(poller.view()).isNull();
        assertThat(poller.streamFault()).isEqualTo("not looked at yet");
        assertThat(poller.consumerFault()).isEqualTo("not looked at yet");
    }

    @Test
    void hasWhatTheLastPollHasFound() {
        poller.update(VIEW, "", null);
        assertThat(poller.view()).isEqualTo(VIEW);
        assertThat(poller.streamFault()).isEmpty();
        assertThat(poller.consumerFault()).isNull();

        poller.update(null, "the stream EVENTS does not exist", "no consumer");
        assertThat(poller.view()).isNull();
        assertThat(poller.streamFault()).isEqualTo("the stream EVENTS does not exist");
        assertThat(poller.consumerFault()).isEqualTo("no consumer");
    }

    @Test
    void withoutAConnectionAPollKeepsWhatTheLastOneHasFound() {
        assertThat(poller.pollNow()).isNull();

        poller.update(VIEW, "", null);

        assertThat(poller.pollNow()).isEqualTo(VIEW);
    }

    @Test
    void oneCanWaitForAStream() throws InterruptedException {
        Thread polling = Thread.startVirtualThread(() -> {
            poller.update(null, "the stream EVENTS does not exist", "no consumer");
            poller.update(VIEW, "", "no consumer");
        });

        assertThat(poller.await()).isEqualTo(VIEW);
        polling.join();
    }

    @Test
    void oneCanWaitForAConsumer() throws InterruptedException {
        Thread polling = Thread.startVirtualThread(() -> {
            poller.update(null, "the stream EVENTS does not exist", null);
            poller.update(VIEW, "", "no consumer");
            poller.update(VIEW, "", null);
        });

        poller.awaitConsumer();

        assertThat(poller.view()).isEqualTo(VIEW);
        assertThat(poller.consumerFault()).isNull();
        polling.join();
    }
}
