package io.jetwright.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiErrorTableTest {
    /** Each with the status that nats-server gives it. */
    @ParameterizedTest
    @CsvSource({
        "10004, 503, UNAVAILABLE",
        "10008, 503, UNAVAILABLE",
        "10009, 500, UNAVAILABLE",
        "10023, 503, UNAVAILABLE",
        "10041, 500, UNAVAILABLE",
        "10077, 503, UNAVAILABLE",
        "10096, 500, UNAVAILABLE",
        "10118, 500, UNAVAILABLE",
        "10119, 500, UNAVAILABLE",
        "10124, 400, UNAVAILABLE",
        "10167, 429, UNAVAILABLE",
        "10202, 400, UNAVAILABLE",
        "10226, 400, UNAVAILABLE",
        "10039, 503, DISABLED",
        "10076, 503, DISABLED",
        "10185, 412, OFFLINE",
        "10194, 500, OFFLINE",
        "10195, 500, OFFLINE",
        "10013, 400, BLOCKED_BY_CLIENT",
        "10105, 400, BLOCKED_BY_CLIENT",
        "10002, 400, BLOCKED_BY_OBJECT",
        "10005, 400, BLOCKED_BY_OBJECT",
        "10014, 404, BLOCKED_BY_OBJECT",
        "10026, 400, BLOCKED_BY_OBJECT",
        "10027, 400, BLOCKED_BY_OBJECT",
        "10028, 500, BLOCKED_BY_OBJECT",
        "10030, 400, BLOCKED_BY_OBJECT",
        "10046, 400, BLOCKED_BY_OBJECT",
        "10047, 500, BLOCKED_BY_OBJECT",
        "10053, 500, BLOCKED_BY_OBJECT",
        "10059, 404, BLOCKED_BY_OBJECT",
        "10065, 400, BLOCKED_BY_OBJECT",
        "10069, 500, BLOCKED_BY_OBJECT",
        "10081, 400, BLOCKED_BY_OBJECT",
        "10082, 400, BLOCKED_BY_OBJECT",
        "10084, 400, BLOCKED_BY_OBJECT",
        "10098, 400, BLOCKED_BY_OBJECT",
        "10099, 400, BLOCKED_BY_OBJECT",
        "10100, 400, BLOCKED_BY_OBJECT",
        "10101, 400, BLOCKED_BY_OBJECT",
        "10121, 400, BLOCKED_BY_OBJECT",
        "10126, 400, BLOCKED_BY_OBJECT",
        "10134, 400, BLOCKED_BY_OBJECT",
        "10149, 400, BLOCKED_BY_OBJECT",
        "10153, 400, BLOCKED_BY_OBJECT",
        "10216, 400, BLOCKED_BY_OBJECT",
        "10049, 500, INTERNAL",
        "10104, 500, INTERNAL",
        "10036, 503, FINAL",
        "10052, 500, FINAL",
        "10055, 400, FINAL",
        "10074, 500, FINAL",
        "10123, 400, FINAL"
    })
    void anErrorMeansWhatMayMakeItPass(int code, int status, ErrorMeaning meaning) {
        assertThat(ApiErrorTable.of(code, status)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({"503, UNAVAILABLE", "429, UNAVAILABLE", "500, INTERNAL", "400, FINAL", "404, FINAL", "0, FINAL"})
    void anErrorOfNewerServersMeansWhatItsStatusSays(int status, ErrorMeaning meaning) {
        assertThat(ApiErrorTable.of(19_999, status)).isEqualTo(meaning);
        assertThat(ApiErrorTable.of(0, status)).isEqualTo(meaning);
    }
}
