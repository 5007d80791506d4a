package io.jetwright.jetstream;

import io.jetwright.nats.Backoff;
import io.jetwright.nats.ConnectFailure;
import io.jetwright.nats.ConnectionHandler;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.PersistentConnection;
import io.jetwright.nats.Sensitive;
import io.jetwright.nats.SettingNames;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Options;
import io.nats.client.Subscription;
import io.nats.client.impl.Headers;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection that requests to JetStream go over. It is made again whenever it is lost. Nobody waits for it: while it is
 * down, requests fail at once with the reason, and the listener learns when that changes.
 */
final class JetStreamConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JetStreamConnection.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));

    /** How long the first attempt may take before requests fail as unreachable. */
    private static final Duration FIRST_ATTEMPT = Duration.ofSeconds(3);

    /** How long a lost connection may be down before the listener learns of it. */
    private static final Duration DOWN_GRACE = Duration.ofSeconds(2);

    private static final SettingNames NAMES = new SettingNames(
            "spec.tls",
            "tlsFirst",
            "the authorities (ca) in the Secret of spec.tls",
            "cert and key in the Secret of spec.tls");

    private final ConnectionSettings settings;
    private final ConnectionListener listener;
    private final Network network;
    private final Clock clock = Clock.systemUTC();
    private final Consumer<Connection> onConnect;
    private final Exchange exchange;
    private final PersistentConnection persistent;

    private volatile boolean isClosed;

    /** Of {@link System#nanoTime}: the clock may be set meanwhile. */
    private volatile long downSince = System.nanoTime();

    private volatile JetStreamException failure;

    /** Whether {@link #failure} is that the connection was lost. */
    private volatile boolean lost;

    private volatile ConnectionHealth.@Nullable Trouble lastTrouble;

    /**
     * Begins to connect, and returns at once.
     *
     * @param onConnect called with each new connection before anybody is told of it
     */
    JetStreamConnection(
            ConnectionSettings settings,
            ConnectionListener listener,
            Network network,
            Pause pause,
            Consumer<Connection> onConnect) {
        this.settings = settings;
        this.listener = listener;
        this.network = network;
        this.onConnect = onConnect;
        this.exchange = new Exchange(settings, pause);
        this.failure = new JetStreamException.Pending("connecting to " + settings);
        this.persistent = new PersistentConnection(settings.toString(), NAMES, BACKOFF, network.tasks(), new Handler());
        persistent.start();
        var unused = network.timer()
                .schedule(this::tellIfStillConnecting, FIRST_ATTEMPT.toMillis() + 50, TimeUnit.MILLISECONDS);
    }

    /** A first attempt that takes long is reported before it is over. */
    private void tellIfStillConnecting() {
        if (!isClosed && !isUp() && failure instanceof JetStreamException.Pending) {
            network.tasks().execute(() -> listener.disconnected(settings));
        }
    }

    boolean isUp() {
        Connection current = persistent.connection();
        return current != null && current.getStatus() == Connection.Status.CONNECTED;
    }

    /** Whether the outcome of the first attempt is not known yet; the listener is told of it. */
    boolean isConnecting() {
        return !isUp() && failure instanceof JetStreamException.Pending && !isDownFor(FIRST_ATTEMPT);
    }

    ConnectionHealth.@Nullable Trouble lastTrouble() {
        return lastTrouble;
    }

    /**
     * The connection, which is up.
     *
     * @throws JetStreamException if it is down: the reason
     */
    Connection connection() throws JetStreamException {
        Connection current = persistent.connection();
        if (current != null && current.getStatus() == Connection.Status.CONNECTED) {
            return current;
        }
        JetStreamException known = failure;
        if (known instanceof JetStreamException.Pending && isDownFor(FIRST_ATTEMPT)) {
            throw new JetStreamException.Unreachable(
                    settings + " has not answered yet: see whether nats-server runs there");
        }
        throw known;
    }

    private boolean isDownFor(Duration time) {
        return System.nanoTime() - downSince > time.toNanos();
    }

    /** Sends a request and waits for its answer. */
    Message request(String subject, byte[] body) throws JetStreamException {
        return exchange.request(connection(), subject, body);
    }

    /** The same with headers; null for none. */
    Message request(String subject, @Nullable Headers headers, byte[] body) throws JetStreamException {
        return exchange.request(connection(), subject, headers, body);
    }

    private void tellIfStillDown() {
        if (!isClosed && !isUp() && isDownFor(DOWN_GRACE.minusMillis(100))) {
            network.tasks().execute(() -> listener.disconnected(settings));
        }
    }

    @Override
    public void close() {
        isClosed = true;
        failure = new JetStreamException.Unreachable("the connection to " + settings + " is no longer needed");
        persistent.close();
    }

    /**
     * Fails requests at once if the server refuses their publication. Ends a connection that may no longer hear answers, so
     * that attempts to make it again report that.
     */
    private final class Handler implements ConnectionHandler {
        @Override
        public ConnectionSettings settings() {
            return settings;
        }

        @Override
        public void configure(Options.Builder options) {
            new NatsOptions(settings, network).configure(options);
        }

        @Override
        public void prepare(Connection fresh) throws ConnectFailure, InterruptedException {
            checkInbox(fresh);
            onConnect.accept(fresh);
        }

        /** A user without the permission to subscribe to an inbox would get no answer to any request. */
        private void checkInbox(Connection fresh) throws ConnectFailure, InterruptedException {
            Subscription inbox = fresh.subscribe(fresh.createInbox());
            try {
                fresh.flush(NatsOptions.CONNECT_TIMEOUT);
            } catch (TimeoutException e) {
                throw new IllegalStateException(settings + " does not answer", e);
            }
            inbox.unsubscribe();
            String error = fresh.getLastError();
            if (error != null && Violations.isOfInbox(error)) {
                throw new ConnectFailure(
                        ConnectFailure.Kind.DENIED,
                        "the NATS user may not subscribe to _INBOX.> on %s, and so hears no answers: allow it in its permissions"
                                .formatted(settings));
            }
        }

        @Override
        public void connected(Connection fresh) {
            listener.connected(settings);
        }

        /** Keeps quiet if the reason is known, or if a lost connection only stays unreachable. */
        @Override
        public void failed(ConnectFailure reason) {
            JetStreamException known = failure;
            lastTrouble = new ConnectionHealth.Trouble(reason.getMessage(), clock.instant());
            if ((lost && reason.kind() == ConnectFailure.Kind.UNREACHABLE)
                    || Objects.equals(reason.getMessage(), known.getMessage())) {
                return;
            }
            LOG.warn("{}", reason.getMessage());
            lost = false;
            failure = JetStreamException.of(reason);
            if (known instanceof JetStreamException.Pending || isDownFor(DOWN_GRACE)) {
                listener.disconnected(settings);
            }
        }

        @Override
        public void lost(ConnectFailure reason) {
            downSince = System.nanoTime();
            lost = true;
            failure = JetStreamException.of(reason);
            lastTrouble = new ConnectionHealth.Trouble(reason.getMessage(), clock.instant());
            LOG.warn("{}", reason.getMessage());
            exchange.lost();
            var unused = network.timer()
                    .schedule(JetStreamConnection.this::tellIfStillDown, DOWN_GRACE.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void closing(Connection last) {
            exchange.lost();
        }

        @Override
        public void errorOccurred(Connection source, String error) {
            Violations.publication(error).ifPresent(exchange::refused);
            if (Violations.isOfInbox(error) && persistent.connection() == source) {
                network.tasks().execute(() -> end(source));
            }
            LOG.debug("{}: {}", settings, Sensitive.withoutCredentials(error));
        }

        private static void end(Connection source) {
            try {
                source.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
