package io.jetwright.relay;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.api.Times;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A consumer whose messages die, as JetStream has it.
 *
 * @param created when it was created
 * @param isPull whether clients pull from it
 * @param groups its priority groups; empty for none
 * @param maxDeliver how often it delivers a message; -1 for no limit
 * @param filters the patterns that the subjects of its messages match
 * @param streamConfig the configuration of its stream
 * @param domain the JetStream domain that it is in; empty for none
 * @param isInCluster whether servers of a cluster take turns at leading it
 */
record LiveConsumer(
        String stream,
        String name,
        Instant created,
        boolean isPull,
        List<String> groups,
        long maxDeliver,
        List<String> filters,
        JsonNode streamConfig,
        String domain,
        boolean isInCluster) {
    /** Asks JetStream. */
    static LiveConsumer read(NatsConnection connection, String stream, String name) throws JetStreamException {
        JsonNode streamInfo = connection.api("STREAM.INFO." + stream, null);
        JsonNode streamConfig = streamInfo.path("config");
        JsonNode info = info(connection, stream, name);
        JsonNode config = info.path("config");
        List<String> filters = texts(config.path("filter_subjects"));
        if (config.hasNonNull("filter_subject")) {
            filters = List.of(config.path("filter_subject").asText());
        }
        List<String> subjects = texts(streamConfig.path("subjects"));
        return new LiveConsumer(
                stream,
                name,
                Times.parse(info.path("created").asText()),
                !config.hasNonNull("deliver_subject"),
                texts(config.path("priority_groups")),
                config.path("max_deliver").asLong(-1),
                !filters.isEmpty() ? filters : subjects.isEmpty() ? List.of(">") : subjects,
                streamConfig,
                streamInfo.path("domain").asText(),
                !streamInfo.at("/cluster/name").asText().isEmpty());
    }

    /** What JetStream says of it now. */
    static JsonNode info(NatsConnection connection, String stream, String name) throws JetStreamException {
        return connection.api("CONSUMER.INFO.%s.%s".formatted(stream, name), null);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    /** Whether its stream holds a message until it is acknowledged. */
    boolean holdsMessages() {
        return !retention().equals("limits");
    }

    boolean isWorkQueue() {
        return retention().equals("workqueue");
    }

    private String retention() {
        return streamConfig.path("retention").asText();
    }
}
