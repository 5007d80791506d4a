package io.jetwright.api;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A status with conditions. */
public interface Reported {
    /** The generation that the conditions speak of; null before the first report. */
    @Nullable
    Long observedGeneration();

    /** Null before the first report. */
    @Nullable
    List<Condition> conditions();

    /** Whether the conditions speak of the resource's present generation, and not of an older one. */
    default boolean isCurrent(HasMetadata resource) {
        return Objects.equals(observedGeneration(), resource.getMetadata().getGeneration());
    }
}
