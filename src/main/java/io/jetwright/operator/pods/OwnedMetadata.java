package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names and labels of the resources that those of one kind own: each has the name of its owner, and the labels that
 * Kubernetes recommends.
 *
 * @param application the value of {@code app.kubernetes.io/name}, which is another one for each kind of owners
 */
public record OwnedMetadata(String application) {
    private static final String NAME = "app.kubernetes.io/name";
    static final String INSTANCE = "app.kubernetes.io/instance";
    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    private static final String JETWRIGHT = "jetwright";

    /** Selects all resources that owners of the kind own, and no others. */
    String labelSelector() {
        return "%s=%s,%s=%s".formatted(MANAGED_BY, JETWRIGHT, NAME, application);
    }

    /** The labels that select the pods of an owner, and no others; sorted. */
    public Map<String, String> podSelector(HasMetadata owner) {
        return new TreeMap<>(
                Map.of(NAME, application, INSTANCE, owner.getMetadata().getName()));
    }

    /** The same as {@link #podSelector}, as {@code kubectl get --selector} takes it. */
    public String podSelectorText(HasMetadata owner) {
        return podSelector(owner).entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }

    /** The labels of everything that belongs to an owner, its pods included; sorted. */
    public Map<String, String> labels(HasMetadata owner) {
        Map<String, String> labels = podSelector(owner);
        labels.put(MANAGED_BY, JETWRIGHT);
        return labels;
    }

    /**
     * The metadata of a resource that an owner is to own.
     *
     * @param annotations null for none
     */
    public ObjectMeta of(HasMetadata owner, @Nullable Map<String, String> annotations) {
        return new ObjectMetaBuilder()
                .withNamespace(owner.getMetadata().getNamespace())
                .withName(owner.getMetadata().getName())
                .withLabels(labels(owner))
                .withAnnotations(annotations == null ? Map.of() : annotations)
                .build();
    }
}
