package io.jetwright.operator.pods;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import io.jetwright.operator.report.Assessment;
import io.jetwright.status.Reason;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Tells which failures to apply owned resources somebody has to do something about, and what. */
public final class Refusals {
    private static final int UNPROCESSABLE = 422;

    private Refusals() {}

    /**
     * Assesses the first failure, by the names of the dependent resources, that no retry cures.
     *
     * @return empty for none; then other failures may be there, which are worth a retry
     */
    @SuppressWarnings("rawtypes") // as the SDK returns them
    public static Optional<Assessment> assess(WorkflowReconcileResult result) {
        return result.getErroredDependents().entrySet().stream()
                .sorted(Comparator.comparing(each -> each.getKey().name()))
                .map(Refusals::assess)
                .flatMap(Optional::stream)
                .findFirst();
    }

    @SuppressWarnings("rawtypes") // as the SDK returns them
    private static Optional<Assessment> assess(Map.Entry<DependentResource, Exception> failure) {
        String kind = failure.getKey().name();
        return switch (failure.getValue()) {
            case NotOwnedException e -> Optional.of(new Assessment(Reason.CONFLICT, String.valueOf(e.getMessage())));
            case KubernetesClientException e -> assess(kind, e);
            default -> Optional.empty();
        };
    }

    private static Optional<Assessment> assess(String kind, KubernetesClientException failure) {
        String said = failure.getStatus() == null
                ? String.valueOf(failure.getMessage())
                : failure.getStatus().getMessage();
        return switch (failure.getCode()) {
            case HttpURLConnection.HTTP_FORBIDDEN ->
                Optional.of(new Assessment(
                        Reason.FORBIDDEN,
                        "Kubernetes does not let the operator apply the %s: %s".formatted(kind, said)));
            case HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE ->
                Optional.of(new Assessment(
                        Reason.REJECTED, "Kubernetes refuses the %s, correct the spec: %s".formatted(kind, said)));
            case HttpURLConnection.HTTP_NOT_FOUND -> isOfKind(failure) ? Optional.of(unknown(kind)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Of a kind that is not known Kubernetes tells no details; of a namespace that is gone it does. */
    private static boolean isOfKind(KubernetesClientException failure) {
        return failure.getStatus() == null
                || failure.getStatus().getDetails() == null
                || failure.getStatus().getDetails().getKind() == null;
    }

    private static Assessment unknown(String kind) {
        return new Assessment(
                Reason.KIND_NOT_INSTALLED,
                "Kubernetes does not know the kind %s any more: install its CRD, or take it out of the spec"
                        .formatted(kind));
    }
}
