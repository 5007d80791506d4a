package io.jetwright.eventlogger;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of HTTP clients: limits how many there are, in all and of each address, and closes those whose client does
 * not do in time what it has to.
 */
final class Connections implements ServerConnectionSelector, AutoCloseable {
    /** For the first request to come. */
    private static final Duration FIRST_REQUEST = Duration.ofSeconds(20);

    /** For the next request to come. Longer than proxies keep connections that they do not use. */
    private static final Duration NEXT_REQUEST = Duration.ofSeconds(75);

    /** For the request to come that is told that there is no room. */
    private static final Duration REFUSED_REQUEST = Duration.ofSeconds(2);

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(250);

    /** Beside listeners. */
    private static final int OTHERS = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final Http1ConnectionSelector http =
            Http1ConnectionSelector.builder().config(Http1Config.create()).build();
    private final Clients clients;
    private final int most;
    private final Map<Thread, Connection> open = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong expired = new AtomicLong();
    private @Nullable Thread watching;

    /**
     * @param listeners how many of the connections may be those of listeners
     */
    Connections(Clients clients, int listeners) {
        this.clients = clients;
        this.most = listeners + OTHERS;
    }

    /** Begins to look for connections whose time is over. */
    void start() {
        watching = Thread.ofVirtual().name("connection-deadlines").start(this::watch);
    }

    /** How many there are. */
    int count() {
        return count.get();
    }

    /** How many were refused because there were too many. */
    long refused() {
        return refused.get();
    }

    /** How many were closed because their clients were too slow. */
    long expired() {
        return expired.get();
    }

    /** The connection that the current thread serves. */
    Connection current() {
        Connection connection = open.get(Thread.currentThread());
        if (connection == null) {
            throw new IllegalStateException("not the thread of a connection");
        }
        return connection;
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(CHECK_INTERVAL);
                open.values().forEach(Connection::closeIfOver);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Thread current = watching;
        if (current != null) {
            current.interrupt();
        }
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        try {
            return new Connection(context, http.connection(context));
        } catch (Error e) {
            FatalError.tell(e);
            throw e;
        }
    }

    /** One connection. */
    final class Connection implements ServerConnection, InterruptableTask<Void> {
        private final ConnectionContext context;
        private final ServerConnection requests;
        private final InetAddress peer;
        private final Deadline deadline = new Deadline();

        private Connection(ConnectionContext context, ServerConnection requests) {
            this.context = context;
            this.requests = requests;
            this.peer = ((InetSocketAddress) context.remotePeer().address()).getAddress();
        }

        /** The other end. */
        InetAddress peer() {
            return peer;
        }

        /** When it is over, the connection is closed. */
        Deadline deadline() {
            return deadline;
        }

        /** From now on the client waits for the answer to a request. */
        void requested() {
            deadline.clear();
        }

        /** From now on the client may take its time until the next request. */
        void answered() {
            deadline.set(NEXT_REQUEST);
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            try {
                serve(limit);
            } catch (Error e) {
                FatalError.tell(e);
                throw e;
            }
        }

        private void serve(Limit limit) throws InterruptedException {
            String client = clients.isTrusted(peer) ? "" : clients.client(peer, List.of());
            boolean isWithinLimit = count.incrementAndGet() <= most;
            boolean isEntered = isWithinLimit && (client.isEmpty() || clients.enter(client));
            open.put(Thread.currentThread(), this);
            try {
                if (isEntered) {
                    deadline.set(FIRST_REQUEST);
                    requests.handle(limit);
                } else {
                    refused.incrementAndGet();
                    deadline.set(REFUSED_REQUEST);
                    refuse(isWithinLimit ? "of this address" : "");
                }
            } catch (UncheckedIOException e) {
                LOG.debug("A connection has ended: {}", e.toString());
            } finally {
                open.remove(Thread.currentThread());
                count.decrementAndGet();
                if (isEntered && !client.isEmpty()) {
                    clients.leave(client);
                }
            }
        }

        /** Waits for the head of the request, without which the client would see no answer. */
        private void refuse(String whose) {
            context.dataReader().ensureAvailable();
            Problem problem = Problem.unavailable("there are too many connections " + whose);
            byte[] body = problem.json();
            String head = "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: " + Problem.RETRY_AFTER
                    + "\r\nContent-Type: application/problem+json\r\nContent-Length: " + body.length + "\r\n\r\n";
            context.dataWriter()
                    .writeNow(BufferData.create(head.getBytes(StandardCharsets.US_ASCII)), BufferData.create(body));
        }

        private void closeIfOver() {
            if (deadline.isOver()) {
                deadline.clear();
                expired.incrementAndGet();
                try {
                    context.serverSocket().close();
                } catch (RuntimeException e) {
                    LOG.debug("A connection cannot be closed: {}", e.toString());
                }
            }
        }

        @Override
        public Duration idleTime() {
            return requests.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            requests.close(interrupt);
        }

        @Override
        public boolean canInterrupt() {
            return requests instanceof InterruptableTask<?> task && task.canInterrupt();
        }
    }
}
