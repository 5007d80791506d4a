package io.jetwright.operator.eventlogger;

import io.jetwright.jetstream.ConnectionSettings;
import io.jetwright.jetstream.Fingerprint;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers the latest fingerprints, since each takes a while. */
final class Fingerprints {
    private static final int REMEMBERED = 200;

    private final Map<Key, String> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Key(ConnectionSettings settings, String salt) {}

    synchronized String of(ConnectionSettings settings, String salt) {
        return known.computeIfAbsent(new Key(settings, salt), key -> Fingerprint.of(key.settings(), key.salt()));
    }
}
