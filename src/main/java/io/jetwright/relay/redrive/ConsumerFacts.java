package io.jetwright.relay.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.subject.SubjectPattern;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What has to be known of a consumer.
 *
 * @param filters which subjects it gets; empty for all
 */
record ConsumerFacts(String name, List<String> filters) {
    /** From an entry of the answer to CONSUMER.LIST. */
    static ConsumerFacts of(JsonNode info) {
        JsonNode config = info.path("config");
        return new ConsumerFacts(
                info.path("name").asText(),
                Stream.concat(
                                Stream.of(config.path("filter_subject").asText("")),
                                StreamSupport.stream(
                                                config.path("filter_subjects").spliterator(), false)
                                        .map(JsonNode::asText))
                        .filter(filter -> !filter.isEmpty())
                        .toList());
    }

    boolean gets(String subject) {
        return filters.isEmpty() || filters.stream().anyMatch(filter -> SubjectPattern.covers(filter, subject));
    }
}
