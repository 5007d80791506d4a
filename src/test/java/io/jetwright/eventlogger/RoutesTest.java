package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
    private static final Endpoint READ = request -> Answer.text("text/plain", "read");
    private static final Endpoint WRITE = request -> Answer.text("text/plain", "written");

    private static final Map<String, Map<String, Endpoint>> ENDPOINTS = Map.of(
            "/", Map.of("GET", READ),
            "/both", Map.of("GET", READ, "POST", WRITE),
            "/write", Map.of("POST", WRITE));

    private final Routes routes = new Routes("", ENDPOINTS);

    @ParameterizedTest
    @CsvSource({"GET, /", "HEAD, /", "GET, /both", "HEAD, /both"})
    void headHasTheEndpointOfGet(String method, String path) {
        assertThat(routes.endpoint(method, path)).isSameAs(READ);
    }

    @ParameterizedTest
    @CsvSource({"/both", "/write"})
    void eachMethodHasItsEndpoint(String path) {
        assertThat(routes.endpoint("POST", path)).isSameAs(WRITE);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /, 'GET, HEAD'",
        "OPTIONS, /, 'GET, HEAD'",
        "get, /, 'GET, HEAD'",
        "DELETE, /both, 'GET, HEAD, POST'",
        "GET, /write, POST",
        "HEAD, /write, POST"
    })
    void anotherMethodIsToldThePossibleOnes(String method, String path, String allowed) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> routes.endpoint(method, path))
                .withMessage(method + " is not possible here; possible: " + allowed)
                .satisfies(problem -> {
                    assertThat(problem.status()).isEqualTo(405);
                    assertThat(problem.headers()).containsEntry("Allow", allowed);
                });
    }

    @ParameterizedTest
    @CsvSource({"GET, /nowhere", "POST, /nowhere", "GET, /both/", "GET, //", "GET, both"})
    void anUnknownPathIsNotFoundWhateverTheMethod(String method, String path) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> routes.endpoint(method, path))
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(404));
    }

    @ParameterizedTest
    @CsvSource({
        "'', /both, /both",
        "'', /, /",
        "/logger, /logger/both, /both",
        "/logger, /logger/, /",
        "/logger, /logger, ''",
        "/logger, /both, /both",
        "/logger, /loggers/both, /loggers/both",
        "/logger, /logger/logger/both, /logger/both",
        "/a/b, /a/b/both, /both"
    })
    void thePathIsRelativeToTheBasePathIfItIsBelowIt(String basePath, String path, String relativePath) {
        assertThat(new Routes(basePath, ENDPOINTS).relativePath(path)).isEqualTo(relativePath);
    }

    @Test
    void theAppHasItsApiAndItsPage() {
        Map<String, Map<String, Endpoint>> endpoints =
                new OfflineEventLogger(StreamFixtures.SETTINGS).routes().endpoints();
        assertThat(endpoints).containsKeys("/", "/app.css", "/app.js", "/icon.svg", "/en.json", "/es.json");
        assertThat(withoutPage(endpoints))
                .containsOnlyKeys(
                        "/openapi.json",
                        "/publish",
                        "/events",
                        "/events/stream",
                        "/events/{sequence}",
                        "/events/{sequence}/payload",
                        "/history",
                        "/health",
                        "/ready",
                        "/status")
                .allSatisfy((path, methods) ->
                        assertThat(methods).containsOnlyKeys(path.equals("/publish") ? "POST" : "GET"));
    }

    private static Map<String, Map<String, Endpoint>> withoutPage(Map<String, Map<String, Endpoint>> endpoints) {
        Map<String, Map<String, Endpoint>> rest = new HashMap<>(endpoints);
        new Page()
                .files().keySet().stream()
                        .filter(path -> !path.equals(Page.OPENAPI))
                        .forEach(rest::remove);
        return rest;
    }

    @ParameterizedTest
    @CsvSource({
        "/events/12, /events/{sequence}",
        "/events/12/payload, /events/{sequence}/payload",
        "/events/12/other, /events/12/other",
        "/events/x, /events/x",
        "/events/, /events/",
        "/events/stream, /events/stream"
    })
    void thePathOfAnEventIsThatOfAll(String path, String template) {
        assertThat(Routes.template(path)).isEqualTo(template);
    }

    @Test
    void thePathOfAnEventHasItsSequence() {
        assertThat(Routes.sequence("/events/12")).isEqualTo(12);
        assertThat(Routes.sequence("/logger/events/12/payload")).isEqualTo(12);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Routes.sequence("/events/1234567890123456789"))
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @Test
    void metricsAreOnTheManagementPortAlone() {
        Routes management = new OfflineEventLogger(StreamFixtures.SETTINGS).managementRoutes();

        assertThat(management.endpoints()).containsOnlyKeys("/health", "/ready", "/status", "/metrics");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> management.endpoint("GET", "/publish"))
                .withMessage("there is nothing at /publish; possible: /health, /metrics, /ready, /status");
    }

    /** Refuses them as the path of an Ingress. */
    @Test
    void theResourceDefinitionKnowsThePathsOfTheApi() throws IOException {
        String rule = "^/(publish|events|history|health|ready|status|metrics|openapi[.]json)(/.*)?$";

        assertThat(Files.readString(Path.of("crds/jetwright.io_eventloggers.yaml")))
                .contains("!self.matches('" + rule + "')");
        assertThat(Stream.of(
                        "/publish",
                        "/events/stream",
                        "/history",
                        "/health",
                        "/ready",
                        "/status",
                        "/metrics",
                        "/openapi.json"))
                .allMatch(path -> path.matches(rule))
                .allMatch(Routes::isReserved);
        assertThat(Stream.of("/", "/logger", "/events-log", "/logger/events")).noneMatch(path -> path.matches(rule));
    }

    @Test
    void noBasePathBeginsAsThePathsOfTheApiDo() {
        var offline = new OfflineEventLogger(StreamFixtures.SETTINGS);
        assertThat(Stream.of(offline.routes(), offline.managementRoutes())
                        .flatMap(each -> withoutPage(each.endpoints()).keySet().stream()))
                .allMatch(Routes::isReserved)
                .allMatch(path -> Routes.isReserved(path + "/more"));
        assertThat(List.of("", "/logger", "/events-log", "/eventsx", "/logger/events"))
                .noneMatch(Routes::isReserved);
    }
}
