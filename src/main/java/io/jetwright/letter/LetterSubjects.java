package io.jetwright.letter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The subjects that the dead letters of a consumer can have, as far as resources tell. They are looked at by examples: a token
 * that can be any is one that no pattern in question names, so an example stands for all subjects that differ in it only.
 */
final class LetterSubjects {
    /** How many patterns of messages are looked at. */
    static final int PATTERNS = 200;

    /** How many tokens may take the place of {@code >}. */
    private static final int LENGTH = 16;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(stream|consumer|subject|token\\(([0-9]+)\\))}");

    private final DeclaredConsumer consumer;
    private final List<String> messages;

    LetterSubjects(DeclaredConsumer consumer, Optional<DeclaredStream> source) {
        this.consumer = consumer;
        this.messages = messages(consumer, source);
    }

    private static List<String> messages(DeclaredConsumer consumer, Optional<DeclaredStream> source) {
        List<String> filters = consumer.filters().toList();
        List<String> stored = source.filter(DeclaredStream::keepsSubjects)
                .map(DeclaredStream::subjects)
                .orElse(List.of());
        if (filters.isEmpty() || stored.isEmpty()) {
            return Stream.concat(filters.stream(), stored.stream())
                    .limit(PATTERNS)
                    .toList();
        }
        return stored.stream()
                .flatMap(each -> filters.stream()
                        .map(filter -> SubjectPattern.intersection(each, filter))
                        .flatMap(Optional::stream))
                .distinct()
                .limit(PATTERNS)
                .toList();
    }

    /** Whether it is known which subjects the messages have, or the letters' subjects do not depend on them. */
    boolean areKnown() {
        return !messages.isEmpty() || !consumer.deadLetter().subjectTemplate().matches(".*\\{(subject|token).*");
    }

    /** Subjects of letters, one for each way in which letters can match these patterns, or not; see {@link #areKnown}. */
    List<String> examples(List<String> patterns) {
        List<String> known = Stream.concat(patterns.stream(), messages.stream()).toList();
        String token = unknownTo(known);
        int length = Math.min(
                LENGTH,
                1
                        + known.stream()
                                .mapToInt(pattern ->
                                        SubjectPattern.tokens(pattern).size())
                                .max()
                                .orElse(0));
        return (messages.isEmpty() ? Stream.of(">") : messages.stream())
                .flatMap(pattern -> SubjectPattern.examples(pattern, token, length).stream())
                .map(this::of)
                .distinct()
                .toList();
    }

    private static String unknownTo(List<String> patterns) {
        List<String> tokens = patterns.stream()
                .flatMap(pattern -> SubjectPattern.tokens(pattern).stream())
                .distinct()
                .toList();
        String token = "any";
        while (tokens.contains(token)) {
            token += "-";
        }
        return token;
    }

    /** The subject of the letter of a message on this subject. A token that the message does not have is {@code _}. */
    private String of(String message) {
        List<String> tokens = SubjectPattern.tokens(message);
        return PLACEHOLDER
                .matcher(consumer.deadLetter().subjectTemplate())
                .replaceAll(placeholder -> Matcher.quoteReplacement(
                        switch (placeholder.group(1)) {
                            case "stream" -> consumer.source().stream();
                            case "consumer" -> consumer.consumer();
                            case "subject" -> message;
                            default -> {
                                int number = Integer.parseInt(placeholder.group(2));
                                yield number <= tokens.size() ? tokens.get(number - 1) : "_";
                            }
                        }));
    }

    /**
     * The pattern of all subjects of letters; empty where none is narrower than {@code >}, since they begin as the message's
     * subject does.
     */
    Optional<String> pattern() {
        List<String> pattern = new ArrayList<>();
        for (String token : consumer.deadLetter().subjectTemplate().split("[.]", -1)) {
            if (token.contains("{subject}")) {
                pattern.add(">");
                break;
            }
            pattern.add(
                    token.contains("{token(")
                            ? "*"
                            : token.replace("{stream}", consumer.source().stream())
                                    .replace("{consumer}", consumer.consumer()));
        }
        return pattern.getFirst().equals(">") || pattern.getFirst().equals("*")
                ? Optional.empty()
                : Optional.of(String.join(".", pattern));
    }
}
