package io.jetwright.eventlogger;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** POST /publish: publishes the event in the body, for those who may. */
final class PublishEndpoint implements Endpoint {
    private static final int MAX_KEY_LENGTH = 255;
    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");

    /** Other types a page of another origin can send without the browser asking first. */
    private static final Pattern JSON = Pattern.compile("application/([a-z0-9!#$&^_.-]+\\+)?json");

    private final PublishAccess access;
    private final Publisher publisher;
    private final RequestBodies bodies;

    PublishEndpoint(PublishAccess access, Publisher publisher, RequestBodies bodies) {
        this.access = access;
        this.publisher = publisher;
        this.bodies = bodies;
    }

    @Override
    public Answer answer(ServerRequest request) {
        if (Origins.isForeign(request.headers())) {
            throw Problem.of(403, "Forbidden", "pages of other sites may not publish");
        }
        access.check(request.headers());
        if (!isJson(request.headers().first(HeaderNames.CONTENT_TYPE).orElse(""))) {
            throw Problem.unsupportedMediaType();
        }
        Optional<String> key = request.headers().first(IDEMPOTENCY_KEY).map(PublishEndpoint::idempotencyKey);
        return bodies.read(
                Client.of(request),
                request.headers().contentLength(),
                request.content().inputStream(),
                publisher.maxMessageSize(),
                body -> answer(publisher.publish(Publication.parse(body), key)));
    }

    /**
     * Whether a content type is JSON: application/json, or one that is built on it.
     *
     * @param contentType with or without parameters; empty if the request has none
     */
    static boolean isJson(String contentType) {
        String type = contentType.split(";", 2)[0].strip();
        return JSON.matcher(type.toLowerCase(Locale.ROOT)).matches();
    }

    static String idempotencyKey(String value) {
        if (value.isEmpty() || value.length() > MAX_KEY_LENGTH || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw Problem.badRequest("Idempotency-Key is empty, longer than " + MAX_KEY_LENGTH
                    + " characters or not of printable ASCII; expected such as a UUID");
        }
        return value;
    }

    static Answer answer(Publisher.Receipt receipt) {
        Answer answer = Answer.json(Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("status", "published");
            json.writeStringField("subject", receipt.subject());
            json.writeEndObject();
        }));
        return receipt.isRepeated() ? answer.with("Idempotent-Replayed", "true") : answer;
    }
}
