package io.jetwright.eventlogger;

import io.jetwright.subject.SubjectPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of the stream are looked at: by their subjects, of which JetStream sends only those, and by what only the app
 * can see.
 *
 * @param subjects patterns for JetStream, of which no two overlap; empty for all; null if no subject can match
 * @param view says what an event's name is
 * @param name a pattern for names that JetStream cannot be given; null for all
 * @param headers all of which have to match
 */
record HistoryFilter(
        @Nullable List<String> subjects,
        StreamView view,
        @Nullable String name,
        List<HeaderFilter> headers) {

    /** What is asked for of what is shown. */
    static HistoryFilter of(StreamView view, HistoryQuery query) {
        List<String> subjects = view.filters();
        if (query.subject() != null) {
            subjects = narrowed(subjects, query.subject());
        }
        String name = query.name();
        if (name != null && areNamesBelow(view.prefix(), view)) {
            subjects = narrowed(subjects, view.subject(name));
            name = null;
        }
        boolean isNone = subjects.isEmpty() && (query.subject() != null || (query.name() != null && name == null));
        return new HistoryFilter(isNone ? null : subjects, view, name, query.headers());
    }

    /** What is shown, whatever it is. */
    static HistoryFilter all(StreamView view) {
        return new HistoryFilter(view.filters(), view, null, List.of());
    }

    /** Whether JetStream sends nothing that is not asked for. */
    boolean isExact() {
        return name == null && headers.isEmpty();
    }

    /** Whether JetStream sends all there is. */
    boolean isOpen() {
        return subjects != null && subjects.isEmpty();
    }

    /** Whether a message that JetStream has sent is asked for. */
    boolean matches(StoredMessage message) {
        return (name == null || SubjectPattern.matches(name, view.name(message.subject())))
                && headers.stream().allMatch(header -> header.matches(message.headers()));
    }

    /** Whether each subject that is shown has the prefix, so that names are the ends of subjects. */
    private static boolean areNamesBelow(String prefix, StreamView view) {
        return prefix.isEmpty()
                || (!view.filters().isEmpty()
                        && view.filters().stream().allMatch(pattern -> pattern.startsWith(prefix + ".")));
    }

    private static List<String> narrowed(List<String> patterns, String pattern) {
        return patterns.isEmpty()
                ? List.of(pattern)
                : patterns.stream()
                        .flatMap(each -> SubjectPattern.intersection(each, pattern).stream())
                        .distinct()
                        .toList();
    }
}
