package io.jetwright.it.harness;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The operator, run as its users run it. */
public final class OperatorProcess extends ManagedProcess {
    private final ChartAccount account;

    /**
     * Not yet started.
     *
     * @param account whom it runs as, unless KUBECONFIG is set
     */
    OperatorProcess(Map<String, String> environment, ChartAccount account) {
        super("the operator", environment);
        this.account = account;
    }

    /** Takes effect at the next start. */
    public void set(String variable, String value) {
        environment().put(variable, value);
    }

    /** Starts it unless it runs, and waits until it says that it is ready. */
    public void start() {
        if (isRunning()) {
            return;
        }
        launch();
        awaitReadiness();
    }

    /** Starts it, and waits for nothing. */
    public void launch() {
        Map<String, String> all = new LinkedHashMap<>(environment());
        all.computeIfAbsent(
                "KUBECONFIG", variable -> account.kubeconfig(environment()).toString());
        started(Jetwright.start(List.of("operator"), all));
    }

    /** Asks it to end (SIGTERM), and does not wait. */
    public void askToEnd() {
        running().askToEnd();
    }
}
