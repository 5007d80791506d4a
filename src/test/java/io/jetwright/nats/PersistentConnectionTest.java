package io.jetwright.nats;

import static io.jetwright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.Options;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PersistentConnectionTest {
    private static final SettingNames NAMES = new SettingNames("tls", "first", "authorities", "client certificate");
    private static final Backoff SOON = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));
    private static final Backoff NEVER = new Backoff(Duration.ofDays(1), Duration.ofDays(1));

    private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
    private FakeNatsServer server;
    private RecordingHandler handler;

    @BeforeEach
    void start() throws Exception {
        server = new FakeNatsServer();
        handler = new RecordingHandler(server.settings());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        tasks.close();
    }

    @Test
    void thereIsNoConnectionBeforeTheStart() {
        try (var connection = persistent(SOON)) {
            assertThat(connection.connection()).isNull();
        }
        assertThat(handler.events).isEmpty();
    }

    @Test
    void theOptionsOfTheHandlerAreUsed() {
        try (var connection = started(SOON)) {
            await().until(() -> connection.connection() != null);
        }
        assertThat(server.greetings()).singleElement().asString().contains("\"name\":\"of the test\"");
    }

    @Test
    void aLostConnectionIsMadeAgain() throws Exception {
        try (var connection = started(SOON)) {
            await().until(() -> handler.events.contains("connected"));
            Connection first = connection.connection();

            server.disconnect();

            await().untilAsserted(() -> assertThat(handler.events)
                    .containsExactly(
                            "connected",
                            "lost UNREACHABLE the connection to nats://the-servers:4222 is lost, and is tried again all"
                                    + " the time: see whether nats-server runs there",
                            "connected"));
            assertThat(connection.connection()).isNotNull().isNotSameAs(first);
        }
    }

    @Test
    void aLostConnectionIsGivenOutUntilTheHandlerKnowsTheReason() throws Exception {
        try (var connection = persistent(SOON)) {
            var givenOut = new ConcurrentLinkedQueue<Boolean>();
            handler.onLost = () -> givenOut.add(connection.connection() != null);
            connection.start();
            await().until(() -> handler.events.contains("connected"));

            server.disconnect();

            await().untilAsserted(() -> assertThat(givenOut).containsExactly(true));
        }
    }

    @Test
    void serversThatAnotherOneHasToldOfAreTriedAfterALoss() throws Exception {
        try (var other = new FakeNatsServer()) {
            var first = new FakeNatsServer(other.port());
            handler = new RecordingHandler(first.settings());
            try (var connection = started(SOON)) {
                await().until(() -> connection.connection() != null);

                first.close();

                await().untilAsserted(() -> assertThat(other.greetings()).isNotEmpty());
            }
        }
    }

    @Test
    void settingsAreReadForEachAttempt() {
        handler.settings.add(new ConnectFailure(ConnectFailure.Kind.DENIED, "the file is missing"));
        handler.settings.add(new ConnectFailure(ConnectFailure.Kind.DENIED, "the file is empty"));
        try (var connection = started(SOON)) {
            await().until(() -> handler.events.contains("connected"));
            assertThat(connection.connection()).isNotNull();
        }
        assertThat(handler.events)
                .startsWith("failed DENIED the file is missing", "failed DENIED the file is empty", "connected");
    }

    @Test
    void eachAttemptThatFailsIsTold() throws Exception {
        // bound, and nobody listens there
        try (var bound = new Socket()) {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            handler = new RecordingHandler(FakeNatsServer.settings(bound.getLocalPort()));
            try (var connection = started(SOON)) {
                await().until(() -> handler.events.size() > 1);
                assertThat(connection.connection()).isNull();
            }
            // the attempt that is under way when the connection is closed may end in another way
            assertThat(handler.events.stream().limit(2)).allSatisfy(event -> assertThat(event)
                    .startsWith("failed UNREACHABLE nats://127.0.0.1:" + bound.getLocalPort())
                    .endsWith("(connection refused)"));
        }
    }

    @Test
    void aConnectionThatIsOfNoUseIsClosedAndMadeAgain() {
        handler.preparations.add(fresh -> {
            throw new ConnectFailure(ConnectFailure.Kind.DENIED, "it may not subscribe");
        });
        try (var connection = started(SOON)) {
            await().until(() -> handler.events.contains("connected"));
            assertThat(connection.connection()).isNotNull();
        }
        assertThat(handler.events).startsWith("failed DENIED it may not subscribe", "connected");
        assertThat(handler.prepared.peek()).extracting(Connection::getStatus).isEqualTo(Connection.Status.CLOSED);
    }

    @Test
    void aConnectionThatIsNotYetPreparedIsNotGivenOut() {
        var givenOut = new ConcurrentLinkedQueue<Boolean>();
        try (var connection = persistent(SOON)) {
            handler.preparations.add(fresh -> givenOut.add(connection.connection() != null));
            connection.start();
            await().until(() -> connection.connection() != null);
        }
        assertThat(givenOut).containsExactly(false);
    }

    @Test
    void aConnectionThatBreaksWhileItIsPreparedIsMadeAgain() {
        handler.preparations.add(Connection::close);
        try (var connection = started(SOON)) {
            await().until(() -> handler.events.contains("connected"));
            assertThat(connection.connection()).isNotNull();
        }
        assertThat(handler.events).startsWith("connected");
        assertThat(server.greetings()).hasSize(2);
    }

    @Test
    void anExceptionThatNobodyForesawIsToldWithoutCredentialsAndTriedAgain() {
        handler.preparations.add(fresh -> {
            throw new UnsupportedOperationException("nats://user:secret@host");
        });
        try (var connection = started(SOON)) {
            await().until(() -> handler.events.contains("connected"));
            assertThat(connection.connection()).isNotNull();
        }
        assertThat(handler.events)
                .startsWith(
                        "failed UNREACHABLE nats://the-servers:4222 cannot be used, for a reason that nobody foresaw"
                                + " (java.lang.UnsupportedOperationException: nats://host): it is tried again; please"
                                + " report this",
                        "connected");
    }

    @Test
    void whateverTheHandlerThrowsTheConnectionIsMadeAgain() throws Exception {
        handler.settings.add(new ConnectFailure(ConnectFailure.Kind.DENIED, "the file is missing"));
        handler.isFailing = true;
        try (var connection = started(SOON)) {
            await().until(() -> handler.events.contains("connected"));

            server.disconnect();

            await().until(() -> handler.events.size() == 4);
            assertThat(connection.connection()).isNotNull();
        }
    }

    @Test
    void anErrorOfTheServerIsToldWithItsText() {
        server.denyPublication("orders");
        try (var connection = started(SOON)) {
            await().until(() -> connection.connection() != null);

            handler.prepared.element().publish("orders", new byte[0]);

            await().untilAsserted(() -> assertThat(handler.errors)
                    .singleElement()
                    .asString()
                    .containsIgnoringCase("Permissions Violation for Publish to \"orders\""));
        }
    }

    @Test
    void beforeItIsClosedTheConnectionIsLeftToTheHandler() {
        PersistentConnection connection = started(SOON);
        await().until(() -> handler.events.contains("connected"));
        Connection last = connection.connection();

        connection.close();

        assertThat(handler.events).containsExactly("connected", "closing CONNECTED");
        assertThat(last).extracting(Connection::getStatus).isEqualTo(Connection.Status.CLOSED);
        assertThat(connection.connection()).isNull();
    }

    @Test
    void closingTwiceClosesOnce() {
        PersistentConnection connection = started(SOON);
        await().until(() -> handler.events.contains("connected"));

        connection.close();
        connection.close();

        assertThat(handler.events).containsOnlyOnce("closing CONNECTED");
    }

    @Test
    void afterTheEndNobodyWaitsForTheNextAttempt() {
        handler.settings.add(new ConnectFailure(ConnectFailure.Kind.DENIED, "the file is missing"));
        try (var connection = started(NEVER)) {
            await().until(() -> !handler.events.isEmpty());
            assertThat(connection.connection()).isNull();
        }

        tasks.close();

        assertThat(handler.events).containsExactly("failed DENIED the file is missing");
    }

    @Test
    void aConnectionThatIsMadeWhileItIsNoLongerWantedIsClosed() {
        var preparing = new CountDownLatch(1);
        var isClosed = new CountDownLatch(1);
        handler.preparations.add(fresh -> {
            preparing.countDown();
            isClosed.await();
        });
        try (var connection = started(SOON)) {
            await().until(() -> preparing.getCount() == 0);
            assertThat(connection.connection()).isNull();
        }
        isClosed.countDown();

        tasks.close();

        assertThat(handler.events).isEmpty();
        assertThat(handler.prepared)
                .singleElement()
                .extracting(Connection::getStatus)
                .isEqualTo(Connection.Status.CLOSED);
    }

    private PersistentConnection started(Backoff backoff) {
        PersistentConnection connection = persistent(backoff);
        connection.start();
        return connection;
    }

    private PersistentConnection persistent(Backoff backoff) {
        return new PersistentConnection("nats://the-servers:4222", NAMES, backoff, tasks, handler);
    }

    private interface Preparation {
        void prepare(Connection fresh) throws ConnectFailure, InterruptedException;
    }

    /** Does what it is told to, and remembers what it was told. */
    private static final class RecordingHandler implements ConnectionHandler {
        final Queue<ConnectFailure> settings = new ConcurrentLinkedQueue<>();
        final Queue<Preparation> preparations = new ConcurrentLinkedQueue<>();
        final Queue<Connection> prepared = new ConcurrentLinkedQueue<>();
        final Queue<String> events = new ConcurrentLinkedQueue<>();
        final Queue<String> errors = new ConcurrentLinkedQueue<>();
        volatile boolean isFailing;
        volatile Runnable onLost = () -> {};
        private final ConnectionSettings valid;

        RecordingHandler(ConnectionSettings valid) {
            this.valid = valid;
        }

        @Override
        public ConnectionSettings settings() throws ConnectFailure {
            ConnectFailure failure = settings.poll();
            if (failure != null) {
                throw failure;
            }
            return valid;
        }

        @Override
        public void configure(Options.Builder options) {
            options.connectionName("of the test").connectionTimeout(Duration.ofSeconds(5));
        }

        @Override
        public void prepare(Connection fresh) throws ConnectFailure, InterruptedException {
            prepared.add(fresh);
            Preparation preparation = preparations.poll();
            if (preparation != null) {
                preparation.prepare(fresh);
            }
        }

        @Override
        public void connected(Connection fresh) {
            tell("connected");
        }

        @Override
        public void failed(ConnectFailure reason) {
            tell("failed " + reason.kind() + " " + reason.getMessage());
        }

        @Override
        public void lost(ConnectFailure reason) {
            onLost.run();
            tell("lost " + reason.kind() + " " + reason.getMessage());
        }

        @Override
        public void closing(Connection last) {
            tell("closing " + last.getStatus());
        }

        @Override
        public void errorOccurred(Connection source, String error) {
            errors.add(error);
        }

        private void tell(String event) {
            events.add(event);
            if (isFailing) {
                throw new UnsupportedOperationException(event);
            }
        }
    }
}
