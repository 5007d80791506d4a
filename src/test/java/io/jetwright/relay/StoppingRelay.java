package io.jetwright.relay;

import io.jetwright.it.harness.Signals;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A relay that sends itself a signal when it comes to a step: the first argument is the signal, the second the step, the third how
 * often it was there before.
 */
public final class StoppingRelay {
    private StoppingRelay() {}

    public static void main(String[] arguments) {
        Steps.Step fatal = Steps.Step.valueOf(arguments[1]);
        var left = new AtomicInteger(Integer.parseInt(arguments[2]));
        var relay = new DeadLetterRelay(RelaySettings.of(System.getenv()), step -> {
            if (step == fatal && left.getAndDecrement() == 0) {
                Signals.send(arguments[0], ProcessHandle.current().pid());
            }
        });
        relay.start();
    }
}
