package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.jetwright.api.EventLogger;
import io.jetwright.api.EventLoggerStatus;
import io.jetwright.operator.pods.Rollout;
import io.jetwright.operator.report.Assessment;
import io.jetwright.operator.report.Deed;
import io.jetwright.operator.report.News;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import io.jetwright.status.Truth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns how an event logger is into its status, and tells of it by an Event where something has happened. */
final class EventLoggerReporter {
    private final Conditions conditions;
    private final News news;

    EventLoggerReporter(Conditions conditions, News news) {
        this.conditions = conditions;
        this.news = news;
    }

    /**
     * The status to patch; empty when it is already so.
     *
     * @param stream its name in JetStream; null where it is not known anew
     */
    Optional<EventLogger> report(EventLogger logger, Assessment assessment, @Nullable String stream, Actual actual) {
        EventLoggerStatus before = logger.getStatus();
        Long generation = logger.getMetadata().getGeneration();
        List<Condition> known = before == null ? null : before.conditions();
        List<Condition> merged = conditions.merge(known, assessment.reason(), assessment.message(), generation);
        news.tell(logger, deed(assessment, known), assessment, known, merged);
        Deployment pods = actual.deployment();
        var after = new EventLoggerStatus(
                generation,
                merged,
                stream != null || before == null ? stream : before.stream(),
                pods == null ? null : Rollout.desiredReplicas(pods),
                pods == null ? null : Rollout.readyReplicas(pods),
                Address.of(logger, actual.service(), actual.ingress()));
        if (after.equals(before)) {
            return Optional.empty();
        }
        var fresh = new EventLogger();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(logger.getMetadata().getNamespace())
                .withName(logger.getMetadata().getName())
                .build());
        fresh.setStatus(after);
        return Optional.of(fresh);
    }

    /** That it has become Ready is worth an Event: pods that run are what it is about. */
    private static @Nullable Deed deed(Assessment assessment, @Nullable List<Condition> known) {
        boolean wasReady = Conditions.find(known, "Ready")
                .filter(ready -> Truth.TRUE.word().equals(ready.getStatus()))
                .isPresent();
        return assessment.reason() == Reason.AVAILABLE && !wasReady
                ? new Deed(Reason.AVAILABLE.word(), assessment.message())
                : null;
    }
}
