package io.jetwright.it.harness;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** The requests that a server's JetStream API gets, whichever client sends them. */
public final class ApiTraffic implements AutoCloseable {
    private static final String PREFIX = "$JS.API.";

    /** Where clients want their answers; servers, which make consumers for mirrors and sources, want them elsewhere. */
    private static final String INBOX = "_INBOX.";

    private static final Pattern WRITE =
            Pattern.compile("(STREAM|CONSUMER)[.](CREATE|DURABLE|UPDATE|DELETE|PURGE|PAUSE|UNPIN|RESET)[.].*");

    private final Connection connection;
    private final Dispatcher dispatcher;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Listens from now on. */
    public ApiTraffic(NatsServer nats) throws Exception {
        connection = nats.connection();
        dispatcher = connection.createDispatcher(message -> {
            String reply = message.getReplyTo();
            if (reply != null && reply.startsWith(INBOX)) {
                requests.add(message.getSubject().substring(PREFIX.length()));
            }
        });
        dispatcher.subscribe(PREFIX + ">");
        connection.flush(Duration.ofSeconds(5));
    }

    /** Those that create, change or delete, such as {@code STREAM.UPDATE.ORDERS}. */
    public List<String> writes() {
        return requests.stream()
                .filter(request -> WRITE.matcher(request).matches())
                .toList();
    }

    /** Waits until this has been asked so many times more. */
    public void await(int times, String request) {
        long before = count(request);
        eventually(() -> assertThat(count(request)).as(request).isGreaterThanOrEqualTo(before + times));
    }

    /** Waits until this has been asked so many times since the beginning, by whomever. */
    public void awaitInAll(int times, String request) {
        eventually(() -> assertThat(count(request)).as(request).isGreaterThanOrEqualTo(times));
    }

    /** How often this has been asked since the beginning, by whomever. */
    public long count(String request) {
        return requests.stream().filter(request::equals).count();
    }

    @Override
    public void close() {
        connection.closeDispatcher(dispatcher);
    }
}
