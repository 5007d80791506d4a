package io.jetwright.jetstream;

import static io.jetwright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.Credentials;
import io.jetwright.nats.FakeNatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.Status;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeTest {
    private static final String SUBJECT = "$JS.API.STREAM.INFO.ORDERS";
    private static final Message ANSWER =
            NatsMessage.builder().subject("answer").data(new byte[0]).build();
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final CompletableFuture<Message> answer = new CompletableFuture<>();
    private final List<String> pauses = new ArrayList<>();
    private volatile Connection.Status status = Connection.Status.CONNECTED;
    private volatile Runnable onRequest = () -> {};

    @Test
    void aQuickAnswerIsReturnedWithoutAPause() throws Exception {
        answer.complete(ANSWER);

        assertThat(request(exchange(LONG, LONG))).isSameAs(ANSWER);
        assertThat(pauses).isEmpty();
    }

    @Test
    void othersWorkWhileAnAnswerTakesLong() throws Exception {
        var exchange = new Exchange(FakeNatsServer.settings(4222), pause(() -> answer.complete(ANSWER)), LONG, SHORT);

        assertThat(request(exchange)).isSameAs(ANSWER);
        assertThat(pauses).containsExactly("begin", "end");
    }

    @Test
    void whereNobodyRespondsJetStreamIsDisabled() {
        answer.completeExceptionally(new JetStreamStatusException(new Status(503, "No Responders")));

        assertThatThrownBy(() -> request(exchange(LONG, LONG)))
                .isInstanceOf(JetStreamException.Disabled.class)
                .hasMessage(
                        "nats://127.0.0.1:4222 has no JetStream for this account: start nats-server with --jetstream, and enable JetStream for the account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$JS.hub.API", "JS.shop.API"})
    void whereNobodyRespondsBehindADomainOrAnImportItIsNotReached(String apiPrefix) {
        answer.completeExceptionally(new JetStreamStatusException(new Status(503, "No Responders")));
        var settings = new ConnectionSettings(
                FakeNatsServer.settings(4222).servers(), new Credentials.None(), null, apiPrefix);
        var exchange = new Exchange(settings, pause(() -> {}), LONG, LONG);

        assertThatThrownBy(() -> request(exchange))
                .isInstanceOf(JetStreamException.Unreachable.class)
                .hasMessage(
                        "nobody responds to %s.> on nats://127.0.0.1:4222: see whether the leaf node's link to that domain is up, and whether domain or apiPrefix is right",
                        apiPrefix);
    }

    @Test
    void aRefusalThatComesWhileTheRequestWaitsFailsIt() throws Exception {
        Exchange exchange = exchange(LONG, LONG);
        FutureTask<Message> request = begin(exchange);

        exchange.refused(SUBJECT);

        assertDenied(request);
    }

    @Test
    void aRefusalThatComesBeforeTheRequestWaitsFailsIt() {
        Exchange exchange = exchange(LONG, LONG);
        onRequest = () -> exchange.refused(SUBJECT);

        assertThatThrownBy(() -> request(exchange)).isInstanceOf(JetStreamException.Denied.class);
    }

    @Test
    void aRefusalOfAnEarlierRequestIsForgotten() throws Exception {
        Exchange exchange = exchange(LONG, LONG);
        exchange.refused(SUBJECT);
        answer.complete(ANSWER);

        assertThat(request(exchange)).isSameAs(ANSWER);
    }

    @Test
    void aRefusalOfAnotherSubjectFailsNothing() throws Exception {
        Exchange exchange = exchange(LONG, LONG);
        FutureTask<Message> request = begin(exchange);

        exchange.refused("$JS.API.STREAM.INFO.INVOICES");
        answer.complete(ANSWER);

        assertThat(request.get()).isSameAs(ANSWER);
    }

    @Test
    void theLossOfTheConnectionFailsWhatIsUnderWay() throws Exception {
        Exchange exchange = exchange(LONG, LONG);
        FutureTask<Message> request = begin(exchange);

        exchange.lost();

        assertThatThrownBy(request::get)
                .cause()
                .isInstanceOf(JetStreamException.Unreachable.class)
                .hasMessage("nats://127.0.0.1:4222 did not answer: the connection is lost");
    }

    @Test
    void anAnswerThatDoesNotComeInTimeSaysHowLongItWasWaitedFor() {
        var exchange = exchange(Duration.ofMillis(1001), Duration.ofSeconds(1));

        assertThatThrownBy(() -> request(exchange))
                .isInstanceOf(JetStreamException.Unreachable.class)
                .hasMessage("nats://127.0.0.1:4222 did not answer " + SUBJECT
                        + " within 1 s: see whether its JetStream has a leader");
        assertThat(pauses).containsExactly("begin", "end");
    }

    @Test
    void aRequestThatIsCancelledByTheEndOfItsConnectionSaysThatThisIsLost() {
        answer.cancel(false);
        status = Connection.Status.CLOSED;

        assertThatThrownBy(() -> request(exchange(LONG, LONG)))
                .isInstanceOf(JetStreamException.Unreachable.class)
                .hasMessageEndingWith("the connection is lost");
    }

    @Test
    void anInterruptionIsKept() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> request(exchange(LONG, LONG)))
                .isInstanceOf(JetStreamException.Unreachable.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    private Exchange exchange(Duration timeout, Duration quick) {
        return new Exchange(FakeNatsServer.settings(4222), pause(() -> {}), timeout, quick);
    }

    private Pause pause(Runnable onBegin) {
        return new Pause() {
            @Override
            public void begin() {
                pauses.add("begin");
                onBegin.run();
            }

            @Override
            public void end() {
                pauses.add("end");
            }
        };
    }

    private Message request(Exchange exchange) throws JetStreamException {
        return exchange.request(connection(), SUBJECT, new byte[0]);
    }

    /** Begins a request in a thread of its own; returns when the request waits for its answer. */
    private FutureTask<Message> begin(Exchange exchange) {
        var request = new FutureTask<>(() -> request(exchange));
        Thread thread = Thread.ofPlatform().start(request);
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return request;
    }

    private static void assertDenied(FutureTask<Message> request) {
        assertThatThrownBy(request::get)
                .cause()
                .isInstanceOf(JetStreamException.Denied.class)
                .hasMessage("the NATS user may not publish to %s on nats://127.0.0.1:4222: allow it in its permissions"
                        .formatted(SUBJECT));
    }

    /** A connection whose requests all have the same answer. */
    private Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "requestWithTimeout" -> {
                        onRequest.run();
                        yield answer;
                    }
                    case "getStatus" -> status;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
