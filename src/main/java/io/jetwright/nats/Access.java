package io.jetwright.nats;

import io.jetwright.nats.ConnectFailure.Kind;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.impl.NatsServerPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Translates connection settings to jnats' options for servers, credentials and TLS. */
final class Access {
    private Access() {}

    /**
     * Puts the settings onto the options for one attempt to connect. Where TLS is spoken, the options get a server pool
     * that keeps the servers' names, since their certificates are for these; jnats would put addresses in their place.
     *
     * @param discovered servers that the cluster announced, as URLs; added, unless their certificates may be for other names
     *     than those announced, or the credentials are part of a URL, which an announced server does not have
     * @throws ConnectFailure if the credentials file or the certificates cannot be read; the message quotes nothing secret
     */
    static void put(ConnectionSettings settings, List<String> discovered, Options.Builder options)
            throws ConnectFailure {
        options.servers(servers(settings, discovered)).dataPortType(TellingDataPort.class.getName());
        authenticate(settings.credentials(), options);
        if (settings.isSecure()) {
            TlsSettings tls = settings.tls() == null ? TlsSettings.DEFAULT : settings.tls();
            options.sslContext(context(tls)).serverPool(new NamedServers());
            if (tls.first()) {
                options.tlsFirst();
            }
        }
    }

    private static String[] servers(ConnectionSettings settings, List<String> discovered) {
        boolean takesOthers =
                !settings.isSecure() && settings.servers().stream().allMatch(server -> server.getRawUserInfo() == null);
        return Stream.concat(
                        settings.servers().stream().map(Object::toString),
                        takesOthers ? discovered.stream() : Stream.empty())
                .distinct()
                .toArray(String[]::new);
    }

    private static void authenticate(Credentials credentials, Options.Builder options) throws ConnectFailure {
        switch (credentials) {
            case Credentials.None none -> {}
            case Credentials.File file -> authenticate(read(file.path()), options);
            case Credentials.Nkey nkey ->
                options.authHandler(Nats.staticCredentials(
                        nkey.jwt() == null ? null : nkey.jwt().reveal().toCharArray(),
                        nkey.seed().reveal().toCharArray()));
            case Credentials.User user ->
                options.userInfo(user.name().reveal(), user.password().reveal());
            case Credentials.Token token -> options.token(token.token().reveal().toCharArray());
        }
    }

    private static SSLContext context(TlsSettings tls) throws ConnectFailure {
        try {
            return TlsContext.of(tls);
        } catch (IllegalArgumentException e) {
            throw new ConnectFailure(Kind.INSECURE, String.valueOf(e.getMessage()));
        }
    }

    private static Credentials read(Path file) throws ConnectFailure {
        try {
            return Credentials.ofFile(Files.readString(file));
        } catch (IOException e) {
            throw new ConnectFailure(Kind.DENIED, "the credentials file %s cannot be read".formatted(file));
        } catch (IllegalArgumentException e) {
            throw new ConnectFailure(
                    Kind.DENIED,
                    "the credentials file %s holds no user's JWT and seed: see whether it is one that nsc has written"
                            .formatted(file));
        }
    }

    private static final class NamedServers extends NatsServerPool {
        @Override
        public @Nullable List<String> resolveHostToIps(String host, boolean onlyOne, boolean withIpv6) {
            return null;
        }
    }
}
