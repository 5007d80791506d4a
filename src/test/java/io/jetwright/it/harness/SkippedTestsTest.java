package io.jetwright.it.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class SkippedTestsTest {
    static class Runs {
        @Test
        void first() {}
    }

    static class LacksNodes {
        @Test
        void first() {
            assumeTrue(false, "needs nodes");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void second(int number) {
            abort("needs nodes");
        }

        @Test
        void runs() {}
    }

    static class LacksNodesAndMore {
        @Test
        void first() {
            abort("needs nodes");
        }

        @Test
        void second() {
            abort("needs a browser:\n  none is there");
        }
    }

    @Disabled("not on Mondays")
    static class Off {
        @Test
        void first() {}

        @Test
        void second() {}
    }

    @Test
    void aRunWithoutSkippedTestsSaysSo() {
        assertThat(summaryOf(Runs.class)).isEqualTo("Skipped tests: nothing was skipped\n");
    }

    @Test
    void testsWithTheSameReasonShareALine() {
        assertThat(summaryOf(Runs.class, LacksNodes.class, LacksNodesAndMore.class, Off.class))
                .isEqualTo("""
                        Skipped tests: 7
                            4  SkippedTestsTest$LacksNodes, SkippedTestsTest$LacksNodesAndMore: needs nodes
                            2  SkippedTestsTest$Off: not on Mondays
                            1  SkippedTestsTest$LacksNodesAndMore: needs a browser: none is there
                        """);
    }

    @Test
    void junitFindsTheListener() {
        assertThat(SkippedTestsTest.class.getResourceAsStream(
                        "/META-INF/services/org.junit.platform.launcher.TestExecutionListener"))
                .asString(StandardCharsets.UTF_8)
                .isEqualToIgnoringNewLines(SkippedTests.class.getName());
    }

    private static String summaryOf(Class<?>... classes) {
        var bytes = new ByteArrayOutputStream();
        var config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(new SkippedTests(new PrintStream(bytes, true, StandardCharsets.UTF_8)))
                .build();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Stream.of(classes).map(type -> selectClass(type)).toList())
                .build();
        LauncherFactory.create(config).execute(request);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
