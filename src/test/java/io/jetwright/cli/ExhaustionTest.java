package io.jetwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.it.harness.ChildProcess;
import io.jetwright.operator.run.Workplaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExhaustionTest {
    /** An operator in which one resource is never reconciled again. */
    static final class Reconciling {
        private Reconciling() {}

        public static void main(String[] arguments) throws InterruptedException {
            Exhaustion.prepare();
            new Workplaces(1).executor().execute(() -> {
                throw new StackOverflowError("too deep");
            });
            Thread.currentThread().join();
        }
    }

    static final class Failing {
        private Failing() {}

        public static void main(String[] arguments) throws InterruptedException {
            Exhaustion.prepare();
            Thread.ofVirtual()
                    .start(() -> {
                        throw new IllegalStateException("broken");
                    })
                    .join();
        }
    }

    private static ChildProcess run(Class<?> program, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        return ChildProcess.start(command, Map.of());
    }

    @Test
    void anErrorOfAReconciliationEndsTheProcess() {
        try (ChildProcess process = run(Reconciling.class)) {
            assertThat(process.exitCode()).isEqualTo(3);
            assertThat(process.output().toString())
                    .contains("Thread reconciler has ended")
                    .contains("StackOverflowError: too deep");
        }
    }

    @Test
    void anExceptionOfAThreadIsLoggedAndEndsNothing() {
        try (ChildProcess process = run(Failing.class)) {
            assertThat(process.exitCode()).isZero();
            assertThat(process.output().toString()).contains("IllegalStateException: broken");
        }
    }

    @Test
    void aMachineThatWouldSurviveALackOfMemorySaysSo() {
        try (ChildProcess process = run(Failing.class)) {
            assertThat(process.exitCode()).isZero();
            assertThat(process.output().toString()).contains("-XX:+ExitOnOutOfMemoryError");
        }
        try (ChildProcess process = run(Failing.class, "-XX:+ExitOnOutOfMemoryError")) {
            assertThat(process.exitCode()).isZero();
            assertThat(process.output().toString()).doesNotContain("ExitOnOutOfMemoryError");
        }
    }
}
