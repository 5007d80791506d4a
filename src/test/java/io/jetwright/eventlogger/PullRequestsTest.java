package io.jetwright.eventlogger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.Status;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullRequestsTest {
    private static final String TOO_LARGE = Status.MESSAGE_SIZE_EXCEEDS_MAX_BYTES;
    private static final PullRequests.Limits LIMITS = new PullRequests.Limits(3, 1000, 5000);

    private final Deque<Message> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private boolean isClosed;

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** What the server sends to the inbox. */
    private final Subscription inbox =
            proxy(Subscription.class, (self, method, arguments) -> switch (method.getName()) {
                case "nextMessage" -> answers.poll();
                case "getSubject" -> "_INBOX.1";
                case "unsubscribe" ->
                    throw new IllegalStateException(isClosed ? "the connection is closed" : "unexpected");
                default -> throw new UnsupportedOperationException(method.toString());
            });

    private final Connection connection =
            proxy(Connection.class, (self, method, arguments) -> switch (method.getName()) {
                case "createInbox" -> "_INBOX.1";
                case "subscribe" -> inbox;
                case "publish" -> {
                    assertThat(arguments[1]).isEqualTo("_INBOX.1");
                    requests.add(arguments[0] + " " + new String((byte[]) arguments[2], UTF_8));
                    yield null;
                }
                default -> throw new UnsupportedOperationException(method.toString());
            });

    private PullRequests pull(boolean areOnlyPresent) {
        return new PullRequests(connection, StreamFixtures.SETTINGS, "c1", LIMITS, areOnlyPresent);
    }

    private void answer(String... payloads) {
        for (String payload : payloads) {
            answers.add(new NatsMessage("events.a", null, payload.getBytes(UTF_8)));
        }
    }

    private void tell(int code, String text) {
        answers.add(new NatsMessage("_INBOX.1", null, new byte[0]) {
            @Override
            public boolean isStatusMessage() {
                return true;
            }

            @Override
            public Status getStatus() {
                return new Status(code, text);
            }
        });
    }

    private static @Nullable String next(PullRequests pull) throws InterruptedException {
        Message message = pull.next(Duration.ZERO);
        return message == null ? null : new String(message.getData(), UTF_8);
    }

    private static String request(int messages, int bytes) {
        return "$JS.API.CONSUMER.MSG.NEXT.EVENTS.c1 {\"batch\":%d,\"max_bytes\":%d,\"expires\":10000000000,\"idle_heartbeat\":2000000000}"
                .formatted(messages, bytes);
    }

    @Test
    void asksForSoManyMessagesAndBytesAndAgainOnceTheseHaveCome() throws Exception {
        answer("1", "2", "3");
        PullRequests pull = pull(false);
        assertThat(requests).isEmpty();

        assertThat(List.of(next(pull), next(pull), next(pull))).containsExactly("1", "2", "3");
        assertThat(requests).containsExactly(request(3, 1000));
        assertThat(next(pull)).isNull();
        assertThat(requests).containsExactly(request(3, 1000), request(3, 1000));
    }

    @Test
    void asksThroughThePrefixOfTheSettings() throws Exception {
        var settings = EventLoggerSettings.of(Map.of("JETSTREAM_API_PREFIX", "hub.API", "STREAM_NAME", "ORDERS"));
        next(new PullRequests(connection, settings, "c1", LIMITS));

        assertThat(requests).singleElement().asString().startsWith("hub.API.CONSUMER.MSG.NEXT.ORDERS.c1 {");
    }

    @ParameterizedTest
    @CsvSource({"404, No Messages", "408, Request Timeout", "409, Batch Completed"})
    void asksAgainWhenTheServerHasEndedARequest(int code, String text) throws Exception {
        answer("1");
        tell(code, text);
        answer("2");
        PullRequests pull = pull(false);

        assertThat(List.of(next(pull), next(pull))).containsExactly("1", "2");
        assertThat(requests).hasSize(2);
        assertThat(pull.isAtEnd()).isFalse();
    }

    @Test
    void aHeartbeatEndsNothing() throws Exception {
        tell(100, "Idle Heartbeat");
        answer("1");

        assertThat(next(pull(false))).isEqualTo("1");
        assertThat(requests).hasSize(1);
    }

    @Test
    void aMessageThatIsLargerThanARequestIsAskedForByItself() throws Exception {
        tell(409, TOO_LARGE);
        answer("large", "next");
        PullRequests pull = pull(false);

        assertThat(List.of(next(pull), next(pull))).containsExactly("large", "next");
        assertThat(pull.isTooLarge()).isFalse();
        assertThat(requests).containsExactly(request(3, 1000), request(1, 5000), request(3, 1000));
    }

    @Test
    void aMessageThatDoesNotFitBehindOthersComesWithTheNextRequest() throws Exception {
        answer("1");
        tell(409, TOO_LARGE);
        answer("2");
        PullRequests pull = pull(false);

        assertThat(List.of(next(pull), next(pull))).containsExactly("1", "2");
        assertThat(requests).containsExactly(request(3, 1000), request(3, 1000));
    }

    @Test
    void aMessageThatIsLargerThanTheLargestIsSaidToBe() throws Exception {
        tell(409, TOO_LARGE);
        tell(409, TOO_LARGE);
        PullRequests pull = pull(false);

        assertThat(next(pull)).isNull();
        assertThat(pull.isTooLarge()).isTrue();
        assertThat(next(pull)).isNull();
        assertThat(requests).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"404, No Messages", "408, Request Timeout"})
    void whereOnlyWhatThereIsIsWantedItEndsWithThat(int code, String text) throws Exception {
        answer("1");
        tell(code, text); // the last one may have come with the end of the request
        tell(code, text);
        PullRequests pull = pull(true);

        assertThat(next(pull)).isEqualTo("1");
        assertThat(pull.isAtEnd()).isFalse();
        assertThat(next(pull)).isNull();
        assertThat(pull.isAtEnd()).isTrue();
        assertThat(next(pull)).isNull();
        assertThat(requests).hasSize(2).allSatisfy(each -> assertThat(each)
                .contains("\"expires\":1000000000")
                .doesNotContain("heartbeat"));
    }

    @ParameterizedTest
    @CsvSource({"409, Consumer Deleted", "400, Bad Request", "503, No Responders Available For Request"})
    void whateverElseTheServerSaysIsAFailure(int code, String text) {
        tell(code, text);

        assertThatIllegalStateException().isThrownBy(() -> next(pull(false))).withMessageContaining(text);
    }

    @Test
    void endsWithTheConnection() {
        PullRequests pull = pull(false);
        isClosed = true;

        assertThatCode(pull::close).doesNotThrowAnyException();
    }
}
