package io.jetwright.eventlogger;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/** POST /publish: publishes the event in the body. */
final class PublishEndpoint implements Endpoint {
    private static final int MAX_KEY_LENGTH = 255;
    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

    private final Publisher publisher;
    private final RequestBodies bodies = new RequestBodies();

    PublishEndpoint(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public Answer answer(ServerRequest request) {
        refuseOtherSites(request.headers().first(FETCH_SITE).orElse(""));
        Optional<String> key = request.headers().first(IDEMPOTENCY_KEY).map(PublishEndpoint::idempotencyKey);
        return bodies.read(
                request.headers().contentLength(),
                request.content().inputStream(),
                publisher.maxMessageSize(),
                body -> answer(publisher.publish(Publication.parse(body), key)));
    }

    /**
     * @param site the value of Sec-Fetch-Site, by which a browser says whether the page that sends the request is of
     *     the same origin; empty if the header is missing
     */
    static void refuseOtherSites(String site) {
        if (site.equals("cross-site") || site.equals("same-site")) {
            throw Problem.of(403, "Forbidden", "pages of other sites may not publish");
        }
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
