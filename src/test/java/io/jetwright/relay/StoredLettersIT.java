package io.jetwright.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jetwright.api.DeadLetterReason;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.jetstream.NatsConnection;
import io.jetwright.jetstream.NatsConnections;
import io.jetwright.letter.Death;
import io.jetwright.letter.LetterHeaders;
import io.jetwright.nats.ConnectionSettings;
import io.nats.client.api.StorageType;
import io.nats.client.impl.Headers;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which letters are stored is found without reading all of them for each question. */
class StoredLettersIT {
    @RegisterExtension
    static final NatsServer nats = new NatsServer("");

    private static final int CAPACITY = 20;

    private final Instant longAgo = Instant.now().minusSeconds(3_600);

    private final NatsConnections connections =
            new NatsConnections(settings -> {}, (object, verb, outcome, time) -> {});
    private final NatsConnection connection =
            connections.get(new ConnectionSettings(List.of(URI.create(nats.url())), null));
    private final StoredLetters letters = new StoredLetters(connection, "DEAD", CAPACITY);

    @BeforeEach
    void create() {
        nats.createStream("DEAD", StorageType.Memory, "dead.>");
        await().ignoreExceptions().until(() -> connection.connection() != null);
    }

    @AfterEach
    void close() {
        connections.close();
    }

    private static Death death(long sequence) {
        return new Death(
                DeadLetterReason.MAX_DELIVERIES,
                "orders",
                "worker",
                sequence,
                1,
                null,
                Instant.now(),
                "death-" + sequence,
                "");
    }

    private static List<Death> deaths(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(StoredLettersIT::death)
                .toList();
    }

    private void store(long first, long last) throws Exception {
        for (Death death : deaths(first, last)) {
            nats.connection()
                    .jetStream()
                    .publish(
                            "dead.letter",
                            new Headers()
                                    .put(LetterHeaders.ID, death.id())
                                    .put(LetterHeaders.STREAM, death.stream())
                                    .put(LetterHeaders.CONSUMER, death.consumer())
                                    .put(LetterHeaders.SEQUENCE, Long.toString(death.sequence())),
                            new byte[0]);
        }
    }

    /** How often the stream was read from the beginning. */
    private long readings() throws Exception {
        return nats.jetStream().getStreamInfo("DEAD").getStreamState().getConsumerCount();
    }

    @Test
    void manyAreLookedForAtOnce() throws Exception {
        store(1, 100);

        letters.look(deaths(91, 110), longAgo);
        for (Death death : deaths(101, 110)) {
            assertThat(letters.contains(death, longAgo)).isFalse();
        }
        store(101, 102);

        assertThat(letters.contains(death(101), longAgo)).isTrue();
        assertThat(letters.contains(death(102), longAgo)).isTrue();
        assertThat(letters.contains(death(103), longAgo)).isFalse();
        assertThat(readings()).isEqualTo(1);
    }

    @Test
    void whatIsForgottenIsReadAgain() throws Exception {
        letters.look(deaths(1, 2), longAgo);
        store(1, 100);
        assertThat(letters.contains(death(2), longAgo)).isTrue();

        assertThat(letters.contains(death(1), longAgo)).isTrue();
        assertThat(letters.contains(death(50), longAgo)).isTrue();
        assertThat(letters.contains(death(101), longAgo)).isFalse();
        assertThat(readings()).isGreaterThan(1);
    }
}
