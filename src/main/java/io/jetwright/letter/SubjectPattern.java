package io.jetwright.letter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Subjects with wildcards of NATS. */
final class SubjectPattern {
    private SubjectPattern() {}

    static List<String> tokens(String subject) {
        return List.of(subject.split("[.]", -1));
    }

    /** Whether a subject without wildcards matches a pattern. */
    static boolean matches(String pattern, String subject) {
        return intersection(pattern, subject).isPresent();
    }

    static boolean matchesAny(List<String> patterns, String subject) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, subject));
    }

    /** The pattern of the subjects that match both; empty if there is none. */
    static Optional<String> intersection(String one, String other) {
        List<String> left = tokens(one);
        List<String> right = tokens(other);
        List<String> common = new ArrayList<>();
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            if (i >= left.size() || i >= right.size()) {
                return Optional.empty();
            }
            if (left.get(i).equals(">")) {
                common.addAll(right.subList(i, right.size()));
                return Optional.of(String.join(".", common));
            }
            if (right.get(i).equals(">")) {
                common.addAll(left.subList(i, left.size()));
                return Optional.of(String.join(".", common));
            }
            String token = left.get(i).equals("*") ? right.get(i) : left.get(i);
            if (!right.get(i).equals("*") && !right.get(i).equals(token)) {
                return Optional.empty();
            }
            common.add(token);
        }
        return Optional.of(String.join(".", common));
    }

    /**
     * Subjects that match a pattern: one, or with {@code >} one for each number of tokens in its place.
     *
     * @param token stands for each token that is any
     * @param length the most tokens in place of {@code >}
     */
    static List<String> examples(String pattern, String token, int length) {
        List<String> tokens = new ArrayList<>(tokens(pattern));
        tokens.replaceAll(each -> each.equals("*") ? token : each);
        if (!tokens.getLast().equals(">")) {
            return List.of(String.join(".", tokens));
        }
        tokens.removeLast();
        List<String> examples = new ArrayList<>();
        for (int rest = 1; rest <= length; rest++) {
            List<String> example = new ArrayList<>(tokens);
            example.addAll(Collections.nCopies(rest, token));
            examples.add(String.join(".", example));
        }
        return examples;
    }
}
