package io.jetwright.letter;

import io.jetwright.subject.SubjectPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** From a template to the subjects of dead letters. */
public final class LetterSubject {
    private static final Pattern VARIABLE = Pattern.compile("\\{(stream|consumer|subject|token\\(([1-9][0-9]?)\\))\\}");
    private static final String UNKNOWN = "_";

    private final String template;
    private final String stream;
    private final String consumer;

    /**
     * The subjects of a consumer's letters.
     *
     * @param template see {@link io.jetwright.api.DeadLetter#subjectTemplate}
     */
    public LetterSubject(String template, String stream, String consumer) {
        this.template = template;
        this.stream = stream;
        this.consumer = consumer;
    }

    /** The subject of the letter of a message with this subject; a token that it does not have is {@code _}. */
    public String of(String subject) {
        String[] tokens = subject.split("[.]", -1);
        return replaced(subject, number -> number <= tokens.length ? tokens[number - 1] : UNKNOWN);
    }

    /**
     * The subject of the letter of a message of which only this is known.
     *
     * @param pattern which its subject matches
     */
    public String ofUnknown(String pattern) {
        return of(Stream.of(pattern.split("[.]", -1))
                .map(token -> token.equals("*") || token.equals(">") ? UNKNOWN : token)
                .reduce((one, other) -> one + "." + other)
                .orElse(UNKNOWN));
    }

    /**
     * Which subjects the letters of this consumer have: each of them matches one of these, and subjects that are not of its letters
     * may do so, too. None of them covers another one.
     *
     * @param patterns which the messages' subjects match
     */
    public List<String> patterns(List<String> patterns) {
        List<String> all = patterns.stream().map(this::pattern).distinct().toList();
        List<String> kept = new ArrayList<>();
        for (String each : all) {
            if (all.stream().noneMatch(other -> !other.equals(each) && SubjectPattern.covers(other, each))) {
                kept.add(each);
            }
        }
        return kept;
    }

    private String pattern(String subject) {
        String[] tokens = subject.split("[.]", -1);
        boolean isOpen = tokens[tokens.length - 1].equals(">");
        int known = isOpen ? tokens.length - 1 : tokens.length;
        String text = replaced(subject, number -> number <= known ? tokens[number - 1] : isOpen ? "*" : UNKNOWN);
        List<String> pattern = new ArrayList<>();
        for (String token : text.split("[.]", -1)) {
            if (token.contains(">")) {
                pattern.add(">");
                break;
            }
            pattern.add(token.contains("*") ? "*" : token);
        }
        return String.join(".", pattern);
    }

    private String replaced(String subject, java.util.function.IntFunction<String> token) {
        Matcher variables = VARIABLE.matcher(template);
        var text = new StringBuilder();
        while (variables.find()) {
            String value =
                    switch (variables.group(1)) {
                        case "stream" -> stream;
                        case "consumer" -> consumer;
                        case "subject" -> subject;
                        default -> token.apply(Integer.parseInt(variables.group(2)));
                    };
            variables.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return variables.appendTail(text).toString();
    }
}
