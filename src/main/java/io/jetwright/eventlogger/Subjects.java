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
        String fault = textFault(text);
        if (fault != null) {
            return fault;
        }
        return text.indexOf('*') >= 0 || text.indexOf('>') >= 0 ? "has a wildcard (* or >)" : tokenFault(text);
    }

    /** Why a text is not a subject, which may have wildcards, as the end of a sentence; null if it is one. */
    static @Nullable String patternFault(String text) {
        String fault = textFault(text);
        if (fault == null) {
            fault = tokenFault(text);
        }
        return fault == null ? wildcardFault(text) : fault;
    }

    private static @Nullable String textFault(String text) {
        if (text.isEmpty()) {
            return "is empty";
        }
        if (text.length() > MAX_LENGTH) {
            return "is longer than " + MAX_LENGTH + " characters";
        }
        if (text.chars().anyMatch(Subjects::isBlank)) {
            return "has a space or a control character";
        }
        return null;
    }

    private static @Nullable String tokenFault(String text) {
        return text.startsWith(".") || text.endsWith(".") || text.contains("..")
                ? "has an empty token: it begins or ends with a dot, or has two in a row"
                : null;
    }

    private static @Nullable String wildcardFault(String text) {
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

    private static boolean isBlank(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character)
                || Character.isSurrogate((char) character)
                || Character.getType(character) == Character.FORMAT;
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
