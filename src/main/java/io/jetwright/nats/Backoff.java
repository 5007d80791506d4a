package io.jetwright.nats;

import java.time.Duration;

/**
 * How long to wait between attempts. The wait doubles with each attempt in a row that fails.
 *
 * @param first the wait after the first failure
 * @param max no wait is longer
 */
public record Backoff(Duration first, Duration max) {
    /** The wait that follows this one. */
    Duration after(Duration wait) {
        Duration doubled = wait.multipliedBy(2);
        return doubled.compareTo(max) < 0 ? doubled : max;
    }
}
