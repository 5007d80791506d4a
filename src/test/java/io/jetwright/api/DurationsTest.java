package io.jetwright.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0s, PT0S",
        "0d, PT0S",
        "1ns, PT0.000000001S",
        "1us, PT0.000001S",
        "250ms, PT0.25S",
        "30s, PT30S",
        "1.5s, PT1.5S",
        "0.5h, PT30M",
        "1.0000000001s, PT1S",
        "1h30m, PT1H30M",
        "90m, PT1H30M",
        "1m1m, PT2M",
        "30m1h, PT1H30M",
        "1h2m3s4ms5us6ns, PT1H2M3.004005006S",
        "24h, PT24H",
        "7d, PT168H",
        "007d, PT168H",
        "99999d, PT2399976H",
        "9223372036854775807ns, PT2562047H47M16.854775807S"
    })
    void readsWholeDaysAndGosNotation(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "30",
                "s",
                "-1s",
                "+1s",
                "1 s",
                " 1s",
                "1s ",
                "1s\n",
                "1S",
                "1w",
                "1y",
                "1.s",
                ".5s",
                "1..5s",
                "1,5s",
                "1d12h",
                "12h1d",
                "1.5d",
                "123456d",
                "1µs",
                "1e3s",
                "infinite",
                "٣s"
            })
    void refusesWhatIsNoDurationAndSaysWhatOneLooksLike(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessage("'" + text + "' is not a duration such as 30s, 1h30m, 24h or 7d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808ns", "2562048h", "9999999999h", "2562047h9999h", "9223372036.9s999ms"})
    void refusesWhatIsLongerThanSixtyFourBitsOfNanoseconds(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessage("'" + text + "' is longer than 292 years, the longest that JetStream knows");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.000000001S, 1ns",
        "PT0.25S, 250ms",
        "PT1.5S, 1s500ms",
        "PT30S, 30s",
        "PT1H30M, 1h30m",
        "PT23H, 23h",
        "PT24H, 1d",
        "PT36H, 36h",
        "PT168H, 7d",
        "PT2562047H47M16.854775807S, 2562047h47m16s854ms775us807ns",
        "PT-1S, -1s"
    })
    void writesTheLargestUnitsThatNameItExactly(Duration duration, String text) {
        assertThat(Durations.format(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0s", "1ns", "999us", "250ms", "30s", "1h30m", "23h59m59s999ms", "1d", "7d", "36h", "1h1ns"})
    void readsWhatItWrites(String text) {
        assertThat(Durations.format(Durations.parse(text))).isEqualTo(text);
    }
}
