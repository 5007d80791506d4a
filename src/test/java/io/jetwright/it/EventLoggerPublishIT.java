package io.jetwright.it;

import static io.jetwright.it.harness.EventLoggerProcess.json;
import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.it.harness.EventLoggerProcess;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.Scratch;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may publish, and what strangers are told, by the event logger as a process on a real nats-server. */
class EventLoggerPublishIT {
    private static final String EVENT = "{\"name\":\"deploy\",\"data\":1}";

    @RegisterExtension
    static final NatsServer nats = new NatsServer("");

    @RegisterExtension
    final EventLoggerProcess app = new EventLoggerProcess(nats);

    @BeforeEach
    void createStream() {
        nats.createStream("EVENTS", StorageType.Memory, "events.>");
    }

    private static void assertPublished(long number) throws Exception {
        assertThat(nats.jetStream().getStreamInfo("EVENTS").getStreamState().getMsgCount())
                .isEqualTo(number);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).get("detail").textValue()).contains(detail);
        assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
    }

    private HttpResponse<String> post(String contentType, String... headers) throws IOException, InterruptedException {
        var request = app.request("/publish").POST(BodyPublishers.ofString(EVENT));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        return app.send(headers.length == 0 ? request : request.headers(headers));
    }

    @Test
    void whatAPageOfAnotherSiteCanSendIsNotPublished() throws Exception {
        app.start();

        assertProblem(post("text/plain", "Origin", "http://evil.example"), 403, "other sites");
        assertProblem(post("application/json", "Origin", "http://evil.example"), 403, "other sites");
        assertProblem(post("application/json", "Origin", "null"), 403, "other sites");
        assertProblem(post("application/json", "Sec-Fetch-Site", "cross-site"), 403, "other sites");
        for (String type :
                new String[] {"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"}) {
            assertProblem(post(type), 415, "Content-Type: application/json");
        }
        assertPublished(0);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, X-Client, curl",
        "application/json; charset=utf-8, Sec-Fetch-Site, same-origin",
        "application/cloudevents+json, X-Client, curl",
        "application/json, Origin, http://127.0.0.1:PORT"
    })
    void theAppsPageAndOtherClientsPublish(String contentType, String header, String value) throws Exception {
        app.start();

        assertThat(post(contentType, header, value.replace("PORT", String.valueOf(app.port())))
                        .statusCode())
                .isEqualTo(200);
        assertPublished(1);
    }

    @Test
    void behindAnIngressTheHostIsTheForwardedOne() throws Exception {
        app.start();

        assertThat(post(
                                "application/json",
                                "Origin",
                                "https://events.example.com",
                                "X-Forwarded-Host",
                                "events.example.com",
                                "X-Forwarded-Proto",
                                "https")
                        .statusCode())
                .isEqualTo(200);
        assertProblem(
                post(
                        "application/json",
                        "Origin",
                        "https://evil.example",
                        "X-Forwarded-Host",
                        "events.example.com",
                        "X-Forwarded-Proto",
                        "https"),
                403,
                "other sites");
        assertPublished(1);
    }

    @Test
    void aReadOnlyEventLoggerShowsAndPublishesNothing() throws Exception {
        app.set("PUBLISH", "false").start();

        assertProblem(app.publish(EVENT), 403, "this event logger is read-only");
        assertPublished(0);
        nats.connection().jetStream().publish("events.deploy", "1".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        eventually(() -> assertThat(app.events("")).hasSize(1));
        assertThat(json(app.get("/status")).get("publish").get("allowed").booleanValue())
                .isFalse();
    }

    @Test
    void whoPublishesHasTheToken() throws Exception {
        Path token = Files.writeString(Scratch.directory("publish").resolve("token"), "t0ken-one\n");
        app.set("PUBLISH_TOKEN_FILE", token.toString())
                .set("LOG_LEVEL", "debug")
                .start();

        HttpResponse<String> refused = app.publish(EVENT);
        assertProblem(refused, 401, "Authorization: Bearer <token>");
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"event-logger\"");
        assertProblem(app.publish(EVENT, "Authorization", "Bearer t0ken-on"), 401, "not the one");
        assertPublished(0);
        assertThat(app.publish(EVENT, "Authorization", "Bearer t0ken-one").statusCode())
                .isEqualTo(200);
        // reading takes none
        eventually(() -> assertThat(app.events("")).hasSize(1));

        Files.writeString(token, "t0ken-two\n");
        assertProblem(app.publish(EVENT, "Authorization", "Bearer t0ken-one"), 401, "not the one");
        assertThat(app.publish(EVENT, "Authorization", "Bearer t0ken-two").statusCode())
                .isEqualTo(200);
        Files.delete(token);
        assertProblem(app.publish(EVENT, "Authorization", "Bearer t0ken-two"), 503, "cannot be read");
        assertPublished(2);
        assertThat(app.running().output().soFar()).noneMatch(line -> line.contains("t0ken"));
    }

    @Test
    void strangersAreToldNeitherMetricsNorAddresses() throws Exception {
        app.start();

        assertProblem(app.get("/metrics"), 404, "there is nothing at /metrics");
        assertThat(app.manage("/metrics").body()).contains("event_logger_ready 1.0");
        assertThat(app.manage("/status").body()).contains(nats.url());
        assertThat(app.get("/status").body()).contains("\"EVENTS\"").doesNotContain(nats.url(), "listeners");
        assertProblem(app.manage("/events"), 404, "possible: /health");

        nats.kill();
        eventually(() -> assertThat(app.manage("/ready").body()).contains("NATS is away", nats.url()));
        assertThat(app.get("/ready").body()).contains("NATS is away: none of its servers can be reached");
        for (String path : new String[] {"/ready", "/status", "/health"}) {
            assertThat(app.get(path).body()).doesNotContain("nats://", "127.0.0.1");
        }
        assertThat(app.publish(EVENT).body()).contains("NATS is away").doesNotContain("nats://", "127.0.0.1");
    }
}
