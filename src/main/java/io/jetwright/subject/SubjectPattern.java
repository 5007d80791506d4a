package io.jetwright.subject;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

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

    /**
     * Patterns of which no two overlap, as nats-server demands of the filters of a consumer. What matches one of the given patterns
     * matches one of these; where patterns overlap, more does.
     */
    public static List<String> disjoint(List<String> patterns) {
        List<String> disjoint = new ArrayList<>();
        for (String each : patterns) {
            String wide = each;
            Optional<String> other = overlapping(disjoint, wide);
            while (other.isPresent()) {
                disjoint.remove(other.get());
                wide = union(other.get(), wide);
                other = overlapping(disjoint, wide);
            }
            disjoint.add(wide);
        }
        return disjoint;
    }

    private static Optional<String> overlapping(List<String> patterns, String pattern) {
        return patterns.stream().filter(each -> overlap(each, pattern)).findFirst();
    }

    /** A pattern that covers two which overlap. */
    private static String union(String one, String other) {
        String[] left = one.split("[.]", -1);
        String[] right = other.split("[.]", -1);
        var union = new StringJoiner(".");
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            if (left[i].equals(">") || right[i].equals(">")) {
                return union.add(">").toString();
            }
            union.add(left[i].equals(right[i]) ? left[i] : "*");
        }
        return union.toString();
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
