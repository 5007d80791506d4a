package io.jetwright.it.harness;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Requests as no honest client sends them, of all kinds; the same ones for the same seed. */
public final class MalformedRequests {
    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "BREW", "get", "P\u0000ST", "");

    private static final List<String> PATHS = List.of(
            "/publish",
            "/events",
            "/events?limit=-1",
            "/events?limit=99999999999999999999",
            "/events?name=%00",
            "/events?name=a..b&name=c",
            "/events?since=%ff%fe",
            "/events?%",
            "/events?name=%zz",
            "/events/stream?limit=x",
            "/events/../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "//",
            "/nowhere",
            "/\u00ff",
            "*",
            "nowhere",
            "http://elsewhere/publish",
            "/" + "a".repeat(9_000),
            "/health#x",
            "/;jsessionid=1");

    private static final List<String> NAMES = List.of(
            "a b",
            "*",
            ">",
            "a.>",
            "..",
            ".a",
            "a.",
            "a\\u0000b",
            "a\\r\\nPUB x 1",
            "../../$JS.API.STREAM.DELETE.EVENTS.",
            "\\ud800",
            "",
            "x".repeat(5_000));

    private static final List<String> HEADERS = List.of(
            "Content-Type: text/html",
            "Idempotency-Key: \u0001",
            "Idempotency-Key: " + "k".repeat(300),
            "Expect: 200-maybe",
            "Accept: nothing/at all",
            "No colon here",
            ": no name",
            "X-Large: " + "x".repeat(20_000),
            "Content-Encoding: gzip",
            "Transfer-Encoding: gzip",
            "Connection: upgrade",
            "Last-Event-ID: -1",
            "If-None-Match: *",
            "Cookie: \u00e9\u00ff");

    private final Random random;

    public MalformedRequests(Random random) {
        this.random = random;
    }

    public byte[] next() {
        var request = new ByteArrayOutputStream();
        switch (random.nextInt(10)) {
            case 0 -> {
                var noise = new byte[1 + random.nextInt(600)];
                random.nextBytes(noise);
                request.writeBytes(noise);
                request.writeBytes(bytes("\r\n\r\n"));
            }
            case 1, 2 -> write(request, one(METHODS), one(PATHS), "");
            case 3 -> write(request, "POST", "/publish", mutated("{\"name\":\"deploy\",\"data\":{\"a\":[1,2]}}"));
            case 4 -> write(request, "POST", "/publish", "{\"name\":\"" + one(NAMES) + "\",\"data\":1}");
            case 5 -> write(request, "POST", "/publish", "[".repeat(1 + random.nextInt(20_000)));
            case 6 ->
                request.writeBytes(
                        bytes("POST /publish HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                                + one(List.of("-1", "x", "99999999999999999999", "5, 6", "")) + "\r\n\r\n{}"));
            case 7 ->
                request.writeBytes(bytes(
                        "POST /publish HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + one(List.of(
                                        "zz\r\n{}\r\n",
                                        "-5\r\n",
                                        "2\r\n{}{}{}\r\n0\r\n\r\n",
                                        "ffffffffffff\r\n{",
                                        "0\r\n\r\n"))));
            case 8 ->
                request.writeBytes(bytes("GET /health " + one(List.of("HTTP/9.9", "HTTP/1.0", "http/1.1", "", "X"))
                        + "\r\nHost: x\r\n\r\n"));
            default ->
                request.writeBytes(bytes("POST /publish HTTP/1.1\r\n" + one(HEADERS) + "\r\n" + one(HEADERS)
                        + "\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"));
        }
        return request.toByteArray();
    }

    private void write(ByteArrayOutputStream request, String method, String path, String body) {
        byte[] content = bytes(body);
        request.writeBytes(bytes(method + " " + path
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + content.length
                + "\r\nConnection: close\r\n\r\n"));
        request.writeBytes(content);
    }

    private String mutated(String text) {
        var changed = new StringBuilder(text);
        for (int i = 0; i <= random.nextInt(3); i++) {
            int at = random.nextInt(changed.length());
            switch (random.nextInt(3)) {
                case 0 -> changed.deleteCharAt(at);
                case 1 -> changed.setCharAt(at, (char) random.nextInt(256));
                default -> changed.insert(at, (char) random.nextInt(256));
            }
        }
        return changed.toString();
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
