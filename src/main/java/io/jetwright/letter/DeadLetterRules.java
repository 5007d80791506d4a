package io.jetwright.letter;

import static java.util.function.Predicate.not;

import io.jetwright.api.Durations;
import io.jetwright.api.RetentionPolicy;
import io.jetwright.subject.SubjectPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which dead letters cannot be, as far as the resources tell. The fields of each message are those of the Consumer. */
public final class DeadLetterRules {
    /** Kinds of refusals. */
    public enum Rule {
        /** The letters would come back to the stream whose messages they are. */
        LOOP,
        /** The stream cannot store them. */
        STREAM,
        /** The stream does not take them on their subjects. */
        SUBJECT
    }

    /**
     * Why a consumer cannot have its dead letters.
     *
     * @param message for people, with the cure
     * @param isOfAll whether no letter at all could be stored
     */
    public record Refusal(Rule rule, String message, boolean isOfAll) {}

    private final Declarations declarations;

    public DeadLetterRules(Declarations declarations) {
        this.declarations = declarations;
    }

    /** Why the consumer cannot have its dead letters; empty if it can, or if that is not known. */
    public Optional<Refusal> refusal(DeclaredConsumer consumer) {
        StreamPlace letters = consumer.letters();
        if (letters == null) {
            return Optional.empty();
        }
        Optional<DeclaredStream> store = declarations.stream(letters);
        return Stream.<Supplier<Optional<Refusal>>>of(
                        () -> elsewhere(consumer, letters),
                        () -> ownStream(consumer, letters),
                        () -> store.flatMap(DeadLetterRules::unfit),
                        () -> store.flatMap(each -> subject(consumer, each)),
                        () -> loop(consumer, letters))
                .flatMap(rule -> rule.get().stream())
                .findFirst();
    }

    private static Optional<Refusal> elsewhere(DeclaredConsumer consumer, StreamPlace letters) {
        return letters.connection().equals(consumer.source().connection())
                ? Optional.empty()
                : refused(
                        Rule.STREAM,
                        "spec.deadLetter.streamRef: the stream %s is on another Connection than %s, which is consumed: name a"
                                        .formatted(letters.stream(), consumer.source().stream())
                                + " Stream resource of the same Connection, or, if both lead to the same account, the stream"
                                + " by spec.deadLetter.streamName");
    }

    private static Optional<Refusal> ownStream(DeclaredConsumer consumer, StreamPlace letters) {
        return letters.equals(consumer.source())
                ? refused(
                        Rule.LOOP,
                        "spec.deadLetter: the dead letters would land in %s, the stream that they come from: name another stream"
                                .formatted(letters.stream()))
                : Optional.empty();
    }

    private static Optional<Refusal> unfit(DeclaredStream store) {
        RetentionPolicy retention = store.spec().retention();
        if (retention != null && retention != RetentionPolicy.LIMITS) {
            return refused(
                    Rule.STREAM,
                    "spec.deadLetter: %s has retention: %s, from which letters vanish before anybody has read them: name one with retention: limits"
                            .formatted(store.words(), retention.wireName()));
        }
        if (store.isMirror()) {
            return refused(
                    Rule.STREAM,
                    "spec.deadLetter: %s is a mirror, to which nothing can be published: name another stream"
                            .formatted(store.words()));
        }
        return Boolean.TRUE.equals(store.spec().noAck())
                ? refused(
                        Rule.STREAM,
                        "spec.deadLetter: %s has noAck: true, so that no letter is known to be stored: remove noAck, or name another stream"
                                .formatted(store.words()))
                : Optional.empty();
    }

