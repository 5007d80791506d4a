package io.jetwright.eventlogger;

import io.jetwright.subject.SubjectPattern;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the app requires of its stream and of its durable consumer. */
record StreamRequirements(EventLoggerSettings settings) {
    /** Which subjects are shown: the configured ones, else those with the configured prefix; empty for all. */
    List<String> filters() {
        return settings.subjects().isEmpty()
                ? settings.subjectPrefix().map(prefix -> prefix + ".>").stream().toList()
                : settings.subjects();
    }

    /**
     * What the subject of an event begins with before its name: the configured prefix, else that of the subjects which
     * are shown, if they have exactly one; else empty, and a name is a whole subject.
     */
    String prefix(StreamConfiguration stream) {
        List<String> shown = filters().isEmpty() ? stream.getSubjects() : filters();
        List<String> prefixes = Subjects.prefixes(shown);
        return settings.subjectPrefix().orElse(prefixes.size() == 1 ? prefixes.getFirst() : "");
    }

    /** Why the app cannot use the stream, with the cure; null if it can. */
    @Nullable
    String streamFault(StreamConfiguration stream) {
        RetentionPolicy retention = stream.getRetentionPolicy();
        if (retention != RetentionPolicy.Limits) {
            return "the stream " + settings.stream() + " has retention " + retention
                    + ", with which events are gone once acknowledged: it takes retention limits to show a history";
        }
        List<String> subjects = stream.getSubjects();
        for (String filter : filters()) {
            if (!subjects.isEmpty()
                    && subjects.stream().noneMatch(subject -> SubjectPattern.overlap(filter, subject))) {
                return "the stream %s has nothing of %s: its subjects are %s; correct %s"
                        .formatted(
                                settings.stream(),
                                filter,
                                String.join(", ", subjects),
                                settings.subjects().isEmpty() ? "SUBJECT_PREFIX" : "SUBJECTS");
            }
        }
        return null;
    }

    /**
     * What JetStream says of a stream that has no fault.
     *
     * @param consumer null if it does not exist
     */
    StreamView view(StreamInfo stream, @Nullable ConsumerInfo consumer) {
        return StreamView.of(stream, filters(), prefix(stream.getConfiguration()), consumer);
    }

    /**
     * Why the app cannot use the consumer, with the cure; null if it can.
     *
     * @param consumer null if it does not exist
     */
    @Nullable
    String consumerFault(@Nullable ConsumerInfo consumer) {
        String name = "the consumer " + settings.consumer() + " of the stream " + settings.stream();
        if (consumer == null) {
            return name + " does not exist: create it, or set CREATE_CONSUMER=true";
        }
        ConsumerConfiguration configuration = consumer.getConsumerConfiguration();
        String deliverSubject = configuration.getDeliverSubject();
        if (deliverSubject != null && !deliverSubject.isEmpty()) {
            return name + " is a push consumer: it takes a pull consumer, which replicas can share";
        }
        if (configuration.getAckPolicy() == AckPolicy.None) {
            return name + " has ackPolicy none: it takes explicit";
        }
        return null;
    }

    /** The consumer that the app creates; without payloads, since it only acknowledges. */
    ConsumerConfiguration consumerConfiguration() {
        return ConsumerConfiguration.builder()
                .durable(settings.consumer())
                .ackPolicy(AckPolicy.Explicit)
                .filterSubjects(filters())
                .headersOnly(true)
                .build();
    }
}
