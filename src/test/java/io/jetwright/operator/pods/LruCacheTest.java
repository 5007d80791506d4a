package io.jetwright.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LruCacheTest {
    private final LruCache<String, Integer> cache = new LruCache<>(2);

    @Test
    void aValueIsComputedOnce() {
        assertThat(cache.computeIfAbsent("a", key -> 1)).isEqualTo(1);
        assertThat(cache.computeIfAbsent("a", key -> 2)).isEqualTo(1);
    }

    @Test
    void theValueThatWasThereBeforeIsReturned() {
        assertThat(cache.put("a", 1)).isNull();
        assertThat(cache.put("a", 2)).isEqualTo(1);
        assertThat(cache.remove("a")).isEqualTo(2);
        assertThat(cache.remove("a")).isNull();
    }

    @Test
    void theLeastRecentlyUsedEntryIsEvicted() {
        cache.put("a", 1);
        cache.put("b", 1);
        cache.computeIfAbsent("a", key -> 2);
        cache.put("c", 1);
        assertThat(cache.remove("b")).isNull();
        assertThat(cache.remove("a")).isEqualTo(1);
        assertThat(cache.remove("c")).isEqualTo(1);
    }
}
