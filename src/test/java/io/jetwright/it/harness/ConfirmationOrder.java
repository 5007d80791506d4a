package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** In which order a server sees messages of dead letters published and confirmed, and the dead letters removed. */
public final class ConfirmationOrder implements AutoCloseable {
    private final Connection connection;
    private final Dispatcher dispatcher;
    private final String stream;
    private final String removal;
    private final Map<String, Long> sent = new HashMap<>();
    private final Set<Long> confirmed = new HashSet<>();
    private final List<Long> removed = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> removedEarly = Collections.synchronizedList(new ArrayList<>());

    /**
     * Listens from now on.
     *
     * @param stream that the messages are sent to
     * @param letters the stream of dead letters
     */
    public ConfirmationOrder(NatsServer nats, String stream, String letters) throws Exception {
        this.stream = stream;
        this.removal = "$JS.API.STREAM.MSG.DELETE." + letters;
        connection = nats.connection();
        dispatcher = connection.createDispatcher(this::heard);
        dispatcher.subscribe(">");
        connection.flush(Duration.ofSeconds(5));
    }

    private void heard(Message message) {
        String reply = message.getReplyTo();
        String id = message.getHeaders() == null ? null : message.getHeaders().getFirst("Nats-Msg-Id");
        if (reply != null && id != null && id.startsWith("redrive/")) {
            sent.put(reply, Long.valueOf(id.replaceFirst(".*/", "")));
        } else if (message.getSubject().equals(removal)) {
            long sequence = json(message).path("seq").asLong();
            (confirmed.contains(sequence) ? removed : removedEarly).add(sequence);
        } else {
            confirm(sent.get(message.getSubject()), message);
        }
    }

    private void confirm(@Nullable Long sequence, Message answer) {
        if (sequence != null && json(answer).path("stream").asText().equals(stream)) {
            confirmed.add(sequence);
        }
    }

    private static JsonNode json(Message message) {
        return Serialization.unmarshal(new String(message.getData(), StandardCharsets.UTF_8), JsonNode.class);
    }

    /** Waits until so many dead letters were removed, each once, and checks that none was before its message was confirmed. */
    public void assertRemovedWhenConfirmed(int letters) {
        eventually(() -> assertThat(removed.size() + removedEarly.size()).isEqualTo(letters));
        assertThat(removedEarly).isEmpty();
        assertThat(removed).doesNotHaveDuplicates();
    }

    @Override
    public void close() {
        connection.closeDispatcher(dispatcher);
    }
}
