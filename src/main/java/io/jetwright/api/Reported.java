package io.jetwright.api;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A status with conditions. */
public interface Reported {
    /** The generation that the conditions speak of; null before the first report. */
    @Nullable
    Long observedGeneration();

    /** Null before the first report. */
    @Nullable
    List<Condition> conditions();
}
