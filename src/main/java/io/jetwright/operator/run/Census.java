package io.jetwright.operator.run;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.jetwright.api.Reported;
import io.jetwright.status.Conditions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many resources there are, by namespace, kind and what their Ready condition says. */
public final class Census {
    private final MultiGauge gauge;

    public Census(MeterRegistry registry) {
        gauge = MultiGauge.builder("jetwright.resources")
                .description("Resources, by their Ready condition; Unknown where nothing was reported yet")
                .register(registry);
    }

    /** These are all that there are now. */
    public void count(Stream<? extends HasMetadata> resources) {
        Map<Tags, Long> counts = resources.collect(Collectors.groupingBy(Census::tags, Collectors.counting()));
        gauge.register(
                counts.entrySet().stream()
                        .map(each -> MultiGauge.Row.of(each.getKey(), each.getValue()))
                        .toList(),
                true);
    }

    private static Tags tags(HasMetadata resource) {
        Optional<Condition> ready = ready(resource);
        Function<Function<Condition, String>, String> word =
                property -> ready.map(property).orElse("Unknown");
        return Tags.of(
                "namespace", resource.getMetadata().getNamespace(),
                "kind", resource.getKind(),
                "ready", word.apply(Condition::getStatus),
                "reason", word.apply(Condition::getReason));
    }

    private static Optional<Condition> ready(HasMetadata resource) {
        return resource instanceof CustomResource<?, ?> custom && custom.getStatus() instanceof Reported status
                ? Conditions.find(status.conditions(), "Ready")
                : Optional.empty();
    }
}
