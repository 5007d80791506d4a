package io.jetwright.operator.run;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;

/** Help texts for the Java Operator SDK's metrics, which have none. */
final class Descriptions implements MeterFilter {
    private record Description(String prefix, String text) {}

    /** The first prefix that fits a name is the one that counts. */
    private static final List<Description> DESCRIPTIONS = List.of(
            new Description(
                    "operator.sdk.controllers.execution.reconcile.success",
                    "Reconciliations without an error of the operator"),
            new Description(
                    "operator.sdk.controllers.execution.reconcile.failure",
                    "Reconciliations with an error of the operator"),
            new Description("operator.sdk.controllers.execution.reconcile", "How long reconciliations take"),
            new Description(
                    "operator.sdk.controllers.execution.cleanup.success",
                    "Reconciliations of deleted resources without an error of the operator"),
            new Description(
                    "operator.sdk.controllers.execution.cleanup.failure",
                    "Reconciliations of deleted resources with an error of the operator"),
            new Description(
                    "operator.sdk.controllers.execution.cleanup", "How long reconciliations of deleted resources take"),
            new Description("operator.sdk.events.delete", "Resources that are gone"),
            new Description("operator.sdk.events.received", "Events that woke resources"),
            new Description("operator.sdk.reconciliations.executions", "Resources that are being reconciled"),
            new Description("operator.sdk.reconciliations.queue.size", "Resources that wait to be reconciled"),
            new Description("operator.sdk.reconciliations.started", "Reconciliations that have begun"),
            new Description(
                    "operator.sdk.reconciliations.success",
                    "Reconciliations that have ended without an error of the operator"),
            new Description(
                    "operator.sdk.reconciliations.failed",
                    "Reconciliations that have ended with an error of the operator"),
            new Description("operator.sdk.", "Of the Java Operator SDK"));

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getDescription() != null
                ? id
                : DESCRIPTIONS.stream()
                        .filter(each -> id.getName().startsWith(each.prefix()))
                        .findFirst()
                        .map(each -> new Meter.Id(
                                id.getName(),
                                Tags.of(id.getTagsAsIterable()),
                                id.getBaseUnit(),
                                each.text(),
                                id.getType()))
                        .orElse(id);
    }
}
