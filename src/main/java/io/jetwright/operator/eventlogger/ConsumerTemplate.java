package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.jetwright.api.ConnectionReference;
import io.jetwright.api.Consumer;
import io.jetwright.api.EventLogger;
import io.jetwright.api.EventLoggerSpec;
import io.jetwright.api.StreamReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The Consumer that an event logger reads from. It is written without the class of its kind, which drops the managed
 * fields that tell whether somebody else has changed it.
 */
final class ConsumerTemplate {
    static final GroupVersionKind KIND = GroupVersionKind.gvkFor(Consumer.class);

    private ConsumerTemplate() {}

    static GenericKubernetesResource consumer(EventLogger logger) {
        EventLoggerSpec spec = logger.getSpec();
        Map<String, Object> consumer = new LinkedHashMap<>();
        StreamReference reference = spec.streamRef();
        if (reference != null) {
            consumer.put("streamRef", Map.of("name", reference.name()));
        } else {
            consumer.put("streamName", Objects.requireNonNull(spec.streamName()));
            ConnectionReference connection = spec.connectionRef();
            if (connection != null) {
                consumer.put("connectionRef", connection(connection));
            }
        }
        consumer.put("durableName", spec.durableName());
        consumer.put("ackPolicy", "explicit");
        // The payloads come from the stream itself, from which each replica reads the history.
        consumer.put("headersOnly", true);
        List<String> subjects = Objects.requireNonNullElse(spec.subjects(), List.of());
        if (!subjects.isEmpty()) {
            consumer.put("filterSubjects", subjects);
        } else if (spec.subjectPrefix() != null) {
            consumer.put("filterSubject", spec.subjectPrefix() + ".>");
        }
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(KIND.apiVersion())
                .withKind(KIND.getKind())
                .withMetadata(EventLoggerWorkflow.METADATA.of(logger, null))
                .addToAdditionalProperties("spec", consumer)
                .build();
    }

    private static Map<String, Object> connection(ConnectionReference connection) {
        return connection.namespace() == null
                ? Map.of("name", connection.name())
                : Map.of("name", connection.name(), "namespace", connection.namespace());
    }
}
