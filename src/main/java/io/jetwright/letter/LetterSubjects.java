package io.jetwright.letter;

import io.jetwright.subject.SubjectPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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

    private final DeclaredConsumer consumer;
    private final LetterSubject letters;
    private final List<String> messages;

    LetterSubjects(DeclaredConsumer consumer, Optional<DeclaredStream> source) {
        this.consumer = consumer;
        this.letters = new LetterSubject(
                consumer.deadLetter().subjectTemplate(), consumer.source().stream(), consumer.consumer());
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
                                .mapToInt(pattern -> tokens(pattern).size())
                                .max()
                                .orElse(0));
        return (messages.isEmpty() ? Stream.of(">") : messages.stream())
                .flatMap(pattern -> examples(pattern, token, length).stream())
                .map(letters::of)
                .distinct()
                .toList();
    }

    private static String unknownTo(List<String> patterns) {
        List<String> tokens = patterns.stream()
                .flatMap(pattern -> tokens(pattern).stream())
                .distinct()
                .toList();
        String token = "any";
        while (tokens.contains(token)) {
            token += "-";
        }
        return token;
    }

    /** Whether any letter may be on one of these subjects. */
    boolean mayBeOn(List<String> subjects) {
        return letters.patterns(messages.isEmpty() ? List.of(">") : messages).stream()
                .anyMatch(pattern -> subjects.stream().anyMatch(each -> SubjectPattern.overlap(pattern, each)));
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

    private static List<String> tokens(String subject) {
        return List.of(subject.split("[.]", -1));
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
