package io.jetwright.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Options;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    private static final Credentials NONE = new Credentials.None();
    private static final List<String> DISCOVERED = List.of("nats://b:4222", "nats://a:4222");

    @TempDir
    private Path directory;

    @Test
    void discoveredServersAreTriedAfterTheNamedOnes() throws Exception {
        assertThat(options(List.of("nats://a:4222"), NONE, null).getUnprocessedServers())
                .containsExactly("nats://a:4222", "nats://b:4222");
    }

    @Test
    void discoveredServersAreNotAskedForACertificate() throws Exception {
        assertThat(options(List.of("tls://a:4222"), NONE, null).getUnprocessedServers())
                .containsExactly("tls://a:4222");
        assertThat(options(List.of("nats://a:4222"), NONE, TlsSettings.DEFAULT).getUnprocessedServers())
                .containsExactly("nats://a:4222");
    }

    @Test
    void discoveredServersAreNotToldTheCredentialsOfAUrl() throws Exception {
        assertThat(options(List.of("nats://user:secret@a:4222"), NONE, null).getUnprocessedServers())
                .containsExactly("nats://user:secret@a:4222");
    }

    @Test
    void withoutCredentialsThereAreNone() throws Exception {
        Options options = options(NONE);

        assertThat(options.getUsernameChars()).isNull();
        assertThat(options.getTokenChars()).isNull();
        assertThat(options.getAuthHandler()).isNull();
    }

    @Test
    void userAndPasswordAreSent() throws Exception {
        Options options = options(new Credentials.User(new Sensitive("name"), new Sensitive("password")));

        assertThat(options.getUsernameChars()).containsExactly("name".toCharArray());
        assertThat(options.getPasswordChars()).containsExactly("password".toCharArray());
    }

    @Test
    void aTokenIsSent() throws Exception {
        assertThat(options(new Credentials.Token(new Sensitive("token"))).getTokenChars())
                .containsExactly('t', 'o', 'k', 'e', 'n');
    }

    @Test
    void anNkeySignsWhatTheServerAsksFor() throws Exception {
        var handler = options(Credentials.ofSeed(TestCredentials.seed())).getAuthHandler();

        assertThat(handler.getID()).startsWith('U');
        assertThat(handler.getJWT()).isNull();
        assertThat(handler.sign("nonce".getBytes(StandardCharsets.UTF_8))).isNotEmpty();
    }

    @Test
    void aCredentialsFileIsReadForEachAttempt() throws Exception {
        String jwt = TestCredentials.jwt("{\"nats\": {}}");
        String renewed = TestCredentials.jwt("{\"nats\": {}, \"iat\": 1}");
        Path file =
                Files.writeString(directory.resolve("user.creds"), TestCredentials.file(jwt, TestCredentials.seed()));
        var credentials = new Credentials.File(file);
        assertThat(options(credentials).getAuthHandler().getJWT()).containsExactly(jwt.toCharArray());

        Files.writeString(file, TestCredentials.file(renewed, TestCredentials.seed()));

        assertThat(options(credentials).getAuthHandler().getJWT()).containsExactly(renewed.toCharArray());
    }

    @Test
    void aCredentialsFileThatIsNoneIsNamedAndNotQuoted() throws Exception {
        Path file = Files.writeString(directory.resolve("user.creds"), "secret");

        assertThatThrownBy(() -> options(new Credentials.File(file)))
                .isInstanceOfSatisfying(ConnectFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ConnectFailure.Kind.DENIED))
                .hasMessage(
                        "the credentials file %s holds no user's JWT and seed: see whether it is one that nsc has written",
                        file);
        assertThatThrownBy(() -> options(new Credentials.File(directory.resolve("missing"))))
                .isInstanceOfSatisfying(ConnectFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ConnectFailure.Kind.DENIED))
                .hasMessage("the credentials file %s cannot be read", directory.resolve("missing"));
    }

    @Test
    void withTlsTheNamesOfTheServersAreKept() throws Exception {
        Options options = options(List.of("tls://localhost:4222"), NONE, null);

        assertThat(options.getSslContext()).isNotNull();
        assertThat(options.isTlsFirst()).isFalse();
        assertThat(options.getServerPool().resolveHostToIps("localhost", false, false))
                .isNull();
    }

    @Test
    void tlsBeginsFirstIfTheSettingsSaySo() throws Exception {
        assertThat(options(List.of("nats://a:4222"), NONE, new TlsSettings(null, null, null, true))
                        .isTlsFirst())
                .isTrue();
    }

    @Test
    void certificatesThatCannotBeReadAreInsecure() {
        assertThatThrownBy(() -> options(List.of("nats://a:4222"), NONE, new TlsSettings("secret", null, null, false)))
                .isInstanceOfSatisfying(ConnectFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ConnectFailure.Kind.INSECURE))
                .hasMessageContaining("cannot be read")
                .hasMessageNotContaining("secret");
    }

    private static Options options(Credentials credentials) throws ConnectFailure {
        return options(List.of("nats://a:4222"), credentials, null);
    }

    private static Options options(List<String> servers, Credentials credentials, @Nullable TlsSettings tls)
            throws ConnectFailure {
        var builder = new Options.Builder();
        Access.put(
                new ConnectionSettings(
                        servers.stream().map(URI::create).toList(), credentials, tls, ConnectionSettings.API),
                DISCOVERED,
                builder);
        return builder.build();
    }
}
