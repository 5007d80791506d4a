package io.jetwright.letter;

import io.jetwright.api.StreamSource;
import io.jetwright.subject.SubjectPattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The ways that dead letters go: from a stream to that which stores the dead letters of its consumers, and to the streams that
 * copy it. A consumer closes a loop if its letters come back by ways that older resources have opened, so that one that is
 * added harms none that works.
 */
public final class LetterLoops {
    private final Declarations declarations;

    public LetterLoops(Declarations declarations) {
        this.declarations = declarations;
    }

    /** The way on which the letters come back to the stream that is consumed, step by step, in words; empty if they do not. */
    List<String> wayBack(DeclaredConsumer consumer, StreamPlace letters) {
        return wayBack(
                consumer,
                letters,
                letters(consumer, consumer.source()),
                new HashSet<>(),
                List.of("from %s to %s".formatted(consumer.source().stream(), letters.stream())));
    }

    private List<String> wayBack(
            DeclaredConsumer consumer,
            StreamPlace place,
            Optional<LetterSubjects> subjects,
            Set<StreamPlace> seen,
            List<String> way) {
        if (place.equals(consumer.source())) {
            return way;
        }
        if (!seen.add(place)) {
            return List.of();
        }
        for (DeclaredStream copy : copies(place, subjects).toList()) {
            List<String> back = wayBack(
                    consumer,
                    copy.place(),
                    Optional.empty(),
                    seen,
                    and(way, "to %s, which copies it".formatted(copy.place().stream())));
            if (!back.isEmpty()) {
                return back;
            }
        }
        for (DeclaredConsumer other : declarations
                .consumers(place)
                .filter(each -> each.isOlderThan(consumer))
                .toList()) {
            StreamPlace next = other.letters();
            List<String> back = next == null
                    ? List.of()
                    : wayBack(
                            consumer,
                            next,
                            letters(other, place),
                            seen,
                            and(
                                    way,
                                    "to %s as dead letters of the Consumer %s"
                                            .formatted(next.stream(), other.resource())));
            if (!back.isEmpty()) {
                return back;
            }
        }
        return List.of();
    }

    /** Empty where the subjects of the letters are not known. */
    private Optional<LetterSubjects> letters(DeclaredConsumer consumer, StreamPlace source) {
        return Optional.of(new LetterSubjects(consumer, declarations.stream(source)))
                .filter(LetterSubjects::areKnown);
    }

    /** The copies of a stream that take letters on these subjects, or may take them, where these are not known. */
    private Stream<DeclaredStream> copies(StreamPlace place, Optional<LetterSubjects> subjects) {
        return declarations.copies(place).filter(copy -> copy.origins()
                .filter(origin -> origin.name().equals(place.stream()) && origin.externalApiPrefix() == null)
                .anyMatch(origin -> filter(origin)
                        .map(filter -> subjects.map(each -> each.examples(List.of(filter)).stream()
                                        .anyMatch(example -> SubjectPattern.overlap(filter, example)))
                                .orElse(true))
                        .orElse(true)));
    }

    private static Optional<String> filter(StreamSource origin) {
        return Optional.ofNullable(origin.filterSubject()).filter(filter -> !filter.isEmpty());
    }

    private static List<String> and(List<String> way, String step) {
        List<String> longer = new ArrayList<>(way);
        longer.add(step);
        return longer;
    }

    /**
     * The consumers whose dead letters may come back by way of a stream, among others: those to look at again when it is a
     * way now that was none before.
     */
    public Stream<DeclaredConsumer> beyond(StreamPlace place) {
        List<DeclaredConsumer> found = new ArrayList<>();
        collect(place, new HashSet<>(), found);
        return found.stream();
    }

    private void collect(StreamPlace place, Set<StreamPlace> seen, List<DeclaredConsumer> found) {
        if (!seen.add(place)) {
            return;
        }
        declarations.copies(place).forEach(copy -> collect(copy.place(), seen, found));
        declarations.consumers(place).forEach(consumer -> {
            found.add(consumer);
            if (consumer.letters() != null) {
                collect(consumer.letters(), seen, found);
            }
        });
    }
}
