package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.jetwright.operator.report.Assessment;
import io.jetwright.status.Reason;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How far Kubernetes has rolled out a Deployment; pure functions. */
public final class Rollout {
    private static final String PROGRESSING = "Progressing";

    private Rollout() {}

    /**
     * Looks at the pods: {@link Reason#AVAILABLE} when as many as the spec asks for are available, all of them are of its
     * current generation, and no others are left.
     *
     * @param deployment null while there is none
     */
    public static Assessment assess(@Nullable Deployment deployment) {
        if (deployment == null) {
            return new Assessment(Reason.DEPLOYMENT_NOT_READY, "its Deployment is being created");
        }
        DeploymentStatus status = deployment.getStatus();
        if (status == null
                || !Objects.equals(
                        status.getObservedGeneration(), deployment.getMetadata().getGeneration())) {
            return new Assessment(Reason.DEPLOYMENT_NOT_READY, "its Deployment is being rolled out");
        }
        return assess(deployment, desiredReplicas(deployment), status);
    }

    private static Assessment assess(Deployment deployment, int desired, DeploymentStatus status) {
        int all = count(status.getReplicas());
        int updated = count(status.getUpdatedReplicas());
        int available = count(status.getAvailableReplicas());
        if (updated == desired && available == desired && all == desired) {
            return new Assessment(
                    Reason.AVAILABLE,
                    desired == 0
                            ? "no pods run, as replicas: 0 asks for"
                            : "%d of %d pods are ready".formatted(desired, desired));
        }
        String pods = "%d of %d pods are ready%s"
                .formatted(
                        Math.min(available, desired),
                        desired,
                        updated < desired || all > desired ? ", and older ones are replaced" : "");
        return failures(status)
                .findFirst()
                .map(failure -> new Assessment(
                        Reason.DEPLOYMENT_FAILED,
                        "%s: %s%s".formatted(pods, failure.getMessage(), whereElse(deployment, failure))))
                .orElseGet(() -> new Assessment(Reason.DEPLOYMENT_NOT_READY, pods));
    }

    /** That pods did not get ready in time is all that a Deployment says of them; why is in what Kubernetes says of each pod. */
    private static String whereElse(Deployment deployment, DeploymentCondition failure) {
        return PROGRESSING.equals(failure.getType())
                ? " (kubectl describe pods --namespace %s --selector %s=%s says why)"
                        .formatted(
                                deployment.getMetadata().getNamespace(),
                                OwnedMetadata.INSTANCE,
                                deployment.getMetadata().getName())
                : "";
    }

    private static Stream<DeploymentCondition> failures(DeploymentStatus status) {
        List<DeploymentCondition> conditions = Objects.requireNonNullElse(status.getConditions(), List.of());
        return Stream.concat(
                conditions.stream().filter(each -> is(each, "ReplicaFailure", "True")),
                conditions.stream().filter(each -> is(each, PROGRESSING, "False")));
    }

    private static boolean is(DeploymentCondition condition, String type, String status) {
        return type.equals(condition.getType()) && status.equals(condition.getStatus());
    }

    /** How many pods the spec asks for; 1 where it does not say, as Kubernetes does. */
    static int desiredReplicas(Deployment deployment) {
        DeploymentSpec spec = deployment.getSpec();
        return spec == null || spec.getReplicas() == null ? 1 : spec.getReplicas();
    }

    /** How many pods there are, of whichever generation. */
    public static int replicas(Deployment deployment) {
        return deployment.getStatus() == null ? 0 : count(deployment.getStatus().getReplicas());
    }

    /** How many pods are ready, of whichever generation. */
    public static int readyReplicas(Deployment deployment) {
        return deployment.getStatus() == null ? 0 : count(deployment.getStatus().getReadyReplicas());
    }

    /** Kubernetes omits a count of 0. */
    private static int count(@Nullable Integer number) {
        return number == null ? 0 : number;
    }
}
