package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells which updates of its Consumer an event logger is reconciled for: not those of the counts in its status, which change
 * all the time.
 */
final class ConsumerUpdateFilter {
    private ConsumerUpdateFilter() {}

    static boolean accept(GenericKubernetesResource after, GenericKubernetesResource before) {
        return !Objects.equals(
                        after.getMetadata().getGeneration(),
                        before.getMetadata().getGeneration())
                || !Objects.equals(
                        after.getMetadata().getLabels(), before.getMetadata().getLabels())
                || !Objects.equals(
                        after.getMetadata().getOwnerReferences(),
                        before.getMetadata().getOwnerReferences())
                || !Objects.equals(
                        after.get("status", "observedGeneration"), before.get("status", "observedGeneration"))
                || !Objects.equals(ready(after), ready(before));
    }

    private static @Nullable Map<?, ?> ready(GenericKubernetesResource consumer) {
        List<?> conditions = consumer.get("status", "conditions");
        if (conditions != null) {
            for (Object condition : conditions) {
                if (condition instanceof Map<?, ?> map && "Ready".equals(map.get("type"))) {
                    return map;
                }
            }
        }
        return null;
    }
}
