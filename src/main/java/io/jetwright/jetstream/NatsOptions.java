package io.jetwright.jetstream;

import io.nats.client.AuthHandler;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.impl.NatsServerPool;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How jnats is told to connect. It tries each server once; whoever wants a connection again asks for a new one. */
final class NatsOptions {
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(NatsOptions.class);

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
     * @param discovered servers that another one has told of; tried, too, unless they would be asked for a certificate
     *     with a name of theirs, or for a password that stands in another one's URL
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
     * @throws JetStreamException.Denied if the credentials file is none
     * @throws IllegalArgumentException if the certificates cannot be read
     */
    Options build(ConnectionListener events, ErrorListener errors, ExecutorService callbacks)
            throws JetStreamException.Denied {
        var builder = new Options.Builder()
                .servers(servers())
                .connectionName("jetwright")
                .connectionTimeout(CONNECT_TIMEOUT)
                .maxReconnects(0)
                .pingInterval(PING)
                .maxPingsOut(2)
                .bufferSize(BUFFER)
                .dataPortType(TellingDataPort.class.getName())
                .reportNoResponders()
                .serverPool(new Pool(isSecure()))
                .executor(network.tasks())
                .connectExecutor(network.tasks())
                .callbackExecutor(callbacks)
                .scheduledExecutor(network.timer())
                .connectionListener(events)
                .errorListener(errors);
        authenticate(builder);
        if (isSecure()) {
            TlsSettings tls = settings.tls() == null ? TlsSettings.DEFAULT : settings.tls();
            builder.sslContext(TlsContext.of(tls));
            if (tls.first()) {
                builder.tlsFirst();
            }
        }
        return builder.build();
    }

    private String[] servers() {
        boolean takesOthers =
                !isSecure() && settings.servers().stream().allMatch(server -> server.getRawUserInfo() == null);
        return Stream.concat(
                        settings.servers().stream().map(Object::toString),
                        takesOthers ? discovered.stream() : Stream.empty())
                .distinct()
                .toArray(String[]::new);
    }

    private boolean isSecure() {
        return settings.tls() != null
                || settings.servers().stream()
                        .anyMatch(server -> List.of("tls", "wss").contains(server.getScheme()));
    }

    private void authenticate(Options.Builder builder) throws JetStreamException.Denied {
        switch (settings.credentials()) {
            case Credentials.None none -> {}
            case Credentials.File file -> builder.authHandler(fromFile(file.path()));
            case Credentials.Nkey nkey ->
                builder.authHandler(Nats.staticCredentials(
                        nkey.jwt() == null ? null : nkey.jwt().reveal().toCharArray(),
                        nkey.seed().reveal().toCharArray()));
            case Credentials.User user ->
                builder.userInfo(user.name().reveal(), user.password().reveal());
            case Credentials.Token token -> builder.token(token.token().reveal().toCharArray());
        }
    }

    private static AuthHandler fromFile(Path credentials) throws JetStreamException.Denied {
        AuthHandler handler = Nats.credentials(credentials.toString());
        try {
            if (handler.getJWT() != null && handler.getID() != null) {
                return handler;
            }
        } catch (IllegalStateException e) {
            LOG.debug("{}: {}", credentials, e.toString());
        }
        throw new JetStreamException.Denied(
                "the credentials file %s holds no user's JWT and seed: see whether it is one that nsc has written"
                        .formatted(credentials));
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
