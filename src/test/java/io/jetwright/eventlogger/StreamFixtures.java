package io.jetwright.eventlogger;

import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;
import io.nats.client.support.JsonParser;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What JetStream answers about a stream and a consumer, without a server. */
final class StreamFixtures {
    static final EventLoggerSettings SETTINGS = EventLoggerSettings.of(
            Map.of("HOSTNAME", "pod-1", "HTTP_PORT", "0", "MANAGEMENT_PORT", "0", "HISTORY_SIZE", "3"));

    static final ZonedDateTime CREATED = ZonedDateTime.of(2026, 2, 13, 8, 19, 35, 0, ZoneOffset.UTC);

    /** Decodes nothing. */
    static final PayloadDecoder PAYLOADS = new PayloadDecoder(SETTINGS.payloads(), 1 << 20);

    /** Events below events. */
    static final EventDecoder DECODER = new EventDecoder("events", PAYLOADS);

    private StreamFixtures() {}

    static StreamView view(List<String> subjects, long maxMessageSize, StreamView.@Nullable ConsumerView consumer) {
        return new StreamView(subjects, List.of(), "events", CREATED, 5, 500, 3, 7, maxMessageSize, consumer);
    }

    static StreamView view(List<String> subjects, List<String> filters, String prefix) {
        return new StreamView(subjects, filters, prefix, CREATED, 5, 500, 3, 7, -1, null);
    }

    /**
     * @param configuration JSON
     */
    static StreamInfo stream(String configuration) {
        return new StreamInfo(JsonParser.parseUnchecked("""
                {"config": %s, "created": "2026-02-13T08:19:35Z",
                 "state": {"messages": 5, "bytes": 500, "first_seq": 3, "last_seq": 7, "consumer_count": 1}}
                """.formatted(configuration)));
    }

    /**
     * @param configuration JSON
     * @param pending not yet delivered
     * @param delivered the consumer sequence of the last message that was delivered
     */
    static ConsumerInfo consumer(String configuration, long pending, long delivered) {
        return new ConsumerInfo(JsonParser.parseUnchecked("""
                {"stream_name": "EVENTS", "name": "event-logger", "config": %s, "num_pending": %d,
                 "num_ack_pending": 2, "num_redelivered": 1,
                 "delivered": {"consumer_seq": %d, "stream_seq": 9}, "ack_floor": {"consumer_seq": 0, "stream_seq": 0}}
                """.formatted(configuration, pending, delivered)));
    }
}
