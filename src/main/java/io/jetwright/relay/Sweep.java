package io.jetwright.relay;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.api.DeadLetter;
import io.jetwright.api.DeadLetterReason;
import io.jetwright.api.Times;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import io.jetwright.letter.Death;
import io.jetwright.letter.OriginalMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what a workqueue stream holds although its consumer delivers it no more, and no advisory said so: what was delivered, is not
 * pending, and is still there.
 */
final class Sweep {
    /** In one run. */
    private static final int MOST = 1_000;

    /** The advisory of what is exhausted is captured long before. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final RelayParts parts;
    private final NatsConnection connection;
    private final LiveConsumer consumer;
    private final AdvisoryConsumer advisories;
    private final AdvisoryHandler handler;
    private final ConsumerReport report;
    private final DeadLetter rules;
    private final SourceMessages messages;

    /** Where the next part begins, by filter; what cannot be acknowledged stays before it. */
    private final Map<String, Long> next = new HashMap<>();

    /** How far a run has come. */
    enum Progress {
        /** All was looked at. */
        COMPLETE,
        /** There is more. */
        PART,
        /** Advisories are being dealt with, which may be of the same messages. */
        LATER
    }

    Sweep(
            RelayParts parts,
            NatsConnection connection,
            LiveConsumer consumer,
            AdvisoryConsumer advisories,
            AdvisoryHandler handler,
            ConsumerReport report,
            DeadLetter rules) {
        this.parts = parts;
        this.connection = connection;
        this.consumer = consumer;
        this.advisories = advisories;
        this.handler = handler;
        this.report = report;
        this.rules = rules;
        this.messages = new SourceMessages(connection, consumer.stream());
    }

    /** Elsewhere it cannot be known; and what is kept after its letter was stored looks like what has none. */
    boolean isOfUse() {
        return consumer.isWorkQueue()
                && consumer.maxDeliver() > 0
                && rules.acknowledges()
                && rules.takes(DeadLetterReason.MAX_DELIVERIES);
    }

    Progress run(ConsumerState state) throws JetStreamException, Obstacle, InterruptedException {
        long last = lastExhausted(LiveConsumer.info(connection, consumer.stream(), consumer.name()));
        Thread.sleep(GRACE);
        if (state.open() > 0 || advisories.waiting(connection) > 0) {
            return Progress.LATER;
        }
        List<Death> found = new ArrayList<>();
        Map<String, Long> dealt = new HashMap<>(next);
        Instant since = Instant.MAX;
        boolean isComplete = true;
        for (String filter : consumer.filters()) {
            Optional<OriginalMessage> message = messages.next(dealt.getOrDefault(filter, 1L), filter);
            while (message.isPresent() && message.get().sequence() <= last && found.size() < MOST) {
                Instant published = Times.parse(message.get().published());
                since = published.isBefore(since) ? published : since;
                found.add(death(message.get()));
                long following = message.get().sequence() + 1;
                dealt.put(filter, following);
                message = messages.next(following, filter);
            }
            isComplete &= message.isEmpty() || message.get().sequence() > last;
        }
        deal(found, since);
        next.clear();
        if (!isComplete) {
            next.putAll(dealt);
        }
        return isComplete ? Progress.COMPLETE : Progress.PART;
    }

    private Death death(OriginalMessage message) {
        return Death.found(
                consumer.stream(),
                consumer.name(),
                message,
                consumer.maxDeliver(),
                parts.clock().instant());
    }

    private void deal(List<Death> found, Instant since) throws JetStreamException, Obstacle {
        if (found.isEmpty()) {
            return;
        }
        handler.areFound(found, since);
        for (Death death : found) {
            Optional<Outcome> outcome = handler.handle(death);
            outcome.ifPresent(each -> {
                parts.metrics().relayed(each);
                report.relayed(each, death);
            });
        }
    }

    /** While something is pending, the acknowledgement floor tells only of what is before it. */
    static long lastExhausted(JsonNode info) {
        return info.path("num_ack_pending").asLong() == 0
                ? info.at("/delivered/stream_seq").asLong()
                : info.at("/ack_floor/stream_seq").asLong();
    }
}
