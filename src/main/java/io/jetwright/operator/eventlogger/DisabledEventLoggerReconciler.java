package io.jetwright.operator.eventlogger;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.jetwright.api.EventLogger;
import io.jetwright.api.EventLoggerStatus;
import io.jetwright.operator.report.Assessment;
import io.jetwright.operator.report.Events;
import io.jetwright.operator.report.Reporter;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in each EventLogger that the operator does not run it, where the operator is told not to. */
@ControllerConfiguration(name = "eventlogger", fieldManager = EventLoggerReconciler.FIELD_MANAGER)
public final class DisabledEventLoggerReconciler implements Reconciler<EventLogger> {
    private static final Logger LOG = LoggerFactory.getLogger(DisabledEventLoggerReconciler.class);

    private static final Assessment DISABLED = new Assessment(
            Reason.EVENT_LOGGER_DISABLED,
            "the operator is told not to run EventLoggers, and leaves this one and all that belongs to it as they are: have eventLogger.enabled set to true in the values of the operator's chart (EVENT_LOGGER_ENABLED), or delete it");

    private final Reporter<EventLogger, EventLoggerStatus> reporter;

    /** A reconciler that does nothing but to report. */
    public DisabledEventLoggerReconciler(Conditions conditions, Events events) {
        LOG.info("EventLoggers are not run, and say so (EVENT_LOGGER_ENABLED=false)");
        reporter = new Reporter<>(EventLogger::new, conditions, events);
    }

    @Override
    public UpdateControl<EventLogger> reconcile(EventLogger logger, Context<EventLogger> context) {
        reporter.report(
                logger,
                DISABLED,
                null,
                conditions -> new EventLoggerStatus(
                        logger.getMetadata().getGeneration(), conditions, null, null, null, null, null),
                context);
        return UpdateControl.noUpdate();
    }
}
