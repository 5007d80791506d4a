package io.jetwright.relay.redrive;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The subject that a dead letter's message is sent to. */
final class SubjectTemplate {
    private static final String SUBJECT = "{subject}";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(stream|consumer|subject|token\\((\\d+)\\))}");

    private final String before;
    private final boolean hasSubject;
    private final String after;

    /**
     * A template.
     *
     * @param template null for the message's own subject
     */
    SubjectTemplate(@Nullable String template) {
        String text = template == null ? SUBJECT : template;
        int inside = text.indexOf(SUBJECT);
        hasSubject = inside >= 0;
        before = hasSubject ? text.substring(0, inside) : text;
        after = hasSubject ? text.substring(inside + SUBJECT.length()) : "";
    }

    /**
     * The subject; empty if the message's own has fewer tokens than the template names, or is not known. It is the message's own if that
     * has what the template puts around it, since the message was sent there before.
     */
    Optional<String> subject(StoredLetter letter) {
        String own = letter.subject();
        if (own == null) {
            return Optional.empty();
        }
        Optional<String> left = fill(before, own, letter);
        return hasSubject
                ? left.flatMap(begin ->
                        fill(after, own, letter).map(end -> isAround(begin, own, end) ? own : begin + own + end))
                : left;
    }

    private static boolean isAround(String begin, String subject, String end) {
        return subject.length() > begin.length() + end.length() && subject.startsWith(begin) && subject.endsWith(end);
    }

    private static Optional<String> fill(String text, String own, StoredLetter letter) {
        String[] tokens = own.split("\\.", -1);
        var filled = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        while (placeholder.find()) {
            String value =
                    switch (placeholder.group(1)) {
                        case "stream" -> letter.stream();
                        case "consumer" -> letter.consumer();
                        case "subject" -> own;
                        default -> {
                            int number = Integer.parseInt(placeholder.group(2));
                            yield number <= tokens.length ? tokens[number - 1] : null;
                        }
                    };
            if (value == null) {
                return Optional.empty();
            }
            placeholder.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return Optional.of(placeholder.appendTail(filled).toString());
    }
}
