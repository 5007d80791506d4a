package io.jetwright.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.it.harness.Eventually;
import io.jetwright.it.harness.Installation;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The browser that tests of pages get. */
class BrowserIT {
    @RegisterExtension
    static final Installation installation = Installation.withoutKubernetes().browser();

    @Test
    void itIsChromium() throws Exception {
        Process process = new ProcessBuilder(installation.chromium().toString(), "--version").start();

        assertThat(process.inputReader().readLine()).containsPattern("Chrom(e|ium)");
        assertThat(process.waitFor(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }
}
