package io.jetwright.jetstream;

import io.jetwright.nats.Access;
import io.jetwright.nats.ConnectFailure;
import io.jetwright.nats.ConnectionSettings;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.Options;
import io.nats.client.impl.NatsServerPool;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** How jnats is told to connect. It tries each server once; whoever wants a connection again asks for a new one. */
final class NatsOptions {
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** A connection on which two of these stay without an answer is lost. */
    private static final Duration PING = Duration.ofSeconds(2);

    /** Enough for most answers; larger ones have it grow. jnats takes 64 KiB, for each connection. */
    private static final int BUFFER = 16 * 1024;

    private final ConnectionSettings settings;
    private final Network network;
    private final List<String> discovered;

    /**
     * Options for these settings.
     *
     * @param discovered servers that another one has told of; see {@link Access}
     */
    NatsOptions(ConnectionSettings settings, Network network, List<String> discovered) {
        this.settings = settings;
        this.network = network;
        this.discovered = discovered;
    }

    /**
     * The options for one attempt.
     *
     * @param callbacks runs what the listeners do, one after the other
     * @throws ConnectFailure if the credentials file is none, or the certificates cannot be read
     */
    Options build(ConnectionListener events, ErrorListener errors, ExecutorService callbacks) throws ConnectFailure {
        var builder = new Options.Builder();
        Access.put(settings, discovered, builder);
        return builder.connectionName("jetwright")
                .connectionTimeout(CONNECT_TIMEOUT)
                .maxReconnects(0)
                .pingInterval(PING)
                .maxPingsOut(2)
                .bufferSize(BUFFER)
                .reportNoResponders()
                .serverPool(new Pool(settings.isSecure()))
                .executor(network.tasks())
                .connectExecutor(network.tasks())
                .callbackExecutor(callbacks)
                .scheduledExecutor(network.timer())
                .connectionListener(events)
                .errorListener(errors)
                .build();
    }

    /** Looks names up where nobody else has to wait. With TLS the name is kept, since the certificate is for that. */
    private final class Pool extends NatsServerPool {
        private final boolean keepsNames;

        Pool(boolean keepsNames) {
            this.keepsNames = keepsNames;
        }

        @Override
        public @Nullable List<String> resolveHostToIps(String host, boolean onlyOne, boolean withIpv6) {
            try {
                List<String> addresses = network.addresses(host, CONNECT_TIMEOUT);
                return keepsNames ? null : addresses;
            } catch (UnknownHostException e) {
                return null;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
    }
}
