package io.jetwright.subject;

import java.util.Optional;

/** Subjects with the wildcards of NATS: {@code *} for one token, {@code >} for one or more at the end. */
public final class SubjectPattern {
    private SubjectPattern() {}

    /** Whether a subject matches a pattern, which may have wildcards. */
    public static boolean matches(String pattern, String subject) {
        String[] wanted = pattern.split("[.]", -1);
        String[] tokens = subject.split("[.]", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals(">")) {
                return tokens.length > i;
            }
            if (i >= tokens.length || (!wanted[i].equals("*") && !wanted[i].equals(tokens[i]))) {
                return false;
            }
        }
        return wanted.length == tokens.length;
    }

    /** Whether there is a subject that matches both patterns. */
    public static boolean overlap(String one, String other) {
        return intersection(one, other).isPresent();
    }

    /** Whether all subjects that match the second pattern match the first one. */
    public static boolean covers(String wide, String narrow) {
        return intersection(wide, narrow).filter(narrow::equals).isPresent();
    }

    /** The pattern of the subjects that match both; empty if there is none. */
    public static Optional<String> intersection(String one, String other) {
        String[] left = one.split("[.]", -1);
        String[] right = other.split("[.]", -1);
        var common = new StringBuilder();
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            boolean isLeftRest = i < left.length && left[i].equals(">");
            boolean isRightRest = i < right.length && right[i].equals(">");
            if (isLeftRest || isRightRest) {
                return isLeftRest ? rest(common, right, i) : rest(common, left, i);
            }
            if (i >= left.length || i >= right.length) {
                return Optional.empty();
            }
            String token = left[i].equals("*") ? right[i] : left[i];
            if (!right[i].equals("*") && !right[i].equals(token)) {
                return Optional.empty();
            }
            common.append(common.isEmpty() ? "" : ".").append(token);
        }
        return Optional.of(common.toString());
    }

    private static Optional<String> rest(StringBuilder common, String[] tokens, int from) {
        if (from >= tokens.length) {
            return Optional.empty();
        }
        for (int i = from; i < tokens.length; i++) {
            common.append(common.isEmpty() ? "" : ".").append(tokens[i]);
        }
        return Optional.of(common.toString());
    }
}
