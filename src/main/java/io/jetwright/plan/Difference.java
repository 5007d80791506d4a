package io.jetwright.plan;

/**
 * A field in which JetStream disagrees with the spec.
 *
 * @param field as the spec names it
 * @param desired for people to read
 * @param actual for people to read
 */
public record Difference(String field, String desired, String actual) {
    @Override
    public String toString() {
        return field + ": " + actual + " -> " + desired;
    }
}
