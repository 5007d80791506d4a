package io.jetwright.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

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
    }

    @Test
    void anotherPasswordIsAnotherConnection() {
        assertThat(new ConnectionSettings(List.of(URI.create("nats://u:a@host")), null))
                .isEqualTo(new ConnectionSettings(List.of(URI.create("nats://u:a@host")), null))
                .isNotEqualTo(new ConnectionSettings(List.of(URI.create("nats://u:b@host")), null));
    }
}
