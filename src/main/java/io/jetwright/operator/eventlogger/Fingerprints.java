package io.jetwright.operator.eventlogger;

import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.Fingerprint;

/** The latest results of {@link Fingerprint}, which is slow on purpose; the computing itself is there. */
final class Fingerprints {
    private final Remembered<Key, String> known = new Remembered<>(200);

    private record Key(ConnectionSettings settings, String salt) {}

    String of(ConnectionSettings settings, String salt) {
        return known.get(new Key(settings, salt), key -> Fingerprint.of(key.settings(), key.salt()));
    }
}
