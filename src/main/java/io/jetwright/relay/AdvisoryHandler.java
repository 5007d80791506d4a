package io.jetwright.relay;

import io.jetwright.api.DeadLetter;
import io.jetwright.api.Times;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.NatsConnection;
import io.jetwright.letter.Death;
import io.jetwright.letter.Letter;
import io.jetwright.letter.LetterSubject;
import io.jetwright.letter.OriginalMessage;
import io.nats.client.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deals with the deaths of one consumer's messages: letter, acknowledgement on behalf of the consumer. */
final class AdvisoryHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AdvisoryHandler.class);
    private static final Duration SAME = Duration.ofMillis(500);
    private static final int CONSUMER_NOT_FOUND = 10014;
    private static final int STREAM_NOT_FOUND = 10059;
    private static final int TOO_LARGE = 10054;

    /** After so many deliveries of an advisory nobody is waited for who does not answer an acknowledgement. */
    private static final int PATIENCE = 4;

    private final NatsConnection connection;
    private final LiveConsumer consumer;
    private final DeadLetter rules;
    private final LetterStream letters;
    private final Instant captured;
    private final Steps steps;
    private final LetterSubject subjects;
    private final SourceMessages messages;
    private Instant created = Instant.MAX;
    private long asked = System.nanoTime() - SAME.toNanos() - 1;

    /**
     * A handler.
     *
     * @param captured when the consumer of the advisories was created: earlier ones may have been dealt with
     */
    AdvisoryHandler(
            NatsConnection connection,
            LiveConsumer consumer,
            DeadLetter rules,
            LetterStream letters,
            Instant captured,
            Steps steps) {
        this.connection = connection;
        this.consumer = consumer;
        this.rules = rules;
        this.letters = letters;
        this.captured = captured;
        this.steps = steps;
        this.subjects = new LetterSubject(rules.subjectTemplate(), consumer.stream(), consumer.name());
        this.messages = new SourceMessages(connection, consumer.stream());
    }

    /**
     * Whether it is a message of this consumer that has died, and not one of a consumer of the same name in another domain: the
     * leaf nodes of an account pass on each other's advisories.
     */
    boolean concerns(Death death) {
        return death.domain().equals(consumer.domain());
    }

    /** Deals with an advisory, and acknowledges it. */
    Outcome handle(CapturedAdvisory advisory, Death death) throws JetStreamException, Obstacle {
        Outcome outcome = Outcome.IGNORED;
        if (rules.takes(death.reason())) {
            Optional<OriginalMessage> message = messages.get(death.sequence());
            steps.reached(Steps.Step.READ);
            boolean isNew = advisory.deliveries() == 1 && captured.isBefore(death.time());
            var history = new LetterStore.History(isNew, advisory.asked(), death.time());
            outcome = store(death, message, Optional.of(advisory.sequence()), history);
            steps.reached(Steps.Step.STORED);
            if (message.isPresent() && outcome != Outcome.TOO_LARGE) {
                acknowledge(death, advisory.deliveries() > PATIENCE);
            }
            steps.reached(Steps.Step.ACKNOWLEDGED);
        }
        advisory.done();
        return outcome;
    }

    /**
     * Messages were found that are delivered no more, and are dealt with next.
     *
     * @param since when the first of them was published
     */
    void areFound(List<Death> deaths, Instant since) throws JetStreamException {
        letters.store().areSwept(deaths, since);
    }

    /** Deals with a message that was found to be delivered no more; empty if it is gone. */
    Optional<Outcome> handle(Death death) throws JetStreamException, Obstacle {
        Optional<OriginalMessage> message = messages.get(death.sequence());
        if (message.isEmpty()) {
            return Optional.empty();
        }
        Instant published = Times.parse(message.get().published());
        Outcome outcome =
                store(death, message, Optional.empty(), new LetterStore.History(false, System.nanoTime(), published));
        if (outcome != Outcome.TOO_LARGE) {
            acknowledge(death, true);
        }
        return Optional.of(outcome);
    }

    private Outcome store(
            Death death, Optional<OriginalMessage> message, Optional<Long> advisory, LetterStore.History history)
            throws JetStreamException, Obstacle {
        Letter letter = message.isPresent()
                ? whole(death, message.get(), advisory)
                : Letter.gone(death, consumer.filters().get(0), subjects, advisory, consumer.holdsMessages());
        boolean isStored;
        try {
            isStored = letters.store().store(letter, history);
        } catch (JetStreamException.Rejected e) {
            letters.forget();
            if (e.code() != TOO_LARGE || !letter.isWhole()) {
                throw e;
            }
            letter = Letter.pointer(death, message.orElseThrow(), subjects, advisory, String.valueOf(e.getMessage()));
            isStored = letters.store().store(letter, history);
        }
        if (message.isPresent() && !letter.isWhole()) {
            return Outcome.TOO_LARGE;
        }
        return !isStored ? Outcome.DUPLICATE : letter.isWhole() ? Outcome.STORED : Outcome.GONE;
    }

    private Letter whole(Death death, OriginalMessage message, Optional<Long> advisory)
            throws JetStreamException, Obstacle {
        Letter letter = Letter.of(death, message, subjects, advisory);
        long size = (long) letter.headerBytes() + letters.store().addedBytes(letter) + letter.payload().length;
        long limit = letters.limit();
        return size <= limit
                ? letter
                : Letter.pointer(
                        death,
                        message,
                        subjects,
                        advisory,
                        "with its headers it has %d bytes, and at most %d can be stored".formatted(size, limit));
    }

    /** Only if the consumer is the one of then: another one may have the same message pending. */
    private void acknowledge(Death death, boolean isImpatient) throws JetStreamException, Obstacle {
        if (!rules.acknowledges() || !createdBy().isBefore(death.time())) {
            return;
        }
        String subject = "$JS.ACK.%s.%s.%d.%d.0.0.0"
                .formatted(death.stream(), death.consumer(), Math.max(1, death.deliveries()), death.sequence());
        try {
            connection.request("message", "ack", subject, null, "+ACK".getBytes(StandardCharsets.US_ASCII));
        } catch (JetStreamException.Disabled e) {
            // the consumer is gone, and with it what it held
            LOG.debug("{}: nobody takes the acknowledgement of {}", death.consumer(), death.sequence());
        } catch (JetStreamException.NoResponders e) {
            throw new Obstacle(
                    "nobody takes %s, through which the message would be acknowledged: have the account import $JS.ACK.> as well"
                            .formatted(subject));
        } catch (JetStreamException.Unreachable e) {
            if (!isImpatient || connection.connection().getStatus() != Connection.Status.CONNECTED) {
                throw e;
            }
            LOG.warn("{}: {}", death.key(), e.getMessage());
        }
    }

    /** When the consumer was created that there is now; the end of time if there is none. Asked once for what comes at a time. */
    private synchronized Instant createdBy() throws JetStreamException {
        if (System.nanoTime() - asked > SAME.toNanos()) {
            try {
                created = Times.parse(LiveConsumer.info(connection, consumer.stream(), consumer.name())
                        .path("created")
                        .asText());
            } catch (JetStreamException.Rejected e) {
                if (e.code() != CONSUMER_NOT_FOUND && e.code() != STREAM_NOT_FOUND) {
                    throw e;
                }
                created = Instant.MAX;
            }
            asked = System.nanoTime();
        }
        return created;
    }
}
