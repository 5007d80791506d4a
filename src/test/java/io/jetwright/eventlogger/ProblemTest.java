package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemTest {
    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of(Problem.of(403, "Forbidden", "no"), 403, "Forbidden", "no", Map.of()),
                Arguments.of(Problem.badRequest("name is empty"), 400, "Bad Request", "name is empty", Map.of()),
                Arguments.of(
                        Problem.unreadable(),
                        400,
                        "Bad Request",
                        "the body is not sent as its Content-Length or Transfer-Encoding says",
                        Map.of("Connection", "close")),
                Arguments.of(
                        Problem.notFound("/x", "/openapi.json tells what there is"),
                        404,
                        "Not Found",
                        "there is nothing at /x; /openapi.json tells what there is",
                        Map.of()),
                Arguments.of(
                        Problem.notAllowed("PUT", "GET, HEAD"),
                        405,
                        "Method Not Allowed",
                        "PUT is not possible here; possible: GET, HEAD",
                        Map.of("Allow", "GET, HEAD")),
                Arguments.of(
                        Problem.unsupportedMediaType(),
                        415,
                        "Unsupported Media Type",
                        "the body has to be JSON, and to be sent with Content-Type: application/json",
                        Map.of("Accept", "application/json")),
                Arguments.of(
                        Problem.unauthorized(false),
                        401,
                        "Unauthorized",
                        "publishing takes a token: send it as Authorization: Bearer <token>",
                        Map.of("WWW-Authenticate", "Bearer realm=\"event-logger\"")),
                Arguments.of(
                        Problem.unavailable("NATS is away"),
                        503,
                        "Service Unavailable",
                        "NATS is away",
                        Map.of("Retry-After", "2")));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void theBodySaysStatusTitleAndDetail(
            Problem problem, int status, String title, String detail, Map<String, String> headers) {
        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.headers()).isEqualTo(headers);
        assertThat(new String(problem.json(), UTF_8))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                        .formatted(title, status, detail));
    }

    @Test
    void whatIsTooLargeHasTheLimitAsAMember() {
        Problem problem = Problem.tooLarge(1_048_576);

        assertThat(problem.status()).isEqualTo(413);
        assertThat(new String(problem.json(), UTF_8))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Content Too Large\",\"status\":413,"
                        + "\"detail\":\"the event is larger than the 1048576 bytes that the stream takes\","
                        + "\"limit\":1048576}");
    }

    @Test
    void theDetailIsEscaped() {
        assertThat(new String(Problem.notFound("/\"\n", "x").json(), UTF_8)).contains("at /\\\"\\n;");
    }

    @Test
    void itHasNoStackTrace() {
        assertThat(Problem.badRequest("x").getStackTrace()).isEmpty();
    }
}
