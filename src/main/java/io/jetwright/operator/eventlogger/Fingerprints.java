package io.jetwright.operator.eventlogger;

import io.jetwright.jetstream.ConnectionSettings;
import io.jetwright.jetstream.Fingerprint;

/** Remembers the latest fingerprints, since each takes a while. */
final class Fingerprints {
    private final Remembered<Key, String> known = new Remembered<>(200);

    private record Key(ConnectionSettings settings, String salt) {}

    String of(ConnectionSettings settings, String salt) {
        return known.get(new Key(settings, salt), key -> Fingerprint.of(key.settings(), key.salt()));
    }
}
