package io.jetwright.process;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process where it must not go on; Kubernetes starts it again. */
public final class ProcessEnd {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);

    private ProcessEnd() {}

    /** Says why, and has the process end with exit code 1 after it has let go of everything; returns at once. */
    public static void because(String reason) {
        LOG.error("{}; the process ends", reason);
        Thread.ofPlatform().start(() -> System.exit(1));
    }
}
