package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.jetwright.api.EventLogger;
import io.jetwright.api.EventLoggerPodDisruptionBudget;
import java.util.Optional;

/** The PodDisruptionBudget of an event logger: unless its spec says otherwise, one pod after the other may go. */
final class PodDisruptionBudgetTemplate {
    private PodDisruptionBudgetTemplate() {}

    /** Empty where there is to be none. */
    static Optional<PodDisruptionBudget> budget(EventLogger logger) {
        return logger.getSpec().hasPodDisruptionBudget() ? Optional.of(make(logger)) : Optional.empty();
    }

    private static PodDisruptionBudget make(EventLogger logger) {
        EventLoggerPodDisruptionBudget spec = logger.getSpec().podDisruptionBudget();
        IntOrString minAvailable = spec == null ? null : spec.minAvailable();
        IntOrString maxUnavailable = spec == null ? null : spec.maxUnavailable();
        return new PodDisruptionBudgetBuilder()
                .withMetadata(EventLoggerWorkflow.METADATA.of(logger, null))
                .withNewSpec()
                .withMinAvailable(minAvailable)
                .withMaxUnavailable(
                        minAvailable == null && maxUnavailable == null ? new IntOrString(1) : maxUnavailable)
                .withNewSelector()
                .withMatchLabels(EventLoggerWorkflow.METADATA.podSelector(logger))
                .endSelector()
                .endSpec()
                .build();
    }
}
