package io.jetwright.relay.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The streams of the account that a connection leads to. */
final class JetStreamDirectory implements StreamDirectory {
    private final Requests requests;

    JetStreamDirectory(Requests requests) {
        this.requests = requests;
    }

    @Override
    public Optional<StreamFacts> stream(String name) throws IOException, InterruptedException {
        try {
            return Optional.of(StreamFacts.of(requests.ask("STREAM.INFO." + name)));
        } catch (ApiRefusal e) {
            if (e.code() == ApiRefusal.STREAM_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Optional<StreamFacts> taking(String subject) throws IOException, InterruptedException {
        JsonNode names = requests.ask("STREAM.NAMES", Requests.body().put("subject", subject))
                .path("streams");
        return names.isEmpty() ? Optional.empty() : stream(names.get(0).asText());
    }

    @Override
    public List<ConsumerFacts> consumers(String stream) throws IOException, InterruptedException {
        List<ConsumerFacts> consumers = new ArrayList<>();
        JsonNode page;
        do {
            page = requests.ask("CONSUMER.LIST." + stream, Requests.body().put("offset", consumers.size()));
            page.path("consumers").forEach(each -> consumers.add(ConsumerFacts.of(each)));
        } while (!page.path("consumers").isEmpty()
                && consumers.size() < page.path("total").asInt());
        return consumers;
    }
}
