package io.jetwright.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.Durations;
import io.jetwright.api.StreamSpec;
import io.jetwright.letter.DeadLetterRules;
import io.jetwright.letter.DeadLetterRules.Refusal;
import io.jetwright.letter.Declarations;
import io.jetwright.letter.DeclaredConsumer;
import io.jetwright.letter.DeclaredStream;
import io.jetwright.letter.StreamPlace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of dead letters, by both streams as JetStream has them: nobody else looks at a stream that no resource declares, or that
 * is not as declared. Pure functions.
 */
final class LiveRules {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LiveRules() {}

    /**
     * Looks at the streams.
     *
     * @param letters the configuration of the stream of dead letters
     * @return why letters may be lost although they are stored, or some of them not be stored, and what to do; empty for nothing
     * @throws Obstacle if none can be stored
     */
    static Optional<String> check(Assignment assignment, LiveConsumer consumer, JsonNode letters) throws Obstacle {
        DeclaredStream source = stream(consumer.streamConfig());
        DeclaredStream store = stream(letters);
        var rules = new DeadLetterRules(new Live(List.of(source, store)));
        var declared = new DeclaredConsumer(
                assignment.resource(), "", source.place(), store.place(), consumer.name(), spec(assignment, consumer));
        Optional<Refusal> refusal = rules.refusal(declared);
        if (refusal.isPresent() && refusal.get().isOfAll()) {
            throw new Obstacle(refusal.get().message());
        }
        String warnings = Stream.concat(refusal.map(Refusal::message).stream(), rules.warning(declared).stream())
                .collect(Collectors.joining("; "));
        return Optional.of(warnings).filter(text -> !text.isEmpty());
    }

    private static ConsumerSpec spec(Assignment assignment, LiveConsumer consumer) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        consumer.filters().forEach(spec.putArray("filterSubjects")::add);
        spec.set("deadLetter", JSON.valueToTree(assignment.rules()));
        return JSON.convertValue(spec, ConsumerSpec.class);
    }

    /** As a resource would declare it, as far as the rules look at it. */
    private static DeclaredStream stream(JsonNode config) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.set("subjects", config.path("subjects").isArray() ? config.path("subjects") : spec.arrayNode());
        spec.set("retention", config.path("retention"));
        spec.put("noAck", config.path("no_ack").asBoolean());
        spec.put("maxMsgsPerSubject", config.path("max_msgs_per_subject").asLong(-1));
        spec.put(
                "maxAge",
                Durations.format(Duration.ofNanos(config.path("max_age").asLong())));
        if (config.hasNonNull("mirror")) {
            spec.set("mirror", origin(config.path("mirror")));
        }
        if (!config.path("sources").isEmpty()) {
            ArrayList<JsonNode> sources = new ArrayList<>();
            config.path("sources").forEach(each -> sources.add(origin(each)));
            spec.putArray("sources").addAll(sources);
        }
        if (config.hasNonNull("subject_transform")) {
            spec.putObject("subjectTransform")
                    .put("source", config.at("/subject_transform/src").asText(">"))
                    .put("dest", config.at("/subject_transform/dest").asText());
        }
        StreamSpec declared = JSON.convertValue(spec, StreamSpec.class);
        return new DeclaredStream(new StreamPlace("", config.path("name").asText()), "", declared, List.of());
    }

    private static ObjectNode origin(JsonNode config) {
        ObjectNode origin = JsonNodeFactory.instance
                .objectNode()
                .put("name", config.path("name").asText());
        if (config.hasNonNull("filter_subject")) {
            origin.put("filterSubject", config.path("filter_subject").asText());
        }
        if (config.hasNonNull("external")) {
            origin.put("externalApiPrefix", config.at("/external/api").asText());
        }
        return origin;
    }

    /** Nothing is known here of other consumers. */
    private record Live(List<DeclaredStream> streams) implements Declarations {
        @Override
        public Optional<DeclaredStream> stream(StreamPlace place) {
            return streams.stream().filter(each -> each.place().equals(place)).findFirst();
        }

        @Override
        public Stream<DeclaredConsumer> consumers(StreamPlace place) {
            return Stream.empty();
        }

        @Override
        public Stream<DeclaredStream> copies(StreamPlace place) {
            return streams.stream().filter(each -> each.origins()
                    .anyMatch(origin -> origin.name().equals(place.stream())));
        }
    }
}
