package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.jetwright.api.EventLogger;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How all that belongs to an event logger is named and labelled. */
final class Belongings {
    /** What the watches select. */
    static final String SELECTOR = "app.kubernetes.io/managed-by=jetwright,app.kubernetes.io/name=event-logger";

    private static final String NAME = "app.kubernetes.io/name";
    private static final String INSTANCE = "app.kubernetes.io/instance";
    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    private Belongings() {}

    /** What its pods have, and no others. */
    static Map<String, String> podSelector(EventLogger logger) {
        return new TreeMap<>(
                Map.of(NAME, "event-logger", INSTANCE, logger.getMetadata().getName()));
    }

    static Map<String, String> labels(EventLogger logger) {
        Map<String, String> labels = new TreeMap<>(podSelector(logger));
        labels.put(MANAGED_BY, "jetwright");
        return labels;
    }

    static ObjectMeta metadata(EventLogger logger, @Nullable Map<String, String> annotations) {
        return new ObjectMetaBuilder()
                .withNamespace(logger.getMetadata().getNamespace())
                .withName(logger.getMetadata().getName())
                .withLabels(labels(logger))
                .withAnnotations(annotations == null ? Map.of() : annotations)
                .build();
    }
}
