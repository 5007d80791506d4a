package io.jetwright.relay.redrive;

import io.jetwright.api.Durations;
import io.jetwright.api.RedriveSelection;
import io.jetwright.api.Times;
import io.jetwright.subject.SubjectPattern;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which dead letters are selected. */
final class Selection {
    private final RedriveSelection select;
    private final @Nullable Instant since;
    private final @Nullable Instant until;

    /**
     * A selection.
     *
     * @param created when the Redrive was created, which durations go back from
     */
    Selection(RedriveSelection select, Instant created) {
        this.select = select;
        this.since = time(select.since(), created);
        this.until = time(select.until(), created);
    }

    private static @Nullable Instant time(@Nullable String text, Instant created) {
        if (text == null) {
            return null;
        }
        return text.matches(Durations.PATTERN) ? created.minus(Durations.parse(text)) : Times.parse(text);
    }

    /** The first sequence that can be selected. */
    long from() {
        return Objects.requireNonNullElse(select.fromSequence(), 1L);
    }

    /** The last sequence that can be selected. */
    long to() {
        return Objects.requireNonNullElse(select.toSequence(), Long.MAX_VALUE);
    }

    boolean takes(StoredLetter letter) {
        String subject = letter.subject();
        return letter.isLetter()
                && letter.sequence() >= from()
                && letter.sequence() <= to()
                && isOmittedOr(select.stream(), letter.stream())
                && isOmittedOr(select.consumer(), letter.consumer())
                && (select.reason() == null || select.reason().wireName().equals(letter.reason()))
                && (select.subject() == null || (subject != null && SubjectPattern.covers(select.subject(), subject)))
                && isInTime(letter);
    }

    private static boolean isOmittedOr(@Nullable String wanted, @Nullable String actual) {
        return wanted == null || wanted.equals(actual);
    }

    private boolean isInTime(StoredLetter letter) {
        return (since == null
                        || letter.time().filter(time -> !time.isBefore(since)).isPresent())
                && (until == null
                        || letter.time().filter(time -> time.isBefore(until)).isPresent());
    }
}
