package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.helidon.http.BadRequestException;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorHandlersTest {
    private static final String UNKNOWN = "the request cannot be answered";

    private static void assertProblem(Problem problem, int status, String title, String detail) throws IOException {
        JsonNode json = new ObjectMapper().readTree(problem.json());
        assertThat(problem.status()).isEqualTo(status);
        assertThat(json.get("title").asText()).isEqualTo(title);
        assertThat(json.get("detail").asText()).isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource({
        "400, bad header, 400, Bad Request, bad header",
        "404, no route, 404, Not Found, no route",
        "413, too large, 413, Request Entity Too Large, too large",
        "400, , 400, Bad Request, the request cannot be answered",
        "499, odd, 499, Error, odd",
        "500, NullPointerException, 400, Bad Request, the request is not of HTTP/1.1",
        "505, no such version, 400, Bad Request, the request is not of HTTP/1.1"
    })
    void aRequestThatHelidonRefusesIsAnErrorOfTheClient(
            int status, @Nullable String message, int told, String title, String detail) throws IOException {
        assertProblem(ErrorHandlers.refusal(status, message), told, title, detail);
    }

    @Test
    void aProblemIsToldAsItIs() {
        Problem problem = Problem.badRequest("name is empty");

        assertThat(ErrorHandlers.problem("POST", problem)).isSameAs(problem);
    }

    @Test
    void whatHelidonThrowsKeepsItsStatus() throws IOException {
        assertProblem(ErrorHandlers.problem("GET", new BadRequestException("bad")), 400, "Bad Request", "bad");
        assertProblem(
                ErrorHandlers.problem("GET", new HttpException("secret", Status.BAD_GATEWAY_502)),
                502,
                "Bad Gateway",
                UNKNOWN);
    }

    @Test
    void anUnexpectedFailureIsNotToldToTheClient() throws IOException {
        assertProblem(
                ErrorHandlers.problem("GET", new IllegalStateException("secret")),
                500,
                "Internal Server Error",
                UNKNOWN);
    }
}
