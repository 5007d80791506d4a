package io.jetwright.operator.pods;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A cache of limited size, which evicts the entry that was least recently used; safe for use by several threads. */
final class LruCache<K, V> {
    private final Map<K, V> entries;

    /**
     * An empty cache.
     *
     * @param limit how many entries it keeps
     */
    LruCache(int limit) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > limit;
            }
        };
    }

    /** Returns the value of the key; computes it if there is none, while all other callers wait. */
    synchronized V computeIfAbsent(K key, Function<K, V> value) {
        return entries.computeIfAbsent(key, value);
    }

    /** Returns the value that was there before; null for none. */
    synchronized @Nullable V put(K key, V value) {
        return entries.put(key, value);
    }

    /** Returns the value that was there before; null for none. */
    synchronized @Nullable V remove(K key) {
        return entries.remove(key);
    }
}