    private Optional<Refusal> subject(DeclaredConsumer consumer, DeclaredStream store) {
        Optional<DeclaredStream> source = declarations.stream(consumer.source());
        var letters = new LetterSubjects(consumer, source);
        List<String> own = source.map(DeclaredStream::subjects).orElse(List.of());
        if (!letters.areKnown()) {
            boolean mayFit = letters.pattern()
                    .map(pattern -> store.subjects().stream().anyMatch(each -> SubjectPattern.overlap(pattern, each)))
                    .orElse(true);
            return mayFit ? Optional.empty() : Optional.of(notTaken(consumer, store, letters));
        }
        List<String> examples = letters.examples(
                Stream.concat(own.stream(), store.subjects().stream()).toList());
        Optional<String> back = examples.stream()
                .filter(example -> own.stream().anyMatch(pattern -> SubjectPattern.overlap(pattern, example)))
                .findFirst();
        if (back.isPresent()) {
            return Optional.of(new Refusal(
                    Rule.LOOP,
                    "spec.deadLetter.subject: letters on %s would land in %s, the stream that they come from, which takes %s: choose another subject, such as dlq.{subject}, and have the subjects of %s contain it"
                            .formatted(
                                    template(consumer),
                                    consumer.source().stream(),
                                    own.stream()
                                            .filter(each -> SubjectPattern.overlap(each, back.get()))
                                            .findFirst()
                                            .orElseThrow(),
                                    store.words()),
                    !letters.mayBeOn(store.subjects())));
        }
        return examples.stream().allMatch(example -> store.subjects().stream()
                        .anyMatch(pattern -> SubjectPattern.overlap(pattern, example)))
                ? Optional.empty()
                : Optional.of(notTaken(consumer, store, letters));
    }

    private static Refusal notTaken(DeclaredConsumer consumer, DeclaredStream store, LetterSubjects letters) {
        return new Refusal(
                Rule.SUBJECT,
                "spec.deadLetter.subject: %s takes %s, and not all letters on %s: %s"
                        .formatted(
                                store.words(),
                                shown(store.subjects()),
                                template(consumer),
                                letters.pattern()
                                        .map(pattern ->
                                                "add %s to its subjects, or choose another subject".formatted(pattern))
                                        .orElse(
                                                "choose a subject that begins with a word, such as dlq.{subject}, and add dlq.> to its subjects")),
                !letters.mayBeOn(store.subjects()));
    }

    private static String template(DeclaredConsumer consumer) {
        return consumer.deadLetter().subjectTemplate();
    }

    private static String shown(List<String> subjects) {
        String first = subjects.stream().limit(5).collect(Collectors.joining(", "));
        return subjects.isEmpty() ? "no subjects" : first + (subjects.size() > 5 ? " ..." : "");
    }

    private Optional<Refusal> loop(DeclaredConsumer consumer, StreamPlace letters) {
        List<String> way = new LetterLoops(declarations).wayBack(consumer, letters);
        return way.isEmpty()
                ? Optional.empty()
                : refused(
                        Rule.LOOP,
                        "spec.deadLetter: the dead letters would come back to the stream that they come from: %s. Name a stream from which nothing comes back, such as one whose consumers have no deadLetter"
                                .formatted(String.join(", ", way)));
    }

    /** What is not refused, and loses letters all the same; with the cure. */
    public Optional<String> warning(DeclaredConsumer consumer) {
        Optional<DeclaredStream> store = Optional.ofNullable(consumer.letters()).flatMap(declarations::stream);
        Optional<DeclaredStream> source = declarations.stream(consumer.source());
        if (store.isEmpty()) {
            return Optional.empty();
        }
        List<String> warnings = new ArrayList<>();
        Duration kept = age(store.get().spec().maxAge());
        if (kept != null
                && source.isPresent()
                && isShorter(kept, age(source.get().spec().maxAge()))) {
            warnings.add(
                    "%s keeps letters for %s (maxAge), and messages stay in %s for %s: raise its maxAge, or remove it"
                            .formatted(
                                    store.get().words(),
                                    Durations.format(kept),
                                    consumer.source().stream(),
                                    Optional.ofNullable(age(source.get().spec().maxAge()))
                                            .map(Durations::format)
                                            .orElse("ever")));
        }
        Long perSubject = store.get().spec().maxMsgsPerSubject();
        if (perSubject != null && perSubject > 0) {
            warnings.add("%s keeps no more than %d letters of each subject (maxMsgsPerSubject): remove that limit"
                    .formatted(store.get().words(), perSubject));
        }
        return Optional.of(String.join("; ", warnings)).filter(not(String::isEmpty));
    }

    private static boolean isShorter(Duration one, @Nullable Duration other) {
        return other == null || one.compareTo(other) < 0;
    }

    /** Null for ever. */
    private static @Nullable Duration age(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Duration age = Durations.parse(text);
            return age.isZero() ? null : age;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Optional<Refusal> refused(Rule rule, String message) {
        return Optional.of(new Refusal(rule, message, true));
    }
}
