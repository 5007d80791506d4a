package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationTest {
    private static Publication parse(String body) {
        return Publication.parse(body.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"nginx v2\"",
                "null",
                "true",
                "false",
                "0",
                "-0.0",
                "12345678901234567890123456789.10",
                "1e400",
                "\"\"",
                "\"\\\"quoted\\\" \\\\ \\u2028 \\ud83d\"",
                "\"ñ 日本 🎉\"",
                "[]",
                "{}",
                "[1,[2,{\"a\":null}]]",
                "{\"b\":1,\"a\":{\"b\":\"c, d: {e}\"},\"a\":2}",
                "\"<script>alert(1)</script>\""
            })
    void dataIsAnyJsonAndStaysAsItWasWritten(String data) {
        assertThat(parse("{\"name\":\"x\",\"data\":" + data + "}").data()).isEqualTo(data);
        assertThat(parse("{\"data\": \n" + data + " \t, \"more\":{\"data\":[7]}, \"name\":\"x\"}\n")
                        .data())
                .isEqualTo(data);
    }

    @Test
    void dataIsPutOnOneLine() {
        assertThat(parse("{\"name\":\"x\",\"data\":{\n  \"a b\" : [ 1 ,\r\n 2 ]\n}}")
                        .data())
                .isEqualTo("{\"a b\":[1,2]}");
    }

    @Test
    void longTextsStayAsTheyAre() {
        String data = "\"" + "ñ\\n".repeat(100_000) + "\"";
        assertThat(parse("{\"name\":\"x\",\"data\":" + data + "}").data()).isEqualTo(data);
        String numbers = "[" + "1.50,".repeat(50_000) + "0]";
        assertThat(parse("{\"name\":\"x\",\"data\":" + numbers + "}").data()).isEqualTo(numbers);
    }

    @Test
    void withoutDataItIsNull() {
        assertThat(parse("{\"name\":\"x\"}")).isEqualTo(new Publication("x", null, "null", Map.of()));
    }

    @Test
    void thePayloadIsWhatAPublisherWithoutTheAppWouldWrite() {
        assertThat(parse("{\"data\":{\"a\":1},\"name\":\"user.login\"}").payload("user.login"))
                .asString(UTF_8)
                .isEqualTo("{\"name\":\"user.login\",\"data\":{\"a\":1}}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"name\":\"user.login\"}`, events.>, events, events.user.login",
                "`{\"subject\":\"events.user.login\"}`, events.>, events, events.user.login",
                "`{\"subject\":\"audit\"}`, `events.> audit`, events, audit",
                "`{\"name\":\"auth.user.login\"}`, `auth.user.> auth.session.>`, ``, auth.user.login",
                "`{\"name\":\"audit\"}`, audit, ``, audit"
            })
    void theSubjectComesFromTheNameOrIsGiven(String body, String subjects, String prefix, String subject) {
        StreamView view = StreamFixtures.view(List.of(subjects.split(" ")), List.of(), prefix);

        assertThat(parse(body).subject(view)).isEqualTo(subject);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"name\":\"login\"}`, `auth.user.> auth.session.>`, ``, `name does not say which of the prefixes"
                        + " auth.user, auth.session it belongs to; expected such as auth.user.login`",
                "`{\"name\":\"login\"}`, audit, ``, `name makes the subject login, which the stream does not take; it"
                        + " takes audit`",
                "`{\"name\":\"user.login\"}`, events.*, events, `name makes the subject events.user.login, which the"
                        + " stream does not take; it takes events.*`",
                "`{\"subject\":\"login\"}`, `auth.user.> auth.session.>`, ``, `subject is login, which the stream does"
                        + " not take; it takes auth.user.>, auth.session.>`"
            })
    void aSubjectThatTheStreamDoesNotTakeIsRefused(String body, String subjects, String prefix, String complaint) {
        StreamView view = StreamFixtures.view(List.of(subjects.split(" ")), List.of(), prefix);

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> parse(body).subject(view))
                .withMessage(complaint)
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @Test
    void aStreamWithoutSubjectsSaysWhatToSet() {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> parse("{\"name\":\"x\"}").subject(StreamFixtures.view(List.of(), List.of(), "")))
                .withMessageContaining("set SUBJECT_PREFIX");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"name\":\"x\",\"subject\":\"y\"}`, name and subject are both given",
                "`{\"subject\":\"a.>\"}`, subject has a wildcard",
                "`{\"subject\":7}`, subject is no string",
                "`{\"subject\":\"a\",\"subject\":\"b\"}`, subject is given twice",
                "``, the body is empty",
                "`   `, the body is empty",
                "nonsense, `the body is no JSON: `",
                "`{\"name\":\"x\",`, `the body is no JSON: `",
                "`{\"name\":\"x\",\"data\":01}`, `the body is no JSON: `",
                "`{\"name\":\"x\",\"data\":NaN}`, `the body is no JSON: `",
                "`{\"name\":\"x\",\"data\":\"a\u0001\"}`, `the body is no JSON: `",
                "`{'name':'x'}`, `the body is no JSON: `",
                "`{\"name\":\"x\"} {}`, the body goes on after the end",
                "`{\"name\":\"x\"}x`, `the body is no JSON: `",
                "`[\"name\"]`, `the body is JSON, but no object`",
                "`\"name\"`, `the body is JSON, but no object`",
                "`{}`, name is missing",
                "`{\"data\":1}`, name is missing",
                "`{\"name\":7}`, name is no string",
                "`{\"name\":null}`, name is no string",
                "`{\"name\":{\"name\":\"x\"}}`, name is no string",
                "`{\"name\":\"x\",\"name\":\"y\"}`, name is given twice",
                "`{\"name\":\"x\",\"data\":1,\"data\":2}`, data is given twice",
                "`{\"name\":\"\"}`, name is empty",
                "`{\"name\":\"a.>\"}`, name has a wildcard",
                "`{\"name\":\"a\\nb\"}`, name has a space or a control character"
            })
    void aBadRequestIsToldWhatIsWrong(String body, String complaint) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> parse(body))
                .withMessageStartingWith(complaint)
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @Test
    void aBodyInAnotherEncodingIsRefused() {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Publication.parse("{\"name\":\"ñ\"}".getBytes(StandardCharsets.ISO_8859_1)))
                .withMessageContaining("UTF-8");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Publication.parse("{\"name\":\"x\"}".getBytes(StandardCharsets.UTF_16)))
                .withMessageContaining("UTF-8");
    }

    @Test
    void nestingHasItsLimit() {
        int deep = Json.MAX_NESTING_DEPTH + 1;
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> parse("{\"name\":\"x\",\"data\":" + "[".repeat(deep) + "]".repeat(deep) + "}"))
                .withMessageContaining("nesting depth");
    }
}
