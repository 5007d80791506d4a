package io.jetwright.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final Credentials NONE = new Credentials.None();

    @Test
    void withoutSecretsItIsEmpty() {
        assertThat(fingerprint(NONE, null)).isEmpty();
        assertThat(fingerprint(NONE, new TlsSettings(null, null, null, true))).isEmpty();
    }

    @Test
    void itIsTheSameInEachVersion() {
        // another value would replace the pods of all event loggers when the operator is upgraded
        assertThat(fingerprint(user("name", "password"), null)).isEqualTo("c43dc3aa2ed3e543c94f7167c7bafc76");
    }

    @Test
    void everySecretCounts() {
        assertThat(Stream.of(
                                fingerprint(user("name", "password"), null),
                                fingerprint(user("name", "other"), null),
                                fingerprint(user("namep", "assword"), null),
                                fingerprint(new Credentials.Token(new Sensitive("password")), null),
                                fingerprint(new Credentials.File(Path.of("password")), null),
                                fingerprint(new Credentials.Nkey(null, new Sensitive("password")), null),
                                fingerprint(
                                        new Credentials.Nkey(new Sensitive("jwt"), new Sensitive("password")), null),
                                fingerprint(NONE, new TlsSettings("password", null, null, false)),
                                fingerprint(NONE, new TlsSettings(null, "password", null, false)),
                                fingerprint(NONE, new TlsSettings(null, null, new Sensitive("password"), false)))
                        .toList())
                .doesNotHaveDuplicates()
                .allSatisfy(fingerprint -> assertThat(fingerprint).matches("[0-9a-f]{32}"));
    }

    @Test
    void withAnotherSaltItIsAnotherOne() {
        ConnectionSettings settings = settings(user("name", "password"), null);

        assertThat(Fingerprint.of(settings, "here")).isNotEqualTo(Fingerprint.of(settings, "there"));
    }

    private static String fingerprint(Credentials credentials, @Nullable TlsSettings tls) {
        return Fingerprint.of(settings(credentials, tls), "salt");
    }

    private static ConnectionSettings settings(Credentials credentials, @Nullable TlsSettings tls) {
        return new ConnectionSettings(
                List.of(URI.create("nats://localhost:4222")), credentials, tls, ConnectionSettings.API);
    }

    private static Credentials user(String name, String password) {
        return new Credentials.User(new Sensitive(name), new Sensitive(password));
    }
}
