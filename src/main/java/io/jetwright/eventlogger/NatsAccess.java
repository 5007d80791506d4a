package io.jetwright.eventlogger;

import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.Credentials;
import io.jetwright.nats.Sensitive;
import io.jetwright.nats.TlsSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files with the app's credentials and certificates. They are read at each attempt to connect, so that a change takes
 * effect without a restart. At most one of credentials, nkey, user and token is present.
 *
 * @param credentials a file as nsc writes it
 * @param nkey a file with the seed
 * @param jwt a file with the JWT of the nkey's user; only beside the nkey
 * @param user a file with the name; present if and only if the password is
 * @param token a file with the token
 */
record NatsAccess(
        Optional<Path> credentials,
        Optional<Path> nkey,
        Optional<Path> jwt,
        Optional<Path> user,
        Optional<Path> password,
        Optional<Path> token,
        Tls tls) {

    /**
     * The files with certificates, in PEM.
     *
     * @param authorities the authorities that may sign the servers' certificates; empty: those that Java trusts
     * @param certificate the client's, with its chain; present if and only if the key is
     * @param isFirst whether the handshake comes before the server's greeting
     */
    record Tls(Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key, boolean isFirst) {
        private @Nullable TlsSettings read() throws IOException {
            if (authorities.isEmpty() && certificate.isEmpty() && !isFirst) {
                return null;
            }
            var trusting = new TlsSettings(text(authorities), null, null, isFirst);
            check(trusting, authorities.stream().toList());
            String secret = text(key);
            var settings = new TlsSettings(
                    trusting.authorities(),
                    text(certificate),
                    secret == null ? null : new Sensitive(secret),
                    trusting.first());
            check(settings, Stream.concat(certificate.stream(), key.stream()).toList());
            return settings;
        }

        private static void check(TlsSettings settings, List<Path> files) throws IOException {
            parse(files, () -> {
                settings.check();
                return settings;
            });
        }
    }

    /**
     * Reads the files.
     *
     * @throws IOException if one cannot be used; the message names it, and quotes nothing of it
     */
    ConnectionSettings read(List<URI> servers) throws IOException {
        return new ConnectionSettings(servers, readCredentials(), tls.read(), ConnectionSettings.API);
    }

    private Credentials readCredentials() throws IOException {
        String file = text(credentials);
        if (file != null) {
            return parse(credentials.stream().toList(), () -> Credentials.ofFile(file));
        }
        String seed = text(nkey);
        if (seed != null) {
            String claims = text(jwt);
            return parse(
                    Stream.concat(jwt.stream(), nkey.stream()).toList(),
                    () -> claims == null ? Credentials.ofSeed(seed) : Credentials.ofJwt(claims, seed));
        }
        String name = text(user);
        String secret = text(password);
        if (name != null && secret != null) {
            return new Credentials.User(Sensitive.ofLine(name), Sensitive.ofLine(secret));
        }
        String known = text(token);
        return known == null ? new Credentials.None() : new Credentials.Token(Sensitive.ofLine(known));
    }

    private static @Nullable String text(Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            return null;
        }
        try {
            return Files.readString(file.get());
        } catch (IOException e) {
            throw new IOException("the file " + file.get() + " cannot be read", e);
        }
    }

    private static <T> T parse(List<Path> files, Supplier<T> parser) throws IOException {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            String names = files.stream().map(Path::toString).collect(Collectors.joining(" and "));
            throw new IOException("%s cannot be used: %s".formatted(names, e.getMessage()), e);
        }
    }
}
