package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerWriterTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Answer answer = Answer.text("text/plain", "text");
    private final WebServer server = WebServer.builder()
            .port(0)
            .shutdownHook(false)
            .routing(routing -> routing.any((request, response) -> AnswerWriter.write(
                    response, answer, request.prologue().method().text().equals("HEAD"))))
            .build()
            .start();

    @AfterEach
    void stop() {
        client.close();
        server.stop();
    }

    private HttpResponse<String> send(String method) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/"))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({"200", "404", "503"})
    void writesStatusHeadersAndBody(int status) throws Exception {
        answer = Answer.of(status, "application/json", Map.of("Retry-After", "2"), "{\"ñ\":1}".getBytes(UTF_8));

        HttpResponse<String> response = send("GET");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo("{\"ñ\":1}");
        assertThat(response.headers().map())
                .containsEntry("content-type", List.of("application/json"))
                .containsEntry("content-length", List.of("8"))
                .containsEntry("retry-after", List.of("2"));
    }

    @Test
    void everyResponseHasTheSecurityHeadersAndIsNotCached() throws Exception {
        assertThat(send("GET").headers().map())
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("referrer-policy", List.of("no-referrer"))
                .containsEntry("cross-origin-resource-policy", List.of("same-origin"))
                .containsEntry("x-frame-options", List.of("DENY"))
                .containsEntry(
                        "content-security-policy",
                        List.of("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"))
                .containsEntry("cache-control", List.of("no-store"));
    }

    @Test
    void anAnswerMayBeCachedIfItsHeadersSaySo() throws Exception {
        answer = Answer.of(200, "text/css", Map.of("Cache-Control", "no-cache"), new byte[] {'x'});

        assertThat(send("GET").headers().allValues("Cache-Control")).containsExactly("no-cache");
    }

    @Test
    void anAnswerWithoutALengthIsWrittenAsItComes() throws Exception {
        answer = new Answer(200, "application/x-ndjson", Map.of(), Answer.UNKNOWN_LENGTH, out -> out.write('1'));

        assertThat(send("GET").body()).isEqualTo("1");
        assertThat(send("HEAD").body()).isEmpty();
    }

    @Test
    void whatIsToBeDoneAtTheEndIsDoneOnceWhateverHappens() throws Exception {
        var ends = new AtomicInteger();
        answer = Answer.text("text/plain", "text").onEnd(ends::incrementAndGet).with("X", "y");
        send("GET");
        send("HEAD");
        // the client has the answer a moment before
        await().untilAsserted(() -> assertThat(ends).hasValue(2));

        answer = new Answer(200, "text/plain", Map.of(), 5, out -> {
                    throw new IOException("gone");
                })
                .onEnd(ends::incrementAndGet);
        send("GET");
        await().untilAsserted(() -> assertThat(ends).hasValue(3));
    }

    @Test
    void headHasTheLengthButNoBody() throws Exception {
        HttpResponse<String> response = send("HEAD");

        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(4);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void anUnchangedAnswerHasItsHeadersAndNoBody() throws Exception {
        answer = Answer.of(200, "text/css", Map.of("ETag", "\"1\""), new byte[] {'x'})
                .unchanged();

        HttpResponse<String> response = send("GET");

        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.headers().firstValue("ETag")).hasValue("\"1\"");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void anEmptyAnswerHasTheLengthZero() throws Exception {
        answer = Answer.of(308, "text/plain", Map.of("Location", "/logger/"), new byte[0]);

        HttpResponse<String> response = send("GET");

        assertThat(response.statusCode()).isEqualTo(308);
        assertThat(response.headers().firstValue("Location")).hasValue("/logger/");
        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(0);
    }
}
