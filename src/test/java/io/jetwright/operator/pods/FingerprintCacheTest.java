package io.jetwright.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.Credentials;
import io.jetwright.nats.Fingerprint;
import io.jetwright.nats.Sensitive;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintCacheTest {
    private final FingerprintCache cache = new FingerprintCache();

    private static ConnectionSettings settings(String token) {
        return new ConnectionSettings(
                List.of(URI.create("nats://nats:4222")),
                new Credentials.Token(new Sensitive(token)),
                null,
                ConnectionSettings.API);
    }

    @Test
    void theFingerprintOfEqualSettingsAndSaltIsComputedOnce() {
        String fingerprint = cache.of(settings("a"), "salt");
        assertThat(fingerprint).isEqualTo(Fingerprint.of(settings("a"), "salt"));
        assertThat(cache.of(settings("a"), "salt")).isSameAs(fingerprint);
    }

    @Test
    void otherSecretsOrAnotherSaltHaveAnotherFingerprint() {
        assertThat(List.of(
                        cache.of(settings("a"), "salt"), cache.of(settings("b"), "salt"), cache.of(settings("a"), "")))
                .doesNotHaveDuplicates();
    }
}
