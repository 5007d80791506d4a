package io.jetwright.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSettingsTest {
    @Test
    void neitherUserNorPasswordNorTokenIsShown() {
        var settings = new ConnectionSettings(
                List.of(
                        URI.create("nats://user:secret@a.example.com:4333"),
                        URI.create("tls://token@b.example.com"),
                        URI.create("wss://c.example.com:443/path?secret=x")),
                Path.of("/secret.creds"));
        assertThat(settings).hasToString("nats://a.example.com:4333,tls://b.example.com:4222,wss://c.example.com:443");
        assertThat(settings.ports()).containsExactly(443, 4222, 4333);
    }

    @Test
    void anotherPasswordIsAnotherConnection() {
        assertThat(new ConnectionSettings(List.of(URI.create("nats://u:a@host")), null))
                .isEqualTo(new ConnectionSettings(List.of(URI.create("nats://u:a@host")), null))
                .isNotEqualTo(new ConnectionSettings(List.of(URI.create("nats://u:b@host")), null));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, nats://localhost",
        "localhost:4222, nats://localhost:4222",
        "tls://user:password@host, tls://user:password@host",
        "ws://host/path, ws://host/path",
        "wss://host, wss://host"
    })
    void aServerWithoutASchemeSpeaksNats(String text, String server) {
        assertThat(ConnectionSettings.server(text)).isEqualTo(URI.create(server));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "http://secret@host", "nats://", "nats://user:sec ret@host", "nats://user:sec@ret@host"})
    void aUrlThatIsNoServersIsRefusedAndNotQuoted(String text) {
        assertThatThrownBy(() -> ConnectionSettings.server(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("is no URL of a NATS server")
                .hasMessageNotContaining("sec")
                .hasNoCause();
    }

    @Test
    void withoutAServerThereIsNoConnection() {
        assertThatThrownBy(() -> ConnectionSettings.servers(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("names no server");
    }

    @Test
    void thePrefixOfADomainHasItsName() {
        assertThat(ConnectionSettings.apiOfDomain("hub")).isEqualTo("$JS.hub.API");
    }

    @ParameterizedTest
    @CsvSource({"$JS.API, true", "$JS.hub.API, false", "JS.shop.API, false"})
    void theApiIsTheAccountsOwnUnlessADomainOrAPrefixIsNamed(String apiPrefix, boolean isOwn) {
        var settings = new ConnectionSettings(List.of(URI.create("nats://a")), new Credentials.None(), null, apiPrefix);
        assertThat(settings.isOwnApi()).isEqualTo(isOwn);
    }

    @Test
    void tlsIsSpokenIfTheSettingsOrAUrlSaySo() {
        assertThat(secure(null, "nats://a", "ws://b")).isFalse();
        assertThat(secure(null, "nats://a", "tls://b")).isTrue();
        assertThat(secure(null, "wss://a")).isTrue();
        assertThat(secure(TlsSettings.DEFAULT, "nats://a")).isTrue();
    }

    private static boolean secure(@Nullable TlsSettings tls, String... servers) {
        return new ConnectionSettings(
                        Stream.of(servers).map(URI::create).toList(),
                        new Credentials.None(),
                        tls,
                        ConnectionSettings.API)
                .isSecure();
    }

    @Test
    void aPortThatIsNotNamedIsShownAsTheDefaultOfItsScheme() {
        var settings = new ConnectionSettings(
                List.of(URI.create("nats://a"), URI.create("ws://b"), URI.create("wss://c")), null);
        assertThat(settings).hasToString("nats://a:4222,ws://b:80,wss://c:443");
    }
}
