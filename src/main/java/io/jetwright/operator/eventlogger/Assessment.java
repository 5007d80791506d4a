package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import io.jetwright.status.Truth;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How an event logger is.
 *
 * @param message for people; says what to do where something is to be done
 */
record Assessment(Reason reason, String message) {

    /**
     * Looks at what it consists of; a pure function.
     *
     * @param consumer null while there is none
     * @param deployment null while there is none
     */
    static Assessment of(@Nullable Consumer consumer, @Nullable Deployment deployment) {
        return ofConsumer(consumer)
                .or(() -> ofDeployment(deployment))
                .orElseGet(() -> new Assessment(Reason.AVAILABLE, available(deployment)));
    }

    private static Optional<Assessment> ofConsumer(@Nullable Consumer consumer) {
        if (consumer == null) {
            return Optional.of(new Assessment(Reason.CONSUMER_NOT_READY, "its Consumer is being created"));
        }
        String name = "its Consumer " + consumer.getMetadata().getName();
        ConsumerStatus status = consumer.getStatus();
        if (status == null
                || !Objects.equals(
                        status.observedGeneration(), consumer.getMetadata().getGeneration())) {
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

    private static Optional<Assessment> ofDeployment(@Nullable Deployment deployment) {
        if (deployment == null) {
            return Optional.of(new Assessment(Reason.DEPLOYMENT_NOT_READY, "its Deployment is being created"));
        }
        DeploymentStatus status = deployment.getStatus();
        if (status == null
                || !Objects.equals(
                        status.getObservedGeneration(), deployment.getMetadata().getGeneration())) {
            return Optional.of(new Assessment(Reason.DEPLOYMENT_NOT_READY, "its Deployment is being rolled out"));
        }
        int wanted = wanted(deployment);
        int updated = count(status.getUpdatedReplicas());
        int available = count(status.getAvailableReplicas());
        if (updated == wanted && available == wanted && count(status.getReplicas()) == wanted) {
            return Optional.empty();
        }
        Optional<DeploymentCondition> failure = failure(status);
        String pods = "%d of %d pods are ready%s"
                .formatted(
                        Math.min(available, wanted),
                        wanted,
                        updated < wanted || count(status.getReplicas()) > wanted
                                ? ", and older ones are replaced"
                                : "");
        return Optional.of(
                failure.map(condition -> new Assessment(Reason.DEPLOYMENT_FAILED, pods + ": " + condition.getMessage()))
                        .orElseGet(() -> new Assessment(Reason.DEPLOYMENT_NOT_READY, pods)));
    }

    private static Optional<DeploymentCondition> failure(DeploymentStatus status) {
        List<DeploymentCondition> conditions = Objects.requireNonNullElse(status.getConditions(), List.of());
        return Stream.of(new String[] {"ReplicaFailure", "True"}, new String[] {"Progressing", "False"})
                .flatMap(bad -> conditions.stream()
                        .filter(each -> bad[0].equals(each.getType()) && bad[1].equals(each.getStatus())))
                .findFirst();
    }

    private static String available(@Nullable Deployment deployment) {
        int wanted = deployment == null ? 0 : wanted(deployment);
        return wanted == 0
                ? "no pods run, as replicas: 0 asks for"
                : "%d of %d pods are ready".formatted(wanted, wanted);
    }

    /** How many pods there are to be. */
    static int wanted(Deployment deployment) {
        DeploymentSpec spec = deployment.getSpec();
        return spec == null || spec.getReplicas() == null ? 1 : spec.getReplicas();
    }

    /** How many pods are ready. */
    static int ready(Deployment deployment) {
        return deployment.getStatus() == null ? 0 : count(deployment.getStatus().getReadyReplicas());
    }

    /** Kubernetes omits what is none. */
    static int count(@Nullable Integer number) {
        return number == null ? 0 : number;
    }
}
