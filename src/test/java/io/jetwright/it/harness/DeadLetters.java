package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.letter.Letter;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Workers that fail, and the letters of what they failed at. */
public final class DeadLetters {
    private static final int NO_MESSAGE = 10037;

    private final NatsServer nats;

    public DeadLetters(NatsServer nats) {
        this.nats = nats;
    }

    private Connection connection() {
        return nats.connection();
    }

    /** Takes this many messages from a consumer, and says nothing of them. */
    public List<Message> take(String stream, String consumer, int messages) throws Exception {
        JetStreamSubscription worker =
                connection().jetStream().subscribe(null, PullSubscribeOptions.bind(stream, consumer));
        try {
            List<Message> taken = new ArrayList<>();
            eventually(() -> {
                taken.addAll(worker.fetch(messages - taken.size(), Duration.ofSeconds(1)));
                assertThat(taken).hasSize(messages);
            });
            return taken;
        } finally {
            worker.unsubscribe();
        }
    }

    /** Has this many messages fail as often as they are delivered. */
    public void exhaust(String stream, String consumer, int messages, int maxDeliver) throws Exception {
        for (int i = 0; i < maxDeliver; i++) {
            for (Message each : take(stream, consumer, messages)) {
                each.nak();
            }
        }
        connection().flush(Duration.ofSeconds(5));
    }

    /** Takes what there is, and has it fail. */
    public void refuse(String stream, String consumer) throws Exception {
        JetStreamSubscription worker =
                connection().jetStream().subscribe(null, PullSubscribeOptions.fastBind(stream, consumer));
        try {
            for (Message each : worker.fetch(100, Duration.ofSeconds(1))) {
                each.nak();
            }
        } finally {
            worker.unsubscribe();
        }
    }

    /** The headers of a letter as the relay makes it: of a message that died at the consumer {@code worker}. */
    public static Headers letter(String stream, String subject, long sequence) {
        return new Headers()
                .put("Dead-Letter-Reason", "MaxDeliveries")
                .put("Dead-Letter-Stream", stream)
                .put("Dead-Letter-Subject", subject)
                .put("Dead-Letter-Sequence", String.valueOf(sequence))
                .put("Dead-Letter-Consumer", "worker")
                .put("Dead-Letter-Deliveries", "5")
                .put("Dead-Letter-Time", Instant.now().toString())
                .put("Dead-Letter-Redrives", "0");
    }

    /** Stores a letter on the subject {@code dead.letter}. */
    public void store(Headers headers, String payload) throws Exception {
        connection().jetStream().publish("dead.letter", headers, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Stores so many letters of this stream on the subject {@code dead.letter}, each with its number, from 1 on, as payload. */
    public void store(int letters, String stream, String subject) throws Exception {
        JetStream publishing = connection().jetStream();
        List<CompletableFuture<PublishAck>> all = new ArrayList<>();
        for (int i = 1; i <= letters; i++) {
            all.add(publishing.publishAsync(
                    "dead.letter", letter(stream, subject, i), String.valueOf(i).getBytes(StandardCharsets.UTF_8)));
        }
        for (CompletableFuture<PublishAck> each : all) {
            each.get();
        }
    }

    /** Stores a letter, as the relay does. */
    public void store(Letter letter) throws IOException, JetStreamApiException {
        var headers = new Headers();
        letter.headers().forEach(each -> headers.add(each.name(), each.value()));
        headers.add("Nats-Msg-Id", letter.death().id());
        connection().jetStream().publish(letter.subject(), headers, letter.payload());
    }

    /** All messages of a stream, in their order. */
    public List<MessageInfo> all(String stream) throws IOException, JetStreamApiException {
        var management = nats.jetStream();
        var state = management.getStreamInfo(stream).getStreamState();
        List<MessageInfo> messages = new ArrayList<>();
        for (long sequence = Math.max(1, state.getFirstSequence()); sequence <= state.getLastSequence(); sequence++) {
            try {
                messages.add(management.getMessage(stream, sequence));
            } catch (JetStreamApiException e) {
                if (e.getApiErrorCode() != NO_MESSAGE) {
                    throw e;
                }
            }
        }
        return messages;
    }

    /** Waits until there are so many letters, and returns them. */
    public List<MessageInfo> await(Duration patience, String stream, int letters) {
        List<MessageInfo> all = new ArrayList<>();
        eventually(patience, () -> {
            all.clear();
            all.addAll(all(stream));
            assertThat(all).hasSize(letters);
        });
        return all;
    }

    /**
     * Waits until all advisories are dealt with, and checks that the letters of the messages from 1 to this number are there, each of
     * them once.
     */
    public void assertEachOnce(Duration patience, String stream, int messages) {
        eventually(patience, () -> {
            assertThat(all(stream))
                    .extracting(DeadLetters::sequence)
                    .containsAll(IntStream.rangeClosed(1, messages).boxed().toList());
            assertThat(waiting()).isZero();
        });
        eventually(() -> assertThat(all(stream))
                .extracting(DeadLetters::sequence)
                .hasSize(messages)
                .doesNotHaveDuplicates());
    }

    /** How many advisories are not dealt with. */
    public long waiting() throws IOException, JetStreamApiException {
        return nats.jetStream().getConsumers("JETWRIGHT_DEAD_LETTER_ADVISORIES").stream()
                .mapToLong(each -> each.getNumPending() + each.getNumAckPending())
                .sum();
    }

    /** A header of a letter; null for none. */
    public static @Nullable String header(MessageInfo letter, String name) {
        Headers headers = letter.getHeaders();
        return headers == null ? null : headers.getFirst(name);
    }

    /** The values of a header of a letter. */
    public static List<String> headers(MessageInfo letter, String name) {
        Headers headers = letter.getHeaders();
        List<String> values = headers == null ? null : headers.get(name);
        return values == null ? List.of() : values;
    }

    /** Whether a letter has a subject that ends so. */
    public static boolean hasSubject(MessageInfo letter, String end) {
        return String.valueOf(letter.getSubject()).endsWith(end);
    }

    private static Integer sequence(MessageInfo letter) {
        return Integer.valueOf(String.valueOf(header(letter, "Dead-Letter-Sequence")));
    }
}
