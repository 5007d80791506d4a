package io.jetwright.plan;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A field in which JetStream disagrees with the spec.
 *
 * @param field as the spec names it
 * @param desired for people to read
 * @param actual for people to read
 */
public record Difference(String field, String desired, String actual) {
    /** The differences for people to read, in one line; the empty text for none. */
    public static String show(List<Difference> differences) {
        return differences.stream().map(Difference::toString).collect(Collectors.joining("; "));
    }

    @Override
    public String toString() {
        return field + ": " + actual + " -> " + desired;
    }
}
