package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import io.jetwright.operator.report.Assessment;
import io.jetwright.status.Reason;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** What went wrong when an event logger's belongings were applied, where somebody has to do something about it. */
final class Refusals {
    private static final int UNPROCESSABLE = 422;

    private Refusals() {}

    /** The first refusal; empty if there is none, or if it is better tried again at once. */
    @SuppressWarnings("rawtypes") // so the SDK hands them out
    static Optional<Assessment> assess(WorkflowReconcileResult result) {
        return result.getErroredDependents().entrySet().stream()
                .sorted(Comparator.comparing(each -> each.getKey().name()))
                .map(Refusals::assess)
                .flatMap(Optional::stream)
                .findFirst();
    }

    @SuppressWarnings("rawtypes") // so the SDK hands them out
    private static Optional<Assessment> assess(Map.Entry<DependentResource, Exception> failure) {
        String kind = failure.getKey().name();
        return switch (failure.getValue()) {
            case NotOursException e -> Optional.of(new Assessment(Reason.CONFLICT, String.valueOf(e.getMessage())));
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
            default -> Optional.empty();
        };
    }
}
