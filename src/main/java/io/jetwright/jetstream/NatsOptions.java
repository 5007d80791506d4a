package io.jetwright.jetstream;

import io.jetwright.nats.ConnectionSettings;
import io.nats.client.Options;
import io.nats.client.impl.NatsServerPool;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operator's options for jnats beside servers, credentials and TLS. All connections share the threads of a network. */
final class NatsOptions {
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** The time between two pings. The connection is lost when two pings in a row have no answer. */
    private static final Duration PING = Duration.ofSeconds(2);

    /** In bytes, per connection; grows if an answer is larger. jnats' default is 64 KiB. */
    private static final int BUFFER = 16 * 1024;

    private final ConnectionSettings settings;
    private final Network network;

    NatsOptions(ConnectionSettings settings, Network network) {
        this.settings = settings;
        this.network = network;
    }

    /** Adds the options to others. */
    void configure(Options.Builder options) {
        options.connectionName("jetwright")
                .connectionTimeout(CONNECT_TIMEOUT)
                .pingInterval(PING)
                .maxPingsOut(2)
                .bufferSize(BUFFER)
                .reportNoResponders()
                .serverPool(new Pool(settings.isSecure()))
                .executor(network.tasks())
                .connectExecutor(network.tasks())
                .scheduledExecutor(network.timer());
    }

    /**
     * Looks names up in the threads of the network. With TLS, jnats keeps the name, which the certificate is for; the lookup
     * only fills Java's cache.
     */
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
