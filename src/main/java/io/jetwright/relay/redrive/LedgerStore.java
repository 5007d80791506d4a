package io.jetwright.relay.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.api.Times;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Keeps the {@link Ledger} of a stream of dead letters in a stream of its own: the last one on a subject per stream of dead
 * letters. Each is only stored if nobody else has stored one meanwhile.
 */
final class LedgerStore {
    /** The stream's name in JetStream. */
    static final String STREAM = "JETWRIGHT_REDRIVES";

    private static final String SUBJECTS = "jetwright.redrives.";

    private final Requests requests;
    private final String subject;
    private final int replicas;
    private long revision;
    private Instant stored = Instant.MIN;

    /**
     * A store.
     *
     * @param letters the name of the stream of dead letters
     * @param replicas how many servers are to keep it, if it is not there yet
     */
    LedgerStore(Requests requests, String letters, int replicas) {
        this.requests = requests;
        this.subject = SUBJECTS + letters;
        this.replicas = replicas;
    }

    /** The last one; empty if there is none. */
    Optional<Ledger> read() throws IOException, InterruptedException {
        try {
            return Optional.of(last());
        } catch (ApiRefusal e) {
            if (e.code() == ApiRefusal.STREAM_NOT_FOUND) {
                createStream();
            } else if (e.code() != ApiRefusal.MESSAGE_NOT_FOUND) {
                throw e;
            }
            revision = 0;
            return Optional.empty();
        }
    }

    private Ledger last() throws IOException, InterruptedException {
        JsonNode message = requests.ask(
                        "STREAM.MSG.GET." + STREAM, Requests.body().put("last_by_subj", subject))
                .path("message");
        revision = message.path("seq").asLong();
        stored = Times.parse(message.path("time").asText());
        return Ledger.of(Requests.JSON.readTree(
                Base64.getDecoder().decode(message.path("data").asText())));
    }

    private void createStream() throws IOException, InterruptedException {
        var config = Requests.body()
                .put("name", STREAM)
                .put("description", "What Jetwright's Redrives have sent, and may have sent")
                .put("retention", "limits")
                .put("storage", "file")
                .put("discard", "old")
                .put("num_replicas", replicas)
                .put("max_msgs_per_subject", 1)
                .put("max_msgs", -1)
                .put("max_bytes", -1)
                .put("max_age", 0);
        config.putArray("subjects").add(SUBJECTS + "*");
        requests.ask("STREAM.CREATE." + STREAM, config);
    }

    /** When the server has stored the last one, by its clock. */
    Instant stored() {
        return stored;
    }

    /** What time it is by the server's clock, told by storing the ledger once more. */
    Instant now(Ledger ledger) throws IOException, InterruptedException {
        write(ledger);
        long own = revision;
        last();
        if (own != revision) {
            throw new TakenOverException();
        }
        return stored;
    }

    /**
     * Stores it.
     *
     * @throws TakenOverException if somebody else has stored one since it was last read or stored
     */
    void write(Ledger ledger) throws IOException, InterruptedException {
        Message message = NatsMessage.builder()
                .subject(subject)
                .headers(new Headers()
                        .put("Nats-Expected-Stream", STREAM)
                        .put("Nats-Expected-Last-Subject-Sequence", String.valueOf(revision)))
                .data(ledger.json().toString().getBytes(StandardCharsets.UTF_8))
                .build();
        try {
            revision = Requests.answer(subject, requests.publish(message))
                    .path("seq")
                    .asLong();
        } catch (ApiRefusal e) {
            if (e.code() == ApiRefusal.WRONG_LAST_SEQUENCE || e.code() == ApiRefusal.WRONG_LAST_SEQUENCE_CONSTANT) {
                throw new TakenOverException();
            }
            throw e;
        }
    }
}
