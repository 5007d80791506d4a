package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerVersionTest {
    @ParameterizedTest
    @CsvSource({
        "2.12.5, 2.12.5",
        "v2.11.0, 2.11.0",
        "2.14.0-RC.1, 2.14.0",
        "2.14.0-dev+build, 2.14.0",
        "2.14, 2.14.0",
        "2.10.29, 2.10.29"
    })
    void readsWhatServersCallThemselves(String text, String version) {
        assertThat(ServerVersion.parse(text)).hasToString(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dev", "2", "two.twelve"})
    void whatCannotBeReadIsOlderThanAll(String text) {
        assertThat(ServerVersion.parse(text)).isEqualTo(new ServerVersion(0, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"2.9.25", "2.11.15", "2.12.0", "2.12.4", "1.99.99"})
    void isOlder(String older) {
        assertThat(ServerVersion.parse(older).atLeast("2.12.5")).isFalse();
        assertThat(ServerVersion.parse(older)).isLessThan(ServerVersion.parse("2.12.5"));
    }

    @ParameterizedTest
    @CsvSource({"2.12.5", "2.12.6", "2.12.15", "2.14.0", "3.0.0", "10.0.0"})
    void isAsNewOrNewer(String newer) {
        assertThat(ServerVersion.parse(newer).atLeast("2.12.5")).isTrue();
        assertThat(ServerVersion.parse(newer)).isGreaterThanOrEqualTo(ServerVersion.parse("2.12.5"));
    }

    @Test
    void aReleaseCandidateKnowsWhatItsReleaseKnows() {
        assertThat(ServerVersion.parse("2.14.0-RC.1").atLeast("2.14.0")).isTrue();
    }
}
