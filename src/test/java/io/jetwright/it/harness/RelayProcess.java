package io.jetwright.it.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The relay of dead letters, run as its users run it. */
public final class RelayProcess extends ManagedProcess {
    /** Not yet started. */
    RelayProcess(Map<String, String> environment) {
        super("the relay", environment);
    }

    /** Takes effect at the next start. */
    public RelayProcess set(String variable, String value) {
        environment().put(variable, value);
        return this;
    }

    /** Starts it unless it runs, and waits until it says that it is ready. */
    public void start() {
        if (!isRunning()) {
            started(Jetwright.start(List.of("dead-letters"), environment()));
            awaitReadiness();
        }
    }

    /** Starts another main class of the tests with the relay's environment, and waits for nothing. */
    public void launch(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@dev/lib/operator.jvm",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        started(ChildProcess.start(command, environment()));
    }

    /** Stops it (SIGSTOP), until {@link #thaw}. */
    public void freeze() {
        running().freeze();
    }

    public void thaw() {
        running().thaw();
    }

    /** Whether it was stopped (SIGSTOP), by itself or by others. */
    public boolean isStopped() throws IOException {
        String status = Files.readString(Path.of("/proc/" + running().pid() + "/status"));
        return status.contains("State:\tT");
    }
}
