package io.jetwright.it.harness;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;

/** Patience for what the other processes do in their own time. */
public final class Eventually {
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Less than the operator waits before it tries again without a reason. */
    public static final Duration SOON = Duration.ofSeconds(15);

    /** For a process to start, which on a busy machine takes long and is nobody's promise. */
    public static final Duration START = Duration.ofMinutes(2);

    private static final Duration POLL = Duration.ofMillis(50);

    private Eventually() {}

    /** Repeats the assertion, whatever it throws, until it holds. */
    public static void eventually(ThrowingRunnable assertion) {
        eventually(PATIENCE, assertion);
    }

    public static void eventually(Duration patience, ThrowingRunnable assertion) {
        await().atMost(patience).pollDelay(Duration.ZERO).pollInterval(POLL).untilAsserted(() -> failing(assertion));
    }

    /** Awaitility reports the last failure, but not the last exception. */
    private static void failing(ThrowingRunnable assertion) {
        try {
            assertion.run();
        } catch (Throwable e) {
            throw new AssertionError(e.toString(), e);
        }
    }
}
