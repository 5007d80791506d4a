package io.jetwright.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(ApiErrorTable.of(code, status).meaning()).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({"503, UNAVAILABLE", "429, UNAVAILABLE", "500, INTERNAL", "400, FINAL", "404, FINAL", "0, FINAL"})
    void anErrorOfNewerServersMeansWhatItsStatusSays(int status, ErrorMeaning meaning) {
        assertThat(ApiErrorTable.of(19_999, status).meaning()).isEqualTo(meaning);
        assertThat(ApiErrorTable.of(0, status).meaning()).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "10101, deliverPolicy: all",
        "10099, filterSubject",
        "10100, filterSubject",
        "10084, ackPolicy: explicit",
        "10098, ackPolicy: explicit",
        "10034, spec.mirror",
        "10065, spec.subjects",
        "10074, replicas: 1",
        "10005, placement",
        "10047, maxBytes",
        "10113, maxBytes",
        "10026, maxConsumers",
        "10069, consumerLimits",
        "10121, maxAckPending",
        "10153, inactiveThreshold",
        "10081, deliverSubject",
        "10082, consumerLimits",
        "10138, filterSubjects",
        "10140, subjectTransforms",
        "10013, recreatePolicy: Always",
        "10116, maxDeliver",
        "10023, max_ha_assets",
        "10030, maxMsgSize",
        "10126, replicas"
    })
    void theCureNamesTheField(int code, String part) {
        assertThat(cure(code)).contains(part);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {10101, 10099, 10084, 10065, 10074, 10005, 10023, 10027, 10013, 10116, 10118, 10123, 10134, 10194})
    void aCureIsASentenceWithoutItsEnd(int code) {
        assertThat(cure(code)).matches("[A-Z].*[^.]");
    }

    @Test
    void whatTheServersTextSaysItselfHasNoCure() {
        assertThat(cure(10058)).isEmpty();
        assertThat(cure(10226)).isEmpty();
        assertThat(cure(0)).isEmpty();
    }

    private static String cure(int code) {
        return ApiErrorTable.of(code, 400).cure();
    }
}
