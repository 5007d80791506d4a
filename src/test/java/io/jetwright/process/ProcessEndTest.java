package io.jetwright.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.it.harness.ChildProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessEndTest {
    static final class Ending {
        private Ending() {}

        public static void main(String[] arguments) throws InterruptedException {
            ProcessEnd.because("the watch ended");
            Thread.currentThread().join();
        }
    }

    @Test
    void theProcessEndsAndSaysWhy() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try (ChildProcess process = ChildProcess.start(
                List.of(java, "-cp", System.getProperty("java.class.path"), Ending.class.getName()), Map.of())) {
            assertThat(process.exitCode()).isEqualTo(1);
            assertThat(process.output().toString()).contains("the watch ended; the process ends");
        }
    }
}
