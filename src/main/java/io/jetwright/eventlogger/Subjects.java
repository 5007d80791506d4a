package io.jetwright.eventlogger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names, subjects and wildcards, as NATS has them. */
final class Subjects {
    /** Far below what a server takes in one line of its protocol (4 KiB). */
    static final int LONGEST_NAME = 255;

    private Subjects() {}

    /** What keeps a text from being a subject without wildcards, as the end of a sentence; null if nothing does. */
    static @Nullable String fault(String text) {
        if (text.isEmpty()) {
            return "is empty";
        }
        if (text.length() > LONGEST_NAME) {
            return "is longer than " + LONGEST_NAME + " characters";
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

    /** What keeps a text from being a subject that may have wildcards, as the end of a sentence; null if nothing does. */
    static @Nullable String patternFault(String text) {
        if (text.isEmpty()) {
            return "is empty";
        }
        if (text.length() > LONGEST_NAME) {
            return "is longer than " + LONGEST_NAME + " characters";
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

    /** Whether a subject is among those that the pattern stands for. */
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

    /** The part before the wildcard of the first of the subjects that ends with one; null if none does. */
    static @Nullable String prefix(List<String> subjects) {
        for (String subject : subjects) {
            int wildcard = subject.endsWith(".>") || subject.endsWith(".*") ? subject.length() - 2 : -1;
            if (wildcard > 0 && fault(subject.substring(0, wildcard)) == null) {
                return subject.substring(0, wildcard);
            }
        }
        return null;
    }
}
