package io.jetwright.it.harness;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What a JetStream says that fails in a way that no real one can be brought to; the server must run without its own. */
public final class ScriptedAnswers implements AutoCloseable {
    private final Connection connection;
    private final Dispatcher dispatcher;
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger given = new AtomicInteger();

    /** Answers this request, such as {@code STREAM.CREATE.ORDERS}, from now on; not at all once no answer is left. */
    public ScriptedAnswers(NatsServer nats, String request) throws Exception {
        connection = nats.connection();
        dispatcher = connection.createDispatcher(message -> {
            String answer = answers.poll();
            if (answer != null) {
                given.incrementAndGet();
                connection.publish(message.getReplyTo(), answer.getBytes(StandardCharsets.UTF_8));
            }
        });
        dispatcher.subscribe("$JS.API." + request);
        connection.flush(Eventually.PATIENCE);
    }

    public void enqueue(String json) {
        answers.add(json);
    }

    public int given() {
        return given.get();
    }

    @Override
    public void close() {
        connection.closeDispatcher(dispatcher);
    }
}
