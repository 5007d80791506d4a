package io.jetwright.operator.run;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The namespaces whose resources an operator reconciles.
 *
 * @param namespaces empty for all
 */
record Scope(Set<String> namespaces) {
    private static final String ALL = "*";

    /** What {@link #text} has written. */
    static Scope of(String text) {
        return text.equals(ALL)
                ? new Scope(Set.of())
                : new Scope(Stream.of(text.split(",")).collect(Collectors.toUnmodifiableSet()));
    }

    /** {@code *} for all, else their names with commas between them, in order. */
    String text() {
        return namespaces.isEmpty() ? ALL : String.join(",", new TreeSet<>(namespaces));
    }

    /** What is in both, in words, such as {@code namespaces a, b}; empty if nothing is. */
    Optional<String> sharedWith(Scope other) {
        if (namespaces.isEmpty() && other.namespaces.isEmpty()) {
            return Optional.of("all namespaces");
        }
        var shared = new TreeSet<>(namespaces.isEmpty() ? other.namespaces : namespaces);
        if (!namespaces.isEmpty() && !other.namespaces.isEmpty()) {
            shared.retainAll(other.namespaces);
        }
        return Optional.of((shared.size() == 1 ? "namespace " : "namespaces ") + String.join(", ", shared))
                .filter(text -> !shared.isEmpty());
    }
}
