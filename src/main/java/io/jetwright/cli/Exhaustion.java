package io.jetwright.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the process end when it cannot go on: with a thread that an error has ended, it would live and do only part of its work.
 * Kubernetes starts it again.
 */
final class Exhaustion {
    /** As the JVM exits with {@code ExitOnOutOfMemoryError}. */
    private static final int EXIT_CODE = 3;

    private static final String FLAG = "ExitOnOutOfMemoryError";

    private Exhaustion() {}

    /** From now on an error that nobody catches ends the process; a JVM that would survive a lack of memory says so in the log. */
    static void prepare() {
        Logger log = LoggerFactory.getLogger(Exhaustion.class);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught(log, thread, failure));
        var machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (machine != null && !Boolean.parseBoolean(machine.getVMOption(FLAG).getValue())) {
            log.warn(
                    "When memory runs out, this process may live on and do nothing: start it with java @dev/lib/operator.jvm,"
                            + " or with -XX:+{}",
                    FLAG);
        }
    }

    /** At once: what would be done in order may wait for what is broken. */
    private static void uncaught(Logger log, Thread thread, Throwable failure) {
        try {
            log.error("Thread {} has ended", thread.getName(), failure);
        } finally {
            if (failure instanceof Error) {
                Runtime.getRuntime().halt(EXIT_CODE);
            }
        }
    }
}
