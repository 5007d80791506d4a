package io.jetwright.eventlogger;

import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import org.jspecify.annotations.Nullable;

/** What the app requires of its stream and of its durable consumer. */
record StreamRequirements(EventLoggerSettings settings) {
    /** The prefix of the subjects of events: the configured one, else the stream's; null if the stream has none. */
    @Nullable
    String prefix(StreamConfiguration stream) {
        return settings.subjectPrefix().orElseGet(() -> Subjects.prefix(stream.getSubjects()));
    }

    /** Why the app cannot use the stream, with the cure; null if it can. */
    @Nullable
    String streamFault(StreamConfiguration stream) {
        RetentionPolicy retention = stream.getRetentionPolicy();
        if (retention != RetentionPolicy.Limits) {
            return "the stream " + settings.stream() + " has retention " + retention
                    + ", with which events are gone once acknowledged: it takes retention limits to show a history";
        }
        if (prefix(stream) == null) {
            return "the stream " + settings.stream() + " has no subject that ends with a wildcard ("
                    + stream.getSubjects() + "): set SUBJECT_PREFIX";
        }
        return null;
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
    ConsumerConfiguration consumerConfiguration(String prefix) {
        return ConsumerConfiguration.builder()
                .durable(settings.consumer())
                .ackPolicy(AckPolicy.Explicit)
                .filterSubject(prefix + ".>")
                .headersOnly(true)
                .build();
    }
}
