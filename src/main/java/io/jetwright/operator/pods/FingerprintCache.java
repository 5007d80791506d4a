package io.jetwright.operator.pods;

import io.jetwright.nats.ConnectionSettings;
import io.jetwright.nats.Fingerprint;

/** The latest results of {@link Fingerprint#of}, which takes long to compute on purpose. */
final class FingerprintCache {
    private static final int LIMIT = 200;

    private final LruCache<Key, String> fingerprints = new LruCache<>(LIMIT);

    private record Key(ConnectionSettings settings, String salt) {}

    /** The same as {@link Fingerprint#of}. */
    String of(ConnectionSettings settings, String salt) {
        return fingerprints.computeIfAbsent(new Key(settings, salt), key -> Fingerprint.of(key.settings(), key.salt()));
    }
}
