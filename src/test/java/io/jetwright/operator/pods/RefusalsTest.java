package io.jetwright.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import io.jetwright.operator.report.Assessment;
import io.jetwright.operator.report.News;
import io.jetwright.status.Reason;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {
    private static <R extends HasMetadata> OwnedResource<R, Archiver> owned(Class<R> type) {
        return OwnedResource.of(type, Archiver.METADATA, owner -> Optional.empty(), new News(new RecordedEvents()));
    }

    @SuppressWarnings("rawtypes") // as the SDK returns them
    private static Optional<Assessment> assess(Map<DependentResource, Exception> failures) {
        return Refusals.assess(new WorkflowReconcileResult() {
            @Override
            public Map<DependentResource, Exception> getErroredDependents() {
                return failures;
            }
        });
    }

    private static KubernetesClientException failure(int code, String message) {
        return new KubernetesClientException(
                new StatusBuilder().withCode(code).withMessage(message).build());
    }

    @Test
    void aResourceThatTheOwnerDoesNotOwnIsAConflict() {
        var service = new ServiceBuilder()
                .withNewMetadata()
                .withName("orders")
                .endMetadata()
                .build();
        assertThat(assess(Map.of(owned(Service.class), new NotOwnedException(service, Archiver.named("orders")))))
                .contains(
                        new Assessment(
                                Reason.CONFLICT,
                                "there is a Service orders that does not belong to this Archiver: delete it, or give the Archiver another name"));
    }

    @Test
    void aKindThatIsGoneIsToldFromANamespaceThatIsGone() {
        assertThat(assess(Map.of(owned(Deployment.class), failure(404, "404 page not found"))))
                .contains(
                        new Assessment(
                                Reason.KIND_NOT_INSTALLED,
                                "Kubernetes does not know the kind Deployment any more: install its CRD, or take it out of the spec"));
        var namespace = new KubernetesClientException(new StatusBuilder()
                .withCode(404)
                .withNewDetails()
                .withKind("namespaces")
                .withName("shop")
                .endDetails()
                .build());
        assertThat(assess(Map.of(owned(Deployment.class), namespace))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            403 | FORBIDDEN | Kubernetes does not let the operator apply the Deployment: why
            400 | REJECTED  | Kubernetes refuses the Deployment, correct the spec: why
            422 | REJECTED  | Kubernetes refuses the Deployment, correct the spec: why
            """)
    void whatKubernetesRefusesIsSaidWithItsReason(int code, Reason reason, String message) {
        assertThat(assess(Map.of(owned(Deployment.class), failure(code, "why"))))
                .contains(new Assessment(reason, message));
        assertThat(assess(Map.of(owned(Deployment.class), new KubernetesClientException("why", code, null))))
                .contains(new Assessment(reason, message));
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 429, 500, 503})
    void whatARetryMayCureIsNoRefusal(int code) {
        assertThat(assess(Map.of(owned(Deployment.class), failure(code, "why"))))
                .isEmpty();
        assertThat(assess(Map.of(owned(Deployment.class), new IllegalStateException("why"))))
                .isEmpty();
    }

    @Test
    void withoutFailuresThereIsNoRefusal() {
        assertThat(assess(Map.of())).isEmpty();
    }

    @Test
    void theFirstRefusalByTheNamesOfTheResourcesIsTold() {
        assertThat(assess(Map.of(
                        owned(Service.class),
                        failure(403, "service"),
                        owned(Deployment.class),
                        failure(403, "deployment"))))
                .hasValueSatisfying(
                        refusal -> assertThat(refusal.message()).endsWith("apply the Deployment: deployment"));
        assertThat(assess(Map.of(
                        owned(Service.class),
                        failure(403, "service"),
                        owned(Deployment.class),
                        failure(500, "deployment"))))
                .hasValueSatisfying(refusal -> assertThat(refusal.message()).endsWith("apply the Service: service"));
    }
}
