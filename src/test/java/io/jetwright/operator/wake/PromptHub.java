package io.jetwright.operator.wake;

import io.jetwright.nats.ConnectionSettings;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes hubs that tell at once what others gather for a while. */
public final class PromptHub {
    private PromptHub() {}

    /** A hub without subscribers; see {@link Hub#Hub(Function)}. */
    public static Hub of(Function<ConnectionSettings, Stream<String>> keys) {
        return new Hub(keys, (delay, task) -> task.run());
    }

    /**
     * A hub without subscribers.
     *
     * @param later runs what is told when no more of it is expected to follow
     */
    public static Hub of(Function<ConnectionSettings, Stream<String>> keys, BiConsumer<Duration, Runnable> later) {
        return new Hub(keys, later);
    }
}
