package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.jetwright.api.EventLogger;
import io.jetwright.api.EventLoggerStatus;
import io.jetwright.operator.pods.Rollout;
import io.jetwright.operator.report.Assessment;
import io.jetwright.operator.report.Deed;
import io.jetwright.operator.report.Reporter;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import io.jetwright.status.Truth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns how an event logger is into its status, and tells of it by an Event where something has happened. */
final class EventLoggerReporter {
    private final Reporter<EventLogger, EventLoggerStatus> reporter;

    EventLoggerReporter(Reporter<EventLogger, EventLoggerStatus> reporter) {
        this.reporter = reporter;
    }

    /**
     * Reports how an event logger is, and has the API server take the status if it differs from the one before.
     *
     * @param stream its name in JetStream; null where it is not known anew
     */
    void report(
            EventLogger logger,
            Assessment assessment,
            @Nullable String stream,
            Actual actual,
            Context<EventLogger> context) {
        EventLoggerStatus before = logger.getStatus();
        Deployment pods = actual.deployment();
        reporter.report(
                logger,
                assessment,
                deed(assessment, before == null ? null : before.conditions()),
                conditions -> new EventLoggerStatus(
                        logger.getMetadata().getGeneration(),
                        conditions,
                        stream != null || before == null ? stream : before.stream(),
                        pods == null ? null : Rollout.replicas(pods),
                        pods == null ? null : Rollout.readyReplicas(pods),
                        EventLoggerWorkflow.METADATA.podSelectorText(logger),
                        Address.of(logger, actual.service(), actual.ingress())),
                context);
    }

    /** An Event for an event logger that becomes Ready; null for others. */
    private static @Nullable Deed deed(Assessment assessment, @Nullable List<Condition> known) {
        boolean wasReady = Conditions.find(known, "Ready")
                .filter(ready -> Truth.TRUE.word().equals(ready.getStatus()))
                .isPresent();
        return assessment.reason() == Reason.AVAILABLE && !wasReady
                ? new Deed(Reason.AVAILABLE.word(), assessment.message())
                : null;
    }
}
