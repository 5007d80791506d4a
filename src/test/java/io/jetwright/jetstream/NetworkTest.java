package io.jetwright.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Network network = new Network();

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void anAddressNeedsNoNameServer() throws Exception {
        assertThat(network.addresses("127.0.0.1", PATIENCE)).containsExactly("127.0.0.1");
    }

    @Test
    void aNameHasTheAddressesThatJavaFinds() throws Exception {
        assertThat(network.addresses("localhost", PATIENCE)).contains("127.0.0.1");
    }

    @Test
    void aNameThatIsNotAllowedIsUnknown() {
        assertThatThrownBy(() -> network.addresses("a name with blanks.invalid", PATIENCE))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("a name with blanks.invalid");
    }

    @Test
    void tasksRunInVirtualThreads() throws Exception {
        assertThat(network.tasks()
                        .submit(() -> Thread.currentThread().isVirtual())
                        .get())
                .isTrue();
    }

    @Test
    void theTimerForgetsWhatIsCancelled() {
        var timer = (ScheduledThreadPoolExecutor) network.timer();
        timer.schedule(() -> {}, 1, TimeUnit.DAYS).cancel(false);

        assertThat(timer.getQueue()).isEmpty();
    }
}
