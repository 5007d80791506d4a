package io.jetwright.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A program that ends with this JVM, however that ends: a shell waits on a pipe that only we hold, and kills the program
 * when it closes.
 */
public final class ChildProcess implements AutoCloseable {
    private static final String GUARD = """
            exec 3<&0
            sh -c 'echo $$; exec "$@"' sh "$@" </dev/null 3<&- &
            child=$!
            (while read -r line; do :; done; kill -KILL $child) <&3 >/dev/null 2>&1 &
            guard=$!
            wait $child
            code=$?
            kill -KILL $guard
            exit $code
            """;

    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "LANG", "TMPDIR");

    private final Process shell;
    private final ProcessHandle program;
    private final Lines output;

    private ChildProcess(Process shell) throws IOException {
        this.shell = shell;
        long id = Long.parseLong(firstLine(shell));
        program = ProcessHandle.of(id).orElseThrow(() -> new IOException("process " + id + " ended at once"));
        output = new Lines(shell.getInputStream(), line -> {});
    }

    /** Starts the program with this environment and little else; its errors are among its output. */
    public static ChildProcess start(List<String> command, Map<String, String> environment) {
        List<String> guarded = new ArrayList<>(List.of("sh", "-c", GUARD, "sh"));
        guarded.addAll(command);
        var builder = new ProcessBuilder(guarded).redirectErrorStream(true);
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /** Byte by byte, so that what follows is left to {@link Lines}. */
    private static String firstLine(Process process) throws IOException {
        var line = new StringBuilder();
        for (int c = process.getInputStream().read();
                c != '\n';
                c = process.getInputStream().read()) {
            if (c < 0) {
                throw new IOException("the shell ended early");
            }
            line.append((char) c);
        }
        return line.toString();
    }

    public Lines output() {
        return output;
    }

    /** The program's, in the system. */
    public long pid() {
        return program.pid();
    }

    boolean isAlive() {
        return shell.isAlive();
    }

    /** Asks the program to end (SIGTERM), and does not wait. */
    public void askToEnd() {
        program.destroy();
    }

    /** Asks the program to end (SIGTERM); returns its exit code. */
    public int terminate() {
        askToEnd();
        return exitCode();
    }

    /** Ends the program at once (SIGKILL). */
    int kill() {
        program.destroyForcibly();
        return exitCode();
    }

    /** Has the program do nothing, not even close its connections, until {@link #thaw}. */
    void freeze() {
        Signals.send("STOP", program.pid());
    }

    void thaw() {
        Signals.send("CONT", program.pid());
    }

    /** Waits until the program has ended. One that was ended by a signal has 128 + its number. */
    public int exitCode() {
        return exitCode(Eventually.PATIENCE);
    }

    public int exitCode(Duration patience) {
        try {
            if (!shell.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("process " + program.pid() + " does not end; it said last:\n" + output);
            }
            output.toTheEnd();
            return shell.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
