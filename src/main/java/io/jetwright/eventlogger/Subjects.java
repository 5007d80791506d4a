package io.jetwright.eventlogger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Syntax of subjects and wildcards of NATS. */
final class Subjects {
    /** Well below a server's max_control_line, which is 4 KiB by default. */
    static final int MAX_LENGTH = 255;

    private Subjects() {}

    /** Why a text is not a subject without wildcards, as the end of a sentence; null if it is one. */
    static @Nullable String fault(String text) {
        if (text.isEmpty()) {
            return "is empty";
        }
        if (text.length() > MAX_LENGTH) {
            return "is longer than " + MAX_LENGTH + " characters";
        }
        if (text.chars().anyMatch(Subjects::isBlank)) {
            return "has a space or a control character";
        }
        if (text.indexOf('*') >= 0 || text.indexOf('>') >= 0) {
            return "has a wildcard (* or >)";
        }
        if (hasEmptyToken(text)) {
            return "has an empty token: it begins or ends with a dot, or has two in a row";
        }
        return null;
    }

    /** Why a text is not a subject, which may have wildcards, as the end of a sentence; null if it is one. */
    static @Nullable String patternFault(String text) {
        if (text.isEmpty()) {
            return "is empty";
        }
        if (text.length() > MAX_LENGTH) {
            return "is longer than " + MAX_LENGTH + " characters";
        }
        if (text.chars().anyMatch(Subjects::isBlank)) {
            return "has a space or a control character";
        }
        if (hasEmptyToken(text)) {
            return "has an empty token: it begins or ends with a dot, or has two in a row";
        }
        int rest = text.indexOf('>');
        if (rest >= 0 && !(text.equals(">") || (text.endsWith(".>") && rest == text.length() - 1))) {
            return "has > elsewhere than as its last token";
        }
        for (String token : text.split("[.]", -1)) {
            if (token.indexOf('*') >= 0 && token.length() > 1) {
                return "has * as a part of a token";
            }
        }
        return null;
    }

    private static boolean hasEmptyToken(String text) {
        return text.startsWith(".") || text.endsWith(".") || text.contains("..");
    }

    private static boolean isBlank(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character)
                || Character.isSurrogate((char) character)
                || Character.getType(character) == Character.FORMAT;
    }

    /** Whether a subject matches a pattern, which may have wildcards. */
    static boolean matches(String pattern, String subject) {
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
    static boolean overlap(String one, String other) {
        String[] left = one.split("[.]", -1);
        String[] right = other.split("[.]", -1);
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            if (left[i].equals(">") || right[i].equals(">")) {
                return true;
            }
            if (!left[i].equals("*") && !right[i].equals("*") && !left[i].equals(right[i])) {
                return false;
            }
        }
        return left.length == right.length;
    }

    /** Whether all subjects that match the second pattern match the first one. */
    static boolean covers(String wide, String narrow) {
        String[] left = wide.split("[.]", -1);
        String[] right = narrow.split("[.]", -1);
        for (int i = 0; i < left.length; i++) {
            if (left[i].equals(">")) {
                return right.length > i;
            }
            boolean isRest = i >= right.length || right[i].equals(">");
            if (isRest || (!left[i].equals("*") && !left[i].equals(right[i]))) {
                return false;
            }
        }
        return left.length == right.length;
    }

    /**
     * The name of an event.
     *
     * @param prefix without the dot; may be empty
     * @return what follows the prefix; the whole subject if it does not have the prefix
     */
    static String name(String prefix, String subject) {
        return !prefix.isEmpty() && subject.startsWith(prefix + ".") ? subject.substring(prefix.length() + 1) : subject;
    }

    /** The patterns whose only wildcard is their last token, without that token; each once, in their order. */
    static List<String> prefixes(List<String> patterns) {
        return patterns.stream()
                .filter(pattern -> pattern.endsWith(".>") || pattern.endsWith(".*"))
                .map(pattern -> pattern.substring(0, pattern.length() - 2))
                .filter(prefix -> fault(prefix) == null)
                .distinct()
                .toList();
    }
}
