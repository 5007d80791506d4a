package io.jetwright.relay.redrive;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The subject that a dead letter's message is sent to. */
final class SubjectTemplate {
    private static final String SUBJECT = "{subject}";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(stream|consumer|subject|token\\((\\d+)\\))}");

    private final String template;

    /**
     * A template.
     *
     * @param template null for the message's own subject
     */
    SubjectTemplate(@Nullable String template) {
        this.template = template == null ? SUBJECT : template;
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
        int inside = template.indexOf(SUBJECT);
        if (inside < 0) {
            return fill(template, own, letter);
        }
        return fill(template.substring(0, inside), own, letter)
                .flatMap(before -> fill(template.substring(inside + SUBJECT.length()), own, letter)
                        .map(after -> isAround(before, own, after) ? own : before + own + after));
    }

    private static boolean isAround(String before, String subject, String after) {
        return subject.length() > before.length() + after.length()
                && subject.startsWith(before)
                && subject.endsWith(after);
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
