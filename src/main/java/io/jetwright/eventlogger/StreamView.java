package io.jetwright.eventlogger;

import io.jetwright.subject.SubjectPattern;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of the stream and of the durable consumer when JetStream was last asked.
 *
 * @param subjects of the stream; empty for a mirror
 * @param filters patterns of the subjects that are shown; empty for all that the stream has
 * @param prefix of the subjects that an event's name stands for, without the dot; empty where a name is a whole subject
 * @param created when the stream was created; a stream with another time is another one, even if it has the same name
 * @param maxMessageSize in bytes; -1 if the stream has no limit
 * @param consumer null if it does not exist
 */
record StreamView(
        List<String> subjects,
        List<String> filters,
        String prefix,
        ZonedDateTime created,
        long messages,
        long bytes,
        long firstSequence,
        long lastSequence,
        long maxMessageSize,
        @Nullable ConsumerView consumer) {

    /**
     * The state of the durable consumer, in messages.
     *
     * @param pending not yet delivered
     * @param unacknowledged delivered, but not yet acknowledged
     * @param redelivered those of the unacknowledged ones that were delivered more than once
     */
    record ConsumerView(long pending, long unacknowledged, long redelivered) {}

    static StreamView of(StreamInfo stream, List<String> filters, String prefix, @Nullable ConsumerInfo consumer) {
        var configuration = stream.getConfiguration();
        var state = stream.getStreamState();
        return new StreamView(
                List.copyOf(configuration.getSubjects()),
                filters,
                prefix,
                stream.getCreateTime(),
                state.getMsgCount(),
                state.getByteCount(),
                state.getFirstSequence(),
                state.getLastSequence(),
                configuration.getMaximumMessageSize(),
                consumer == null
                        ? null
                        : new ConsumerView(
                                consumer.getNumPending(), consumer.getNumAckPending(), consumer.getRedelivered()));
    }

    /** Whether messages with this subject are shown, if the stream has them. */
    boolean shows(String subject) {
        return filters.isEmpty() || filters.stream().anyMatch(pattern -> SubjectPattern.matches(pattern, subject));
    }

    /** The patterns of what is shown: the filters, else the stream's subjects, else all. */
    List<String> shownSubjects() {
        List<String> shown = filters.isEmpty() ? subjects : filters;
        return shown.isEmpty() ? List.of(">") : shown;
    }

    /** The subject that a name stands for. */
    String subject(String name) {
        return prefix.isEmpty() ? name : prefix + "." + name;
    }

    /** The name of events with this subject: what follows the prefix; without it the whole subject. */
    String name(String subject) {
        return Subjects.name(prefix, subject);
    }

    /** Whether another view shows the same messages of the same stream under the same names. */
    boolean isAlike(StreamView other) {
        return created.equals(other.created) && prefix.equals(other.prefix) && filters.equals(other.filters);
    }

    /**
     * The patterns of the subjects that a client wants, for the filter of a consumer. Where it is not certain which subjects
     * have such names, those of all that is shown.
     *
     * @param name a pattern for the names; null for all events
     */
    List<String> filters(@Nullable String name) {
        if (name == null) {
            return filters;
        }
        String pattern = subject(name);
        boolean isCertain =
                prefix.isEmpty() || shownSubjects().stream().allMatch(subject -> subject.startsWith(prefix + "."));
        boolean isShown = filters.isEmpty() || filters.stream().anyMatch(each -> SubjectPattern.covers(each, pattern));
        return isCertain && isShown ? List.of(pattern) : filters;
    }

    /**
     * Whether an event with this subject may be published: if it is shown, and the stream stores it. A mirror has no
     * subjects of its own; what is published to those that are shown may reach it.
     */
    boolean accepts(String subject) {
        return shows(subject)
                && (subjects.isEmpty()
                        ? !filters.isEmpty()
                        : subjects.stream().anyMatch(pattern -> SubjectPattern.matches(pattern, subject)));
    }
}
