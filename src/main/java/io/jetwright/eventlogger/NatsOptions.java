package io.jetwright.eventlogger;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.pki.PkiException;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** What jnats is told about servers, credentials and certificates, read from their files anew each time. */
final class NatsOptions {
    /** Between two attempts to reconnect. */
    static final Duration RECONNECT_WAIT = Duration.ofSeconds(2);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PING_INTERVAL = Duration.ofSeconds(10);
    private static final char[] NO_PASSWORD = {};

    private NatsOptions() {}

    /**
     * Without listeners.
     *
     * @throws IOException if a file cannot be used; the message names it
     */
    static Options.Builder of(EventLoggerSettings settings) throws IOException {
        var builder = new Options.Builder()
                .servers(settings.servers().stream().map(URI::toString).toArray(String[]::new))
                .connectionName("event-logger " + settings.instance())
                .connectionTimeout(CONNECT_TIMEOUT)
                .pingInterval(PING_INTERVAL)
                .maxReconnects(-1)
                .reconnectDelayHandler(round -> RECONNECT_WAIT)
                .reconnectBufferSize(0)
                .supportUTF8Subjects();
        authenticate(builder, settings.access());
        secure(builder, settings.access().tls());
        return builder;
    }

    private static void authenticate(Options.Builder builder, NatsAccess access) throws IOException {
        if (access.credentials().isPresent()) {
            builder.authHandler(Nats.credentials(access.credentials().get().toString()));
        } else if (access.nkey().isPresent()) {
            Path file = access.nkey().get();
            try {
                char[] seed = line(file).toCharArray();
                NKey.fromSeed(seed).clear();
                builder.authHandler(Nats.staticCredentials(null, seed));
            } catch (IllegalArgumentException e) {
                throw new IOException("the file " + file + " holds no NKey seed", e);
            }
        } else if (access.user().isPresent() && access.password().isPresent()) {
            builder.userInfo(line(access.user().get()), line(access.password().get()));
        } else if (access.token().isPresent()) {
            builder.token(line(access.token().get()).toCharArray());
        }
    }

    /** A secret, without the line's end that an editor has put behind it. */
    private static String line(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new IOException("the file " + file + " cannot be read", e);
        }
        return text.replaceAll("\\R+$", "");
    }

    private static void secure(Options.Builder builder, NatsAccess.Tls tls) throws IOException {
        if (tls.authorities().isPresent() || tls.certificate().isPresent()) {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(keyManagers(tls), trustManagers(tls), new SecureRandom());
                builder.sslContext(context);
            } catch (GeneralSecurityException e) {
                throw new IOException("the TLS files cannot be used: " + e.getMessage(), e);
            }
        }
        if (tls.isFirst()) {
            builder.tlsFirst();
        }
    }

    private static TrustManager @org.jspecify.annotations.Nullable [] trustManagers(NatsAccess.Tls tls)
            throws GeneralSecurityException, IOException {
        if (tls.authorities().isEmpty()) {
            return null;
        }
        Path file = tls.authorities().get();
        List<X509Certificate> certificates = read(file, () -> Keys.builder()
                .pem(pem -> pem.certificates(Resource.create(file)))
                .build()
                .certs());
        KeyStore store = emptyStore();
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("authority-" + i, certificates.get(i));
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @org.jspecify.annotations.Nullable [] keyManagers(NatsAccess.Tls tls)
            throws GeneralSecurityException, IOException {
        if (tls.certificate().isEmpty() || tls.key().isEmpty()) {
            return null;
        }
        Path certificate = tls.certificate().get();
        Path key = tls.key().get();
        Keys keys = read(key, () -> Keys.builder()
                .pem(pem -> pem.key(Resource.create(key)).certChain(Resource.create(certificate)))
                .build());
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "client",
                keys.privateKey().orElseThrow(() -> new IOException("the file " + key + " holds no private key")),
                NO_PASSWORD,
                keys.certChain().toArray(X509Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    /** Something that reads PEM. */
    @FunctionalInterface
    private interface Reading<T> {
        T read();
    }

    private static <T> T read(Path file, Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (PkiException | UnsupportedOperationException | IllegalArgumentException e) {
            throw new IOException("the file " + file + " is no usable PEM: " + e.getMessage(), e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
