package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.EventLogger;
import io.jetwright.operator.pods.Rollout;
import io.jetwright.operator.report.Assessment;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import io.jetwright.status.Truth;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether an event logger is available, which takes a Consumer that is Ready, a Deployment that is rolled out, and Gateways that
 * accept its HTTPRoute if it asks for one. Of an Ingress nothing tells whether a controller has taken it.
 */
final class Availability {
    private Availability() {}

    /** Looks at the Consumer, then at the Deployment, and at last at the HTTPRoute; a pure function. */
    static Assessment of(EventLogger logger, Actual actual) {
        Assessment pods = ofPods(actual.consumer(), actual.deployment());
        return pods.reason() == Reason.AVAILABLE
                ? HttpRouteAcceptance.obstacle(logger, actual.httpRoute()).orElse(pods)
                : pods;
    }

    /**
     * Looks at the Consumer and, when it is Ready, at the Deployment; a pure function.
     *
     * @param consumer null while there is none
     * @param deployment null while there is none
     */
    static Assessment ofPods(@Nullable Consumer consumer, @Nullable Deployment deployment) {
        return obstacle(consumer).orElseGet(() -> Rollout.assess(deployment));
    }

    private static Optional<Assessment> obstacle(@Nullable Consumer consumer) {
        if (consumer == null) {
            return Optional.of(new Assessment(Reason.CONSUMER_NOT_READY, "its Consumer is being created"));
        }
        String name = "its Consumer " + consumer.getMetadata().getName();
        ConsumerStatus status = consumer.getStatus();
        if (status == null || !status.isCurrent(consumer)) {
            return Optional.of(new Assessment(Reason.CONSUMER_NOT_READY, name + " is being reconciled"));
        }
        Optional<Condition> ready = Conditions.find(status.conditions(), "Ready");
        if (ready.isPresent() && Truth.TRUE.word().equals(ready.get().getStatus())) {
            return Optional.empty();
        }
        String word = ready.map(Condition::getReason).orElse("");
        String message = ready.map(Condition::getMessage).orElse("");
        Reason reason = Stream.of(Reason.values())
                .filter(each -> each.word().equals(word) && each.ready() == Truth.FALSE)
                .findFirst()
                .orElse(Reason.CONSUMER_NOT_READY);
        return Optional.of(new Assessment(reason, name + " is not Ready: " + (message.isEmpty() ? word : message)));
    }
}
