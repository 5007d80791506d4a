package io.jetwright.operator.eventlogger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was last known of so many things; those that nobody has asked for are forgotten first. */
final class Remembered<K, V> {
    private final Map<K, V> known;

    Remembered(int limit) {
        known = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > limit;
            }
        };
    }

    synchronized V get(K key, Function<K, V> otherwise) {
        return known.computeIfAbsent(key, otherwise);
    }

    /** Returns what was known so far; null for nothing. */
    synchronized @Nullable V put(K key, V value) {
        return known.put(key, value);
    }

    /** Returns what was known so far; null for nothing. */
    synchronized @Nullable V forget(K key) {
        return known.remove(key);
    }
}
